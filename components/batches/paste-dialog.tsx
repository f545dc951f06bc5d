'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useMemo, useRef, useState } from 'react'
import type { Inventory, NumberRow } from '@/lib/inventory/rows'
import type { CanBeChosen } from '@/lib/inventory/selection'
import { type SortedPaste, sortPaste } from '@/lib/jobs/paste'
import { postPaste } from '@/lib/jobs/query'
import { Button } from '../ui/button'
import { Dialog, DialogActions } from '../ui/dialog'
import { controlClass } from '../ui/field'
import { formatCount, plural } from '../ui/format'
import { Notice } from '../ui/notice'
import { useFolded } from './use-folded'

interface PasteDialogProps {
  open: boolean
  inventory: Inventory
  canBeChosen: CanBeChosen
  complete: boolean
  onClose: () => void
  /** The rows of *held* that the person chose. */
  onChosen: (rows: NumberRow[]) => void
}

/** What does not go on, and why where the name does not say it. */
const REST: readonly [name: keyof Omit<SortedPaste, 'held'>, words: string, why: string | null][] = [
  ['notFound', 'Not found', null],
  ['again', 'More than once', null],
  ['inTwoAccounts', 'In two accounts', 'They can’t be returned until each is in one account.'],
  [
    'notSettled',
    'Not settled',
    'They are held, but wait in a batch, or an earlier return is under way or its outcome is unknown. History shows it.',
  ],
  ['notNumbers', 'Not a number', null],
]

/** A list from a spreadsheet or an e-mail, sorted before anything else happens; only chosen rows of *held* go on. */
export function PasteDialog({ open, inventory, canBeChosen, complete, onClose, onChosen }: PasteDialogProps) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const parse = useMutation({ mutationFn: postPaste })
  const entries = parse.data?.entries
  // All rows are gone through for it, which a tick must not wait for.
  const sorted = useMemo(
    () => (entries ? sortPaste(inventory, canBeChosen, entries) : null),
    [inventory, canBeChosen, entries],
  )
  const chosen = sorted?.held.filter(({ row }) => !left.has(row.key)) ?? []
  const reset = () => {
    parse.reset()
    setLeft(new Set())
  }
  const close = () => {
    reset()
    setText('')
    onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (sorted) {
      onChosen(chosen.map(({ row }) => row))
      close()
    } else if (text.trim() && !parse.isPending) parse.mutate(text)
  }
  const leave = (key: string, out: boolean) => {
    const next = new Set(left)
    if (out) next.add(key)
    else next.delete(key)
    setLeft(next)
  }
  return (
    <Dialog open={open} onClose={close} title="Paste a list" firstFocus={field}>
      <form onSubmit={submit}>
        <div className="grid gap-3 px-5 pt-3">
          <label htmlFor={id} className="font-medium">
            Numbers
          </label>
          <textarea
            ref={field}
            id={id}
            rows={sorted ? 3 : 8}
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              reset()
            }}
            className={`${controlClass} py-2 tabular-nums`}
          />
          {!sorted && (
            <p className="text-sm text-ink-3">
              In any usual form, one a line or separated, up to 5,000. Nothing is sent: they are compared with the list
              first.
            </p>
          )}
          {parse.error && (
            <Notice tone="warn" alert>
              {parse.error.message}
            </Notice>
          )}
          <p role="status" className="sr-only">
            {sorted &&
              [['held', 'Held'] as const, ...REST]
                .map(([name, words]) => `${words}: ${formatCount(sorted[name].length)}`)
                .join(', ')}
          </p>
          {sorted && (
            <div className="grid gap-2">
              {parse.data?.more && <Notice tone="warn">Only the first 5,000 entries were taken.</Notice>}
              {!complete && (
                <Notice tone="warn">The list is not complete, so a number may be held though it is not found.</Notice>
              )}
              <p className="font-semibold">Held ({formatCount(sorted.held.length)})</p>
              <Held held={sorted.held} left={left} onLeave={leave} />
              {REST.filter(([name]) => sorted[name].length > 0).map(([name, words, why]) => (
                <details key={name}>
                  <summary>
                    {words} ({formatCount(sorted[name].length)})
                  </summary>
                  {why && <p className="text-sm text-ink-2">{why}</p>}
                  <p className="max-h-40 overflow-y-auto whitespace-pre-line text-sm wrap-break-word text-ink-2 tabular-nums">
                    {sorted[name].join('\n')}
                  </p>
                </details>
              ))}
            </div>
          )}
        </div>
        <DialogActions>
          <Button onClick={close}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            busy={parse.isPending}
            blocked={sorted ? chosen.length === 0 : !text.trim()}
          >
            {sorted ? `Select ${plural(chosen.length, 'number')}` : 'Sort the list'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

interface HeldProps {
  held: SortedPaste['held']
  /** Keys of the rows that do not go on. */
  left: ReadonlySet<string>
  onLeave: (key: string, out: boolean) => void
}

function Held({ held, left, onLeave }: HeldProps) {
  const { ref, limit, showAll } = useFolded(held.length)
  return (
    <div ref={ref} tabIndex={-1} className="max-h-[40dvh] overflow-y-auto">
      <ul>
        {held.slice(0, limit).map(({ number, row }) => (
          <li key={row.key}>
            <label className="flex min-h-8 items-center gap-2 tabular-nums max-sm:min-h-11">
              <input
                type="checkbox"
                checked={!left.has(row.key)}
                onChange={(event) => onLeave(row.key, !event.target.checked)}
                className="size-4 accent-accent"
              />
              {number}
              <span className="truncate text-ink-2">
                {[row.holder.name, row.holder.organizationName].filter(Boolean).join(', ')}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {showAll}
    </div>
  )
}
