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
  inventory: Inventory
  canBeChosen: CanBeChosen
  complete: boolean
  onClose: () => void
  onChosen: (rows: NumberRow[]) => void
}

export function PasteDialog({ inventory, canBeChosen, complete, onClose, onChosen }: PasteDialogProps) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const parse = useMutation({ mutationFn: postPaste })
  const entries = parse.data?.entries
  // It searches all rows, which a checkbox must not wait for.
  const compared = useMemo(
    () => (entries ? comparePaste(inventory, canBeChosen, entries) : null),
    [inventory, canBeChosen, entries],
  )
  // Who names an extension may not mean all of the number.
  const chosen = compared?.held.filter(({ row, extension }) => (extension === null) !== toggled.has(row.key)) ?? []
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (compared) onChosen(chosen.map(({ row }) => row))
    else if (text.trim() && !parse.isPending) parse.mutate(text)
  }
  const toggle = (key: string) => {
    const next = new Set(toggled)
    if (!next.delete(key)) next.add(key)
    setToggled(next)
  }
  return (
    <Dialog open onClose={onClose} title="Paste a list" firstFocus={field}>
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
              parse.reset()
              setToggled(new Set())
            }}
            className={`${controlClass} py-2 tabular-nums`}
          />
          {!compared && (
            <p className="text-sm text-ink-3">
              Up to 5,000 numbers, with the country code or as the list shows them, on separate lines or separated by
              commas. Nothing is sent: they are only compared with the list.
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
              {parse.data?.more && <Notice tone="warn">Only the first 5,000 entries were read.</Notice>}
              {!complete && (
                <Notice tone="warn">
                  The list is not complete, so a number may be missing here. Numbers without a country code may also
                  mean a number that has not been read yet.
                </Notice>
              )}
              <PasteCompared compared={compared} chosen={new Set(chosen.map(({ row }) => row.key))} onToggle={toggle} />
            </div>
          )}
        </div>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
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
