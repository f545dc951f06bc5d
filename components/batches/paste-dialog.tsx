'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useMemo, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { controlClass } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { plural } from '@/lib/client/format/format'
import { postPaste } from '@/lib/client/queries/batches'
import { comparePaste } from '@/lib/domain/batches/paste'
import type { Inventory, NumberRow } from '@/lib/domain/inventory/rows'
import type { CanBeChosen } from '@/lib/domain/inventory/selection'
import { countsOfPaste, PasteCompared } from './paste-compared'

interface PasteDialogProps {
  open: boolean
  inventory: Inventory
  canBeChosen: CanBeChosen
  complete: boolean
  onClose: () => void
  /** The rows of *held* that the person chose. */
  onChosen: (rows: NumberRow[]) => void
}

/** A list from a spreadsheet or an e-mail, compared with the list before anything else happens; only chosen rows of *held* go on. */
export function PasteDialog({ open, inventory, canBeChosen, complete, onClose, onChosen }: PasteDialogProps) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const parse = useMutation({ mutationFn: postPaste })
  const entries = parse.data?.entries
  // All rows are gone through for it, which a tick must not wait for.
  const compared = useMemo(
    () => (entries ? comparePaste(inventory, canBeChosen, entries) : null),
    [inventory, canBeChosen, entries],
  )
  const chosen = compared?.held.filter(({ row }) => !left.has(row.key)) ?? []
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
    if (compared) {
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
            rows={compared ? 3 : 8}
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              reset()
            }}
            className={`${controlClass} py-2 tabular-nums`}
          />
          {!compared && (
            <p className="text-sm text-ink-3">
              With the country code, or as the list shows them; one a line or separated, up to 5,000. Nothing is sent:
              they are compared with the list first.
            </p>
          )}
          {parse.error && (
            <Notice tone="warn" alert>
              {parse.error.message}
            </Notice>
          )}
          <p role="status" className="sr-only">
            {compared && countsOfPaste(compared)}
          </p>
          {compared && (
            <div className="grid gap-2">
              {parse.data?.more && <Notice tone="warn">Only the first 5,000 entries were taken.</Notice>}
              {!complete && (
                <Notice tone="warn">
                  The list is not complete: a number may be held though it is not found, and a national form may also be
                  that of a number which is not read yet.
                </Notice>
              )}
              <PasteCompared compared={compared} left={left} onLeave={leave} />
            </div>
          )}
        </div>
        <DialogActions>
          <Button onClick={close}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            busy={parse.isPending}
            blocked={compared ? chosen.length === 0 : !text.trim()}
          >
            {compared ? `Select ${plural(chosen.length, 'number')}` : 'Compare with the list'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
