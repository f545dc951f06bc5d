import { memo } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button, IconButton } from '@/components/ui/button'
import { controlClass } from '@/components/ui/field'
import { Icon } from '@/components/ui/icon'
import { Cell, Row } from '@/components/ui/table'
import { formatMoment } from '@/lib/client/format/format'
import type { CheckedLine } from '@/lib/domain/batches/check'
import { holderOf, STATUS_WORDING, whyWording } from '@/lib/domain/batches/check-wording'
import type { ListCheck } from './use-list-check'

export const LINE_GRID =
  'grid grid-cols-[1.25rem_2.5rem_minmax(0,1.4fr)_9rem_minmax(0,1fr)_minmax(0,1.6fr)] gap-x-3 max-sm:grid-cols-[1.25rem_2rem_minmax(0,1fr)]'

/** On a phone below what stood there. */
const BELOW = 'max-sm:col-start-3 empty:max-sm:hidden'

const focusOn = (element: HTMLElement | null) => element?.focus()

interface CheckLineProps {
  line: CheckedLine
  list: ListCheck
  chosen: boolean
}

function Line({ line, list, chosen }: CheckLineProps) {
  return (
    <Row
      className={`${LINE_GRID} items-start border-b border-line py-1.5 [contain-intrinsic-size:auto_2.5rem] [content-visibility:auto]`}
    >
      <Cell>
        {line.canBeChosen && (
          <label className="-ml-5 flex min-h-7 items-center justify-end max-sm:min-h-11">
            <input
              type="checkbox"
              aria-label={`Select ${line.readAs} of line ${line.line}`}
              checked={chosen}
              onChange={() => list.toggle(line.id)}
              className="size-4 accent-accent"
            />
          </label>
        )}
      </Cell>
      <Cell className="flex min-h-7 items-center text-ink-3 tabular-nums max-sm:min-h-11">{line.line}</Cell>
      <TextCell line={line} list={list} />
      <Cell className={`${BELOW} flex min-h-7 items-center font-medium tabular-nums max-sm:min-h-0`}>
        {line.readAs && <span translate="no">{line.readAs}</span>}
      </Cell>
      <Cell className={`${BELOW} flex min-h-7 items-center wrap-anywhere text-ink-2 max-sm:min-h-0`}>
        {line.row && <bdi>{holderOf(line)}</bdi>}
      </Cell>
      <StatusCell line={line} list={list} />
    </Row>
  )
}

/** A line that is judged anew is a new object, and mostly says the same. */
function isSameLine(before: CheckedLine, now: CheckedLine): boolean {
  const { row, why, ...facts } = now
  const { row: rowBefore, why: whyBefore, ...factsBefore } = before
  return row === rowBefore && JSON.stringify([why, facts]) === JSON.stringify([whyBefore, factsBefore])
}

function isUnchanged(before: CheckLineProps, now: CheckLineProps): boolean {
  const { id } = now.line
  const isSame = isSameLine(before.line, now.line) && before.chosen === now.chosen
  const isEdited = before.list.editing === id || now.list.editing === id
  return isSame && !isEdited && (before.list.corrected === id) === (now.list.corrected === id)
}

/** Drawn again only if it changed: a tick must not draw all that are shown. */
export const CheckLine = memo(Line, isUnchanged)

function TextCell({ line: { id, line, text }, list }: Pick<CheckLineProps, 'line' | 'list'>) {
  if (list.editing === id) {
    return (
      <Cell>
        <input
          ref={focusOn}
          aria-label={`Line ${line}`}
          aria-describedby={`hint-${id}`}
          aria-busy={list.correcting || undefined}
          defaultValue={text}
          spellCheck={false}
          onFocus={({ target }) => target.select()}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            list.correct(id, event.currentTarget.value)
          }}
          className={`${controlClass} tabular-nums`}
        />
        <p id={`hint-${id}`} className="text-xs text-ink-3">
          Enter takes it, Escape leaves it.
        </p>
        {list.correctionError && (
          <p role="alert" className="text-warn">
            {list.correctionError.message}
          </p>
        )}
      </Cell>
    )
  }
  return (
    <Cell className="flex min-h-7 items-center gap-1" onDoubleClick={() => list.edit(id)}>
      <span translate="no" className="min-w-0 grow wrap-anywhere tabular-nums">
        {text}
      </span>
      <IconButton
        ref={list.corrected === id ? focusOn : undefined}
        size="small"
        label={`Correct line ${line}`}
        onClick={() => list.edit(id)}
      >
        <Icon name="edit" className="size-3.5" />
      </IconButton>
    </Cell>
  )
}

const TONES = { held: 'good', extension: 'warn', several: 'warn' } as const

function toneOf({ status, why }: CheckedLine): 'plain' | 'good' | 'warn' {
  if (why?.kind === 'obstacle') return 'warn'
  return status === 'held' || status === 'extension' || status === 'several' ? TONES[status] : 'plain'
}

function StatusCell({ line, list }: Pick<CheckLineProps, 'line' | 'list'>) {
  const { id, status, why } = line
  return (
    <Cell className={`${BELOW} flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1 text-ink-2`}>
      <Badge tone={toneOf(line)}>{STATUS_WORDING[status]}</Badge>
      {why?.kind === 'several' ? (
        why.meanings.map(({ number, listed }) => (
          <Button key={number} size="small" onClick={() => list.pick(id, number)}>
            <span translate="no" className="tabular-nums">
              {number}
            </span>
            {!listed && <span>not in the list</span>}
          </Button>
        ))
      ) : (
        <span className="min-w-0 wrap-anywhere">{whyWording(why, formatMoment)}</span>
      )}
      {why?.kind === 'return' && (
        // In a tab of its own, because the lines would be lost with this page.
        <a
          href={`/history?receipt=${encodeURIComponent(why.latest.receiptId)}`}
          target="_blank"
          className="rounded-control underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent"
          rel="noopener"
        >
          Receipt
        </a>
      )}
    </Cell>
  )
}
