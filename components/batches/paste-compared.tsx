import { formatCount } from '@/lib/client/format/format'
import type { ComparedPaste } from '@/lib/domain/batches/paste'
import { nearLine, notNumberLine, severalLine } from './paste-wording'
import { useFolded } from './use-folded'

const REST: readonly [name: keyof Omit<ComparedPaste, 'held'>, label: string, why: string | null][] = [
  [
    'several',
    'May be several numbers',
    'Without a country code, each of these can mean several numbers, so none is selected. Write the one you mean with + and its country code.',
  ],
  [
    'near',
    'One digit off',
    'These are not in the list as they are written, but a similar number is. None is selected: write the one you mean.',
  ],
  ['notFound', 'Not found', null],
  ['again', 'More than once', null],
  ['inTwoAccounts', 'In two accounts', 'These can’t be returned until each is in one account.'],
  [
    'notSettled',
    'Not settled',
    'These wait in a batch, or have an earlier return that is in progress or unknown. See History.',
  ],
  [
    'noCountryCode',
    'Country code missing',
    'The list has no number in this form. Write them with + and the country code.',
  ],
  ['notNumbers', 'Not a number', null],
]

export function countsOfPaste(compared: ComparedPaste): string {
  return [['held', 'Held'] as const, ...REST]
    .map(([name, label]) => `${label}: ${formatCount(compared[name].length)}`)
    .join(', ')
}

function linesOf(compared: ComparedPaste, name: (typeof REST)[number][0]): readonly string[] {
  if (name === 'several') return compared.several.map(severalLine)
  if (name === 'near') return compared.near.map(nearLine)
  return name === 'notNumbers' ? compared.notNumbers.map(notNumberLine) : compared[name]
}

interface PasteComparedProps {
  compared: ComparedPaste
  /** Keys of the held rows that are selected. */
  chosen: ReadonlySet<string>
  onToggle: (key: string) => void
}

export function PasteCompared({ compared, chosen, onToggle }: PasteComparedProps) {
  return (
    <>
      <p className="font-semibold">Held ({formatCount(compared.held.length)})</p>
      <Held held={compared.held} chosen={chosen} onToggle={onToggle} />
      {REST.filter(([name]) => compared[name].length > 0).map(([name, label, why]) => (
        <details key={name}>
          <summary>
            {label} ({formatCount(compared[name].length)})
          </summary>
          {why && <p className="text-sm text-ink-2">{why}</p>}
          <p className="max-h-40 overflow-y-auto whitespace-pre-line text-sm wrap-break-word text-ink-2 tabular-nums">
            {linesOf(compared, name).join('\n')}
          </p>
        </details>
      ))}
    </>
  )
}

type HeldProps = Pick<PasteComparedProps, 'chosen' | 'onToggle'> & Pick<ComparedPaste, 'held'>

function Held({ held, chosen, onToggle }: HeldProps) {
  const { ref, limit, showAll } = useFolded(held.length)
  return (
    <div ref={ref} tabIndex={-1} className="max-h-[40dvh] overflow-y-auto">
      <ul>
        {held.slice(0, limit).map(({ number, row, as, extension }) => (
          <li key={row.key}>
            <label className="flex min-h-8 items-center gap-2 tabular-nums max-sm:min-h-11">
              <input
                type="checkbox"
                checked={chosen.has(row.key)}
                onChange={() => onToggle(row.key)}
                className="size-4 shrink-0 accent-accent"
              />
              <span className="min-w-0">
                <span className="flex items-center gap-2">
                  {number}
                  <span className="min-w-0 truncate text-ink-2">
                    {[...new Set([row.account.name, row.account.organizationName])].filter(Boolean).join(', ')}
                  </span>
                </span>
                {as !== null && <span className="block text-sm wrap-break-word text-ink-2">pasted as “{as}”</span>}
                {extension !== null && (
                  <span className="block text-sm text-ink-2">
                    Extension {extension}: selected, the whole number is returned.
                  </span>
                )}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {showAll}
    </div>
  )
}
