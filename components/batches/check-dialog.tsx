'use client'

import { type DragEvent, type FormEvent, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { formatCount, plural } from '@/lib/client/format/format'
import { type CheckedLine, type CheckSources, LINE_STATUSES, statusCounts } from '@/lib/domain/batches/check'
import { STATUS_WORDING } from '@/lib/domain/batches/check-wording'
import type { NumberRow } from '@/lib/domain/inventory/rows'
import { CheckLines } from './check-lines'
import { CheckSource } from './check-source'
import { useCheckedLines } from './use-checked-lines'
import { useListCheck } from './use-list-check'

interface CheckDialogProps extends Pick<CheckSources, 'inventory' | 'obstacle'> {
  complete: boolean
  onClose: () => void
  onChosen: (rows: NumberRow[]) => void
}

function countsSentence(lines: readonly CheckedLine[]): string {
  const counts = statusCounts(lines)
  return LINE_STATUSES.map((status) => `${STATUS_WORDING[status]}: ${formatCount(counts[status])}`).join(', ')
}

export function CheckDialog({ inventory, obstacle, complete, onClose, onChosen }: CheckDialogProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const list = useListCheck({ inventory })
  const { checked } = list
  const lines = useCheckedLines(checked, { inventory, obstacle })
  const rows = lines?.flatMap((line) => (list.isChosen(line) && line.row ? [line.row] : [])) ?? []
  // The line still counts as what stood there before.
  const unfinished = list.editing !== null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (lines) {
      if (!unfinished) onChosen(rows)
    } else if (!list.busy && list.text.trim() !== '') list.checkText()
  }
  const drop = (event: DragEvent) => {
    const [file] = event.dataTransfer.files
    if (!file) return
    event.preventDefault()
    list.checkFile(file)
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Check a list"
      firstFocus={field}
      onEscapeKeyDown={(event) => {
        if (list.editing === null) return
        event.preventDefault()
        list.stopEditing()
      }}
    >
      <form onSubmit={submit} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-5 pt-3">
          <CheckSource list={list} field={field} />
          {list.error && (
            <Notice tone="warn" alert>
              {list.error.message}
            </Notice>
          )}
          <p role="status" className="sr-only">
            {lines && countsSentence(lines)}
          </p>
          {checked?.more && <Notice tone="warn">Only the first 5,000 entries were read.</Notice>}
          {checked && !complete && (
            <Notice tone="warn">
              The list is not complete, so a number may be missing here. Numbers without a country code may also mean a
              number that has not been read yet.
            </Notice>
          )}
          {lines && <CheckLines lines={lines} list={list} />}
        </div>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            busy={list.busy}
            blocked={lines ? rows.length === 0 || unfinished : list.text.trim() === ''}
          >
            {lines ? `Select ${plural(rows.length, 'number')}` : 'Check'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
