'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Inventory, NumberRow } from '@/lib/inventory/rows'
import { groupForConfirmation } from '@/lib/jobs/groups'
import { jobQuery, jobsKey, postJob } from '@/lib/jobs/query'
import { NOTE_LIMIT } from '@/lib/returns/record'
import { Button } from '../ui/button'
import { ConfirmDescription, ConfirmDialog, DialogActions } from '../ui/dialog'
import { Field } from '../ui/field'
import { plural } from '../ui/format'
import { Notice } from '../ui/notice'
import { BatchList } from './batch-list'

interface BatchDialogProps {
  /** What was chosen when the dialog was opened; null: closed. */
  rows: readonly NumberRow[] | null
  inventory: Inventory
  complete: boolean
  maxBatch: number
  onClose: () => void
  onStarted: (jobId: string) => void
}

/** The one confirmation of a batch: every number by name, and the count typed by hand. */
export function BatchDialog({ rows, ...rest }: BatchDialogProps) {
  if (rows === null) return null
  return <Confirmation key={rows.map(({ key }) => key).join()} chosen={rows} {...rest} />
}

function Confirmation({
  chosen,
  inventory,
  complete,
  maxBatch,
  onClose,
  onStarted,
}: Omit<BatchDialogProps, 'rows'> & { chosen: readonly NumberRow[] }) {
  const client = useQueryClient()
  const keep = useRef<HTMLButtonElement>(null)
  const underWay = useRef(false)
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set())
  const [typed, setTyped] = useState('')
  const [note, setNote] = useState('')
  const rows = chosen.filter(({ key }) => !dropped.has(key))
  const groups = groupForConfirmation(inventory, rows)
  const active = groups.flatMap(({ agents }) => agents).filter(({ rows: [row] }) => row?.state === 'active').length
  const start = useMutation({
    mutationFn: () =>
      postJob({
        returns: rows.map(({ number, holder }) => ({ number, accountId: holder.id })),
        note: note.trim() || null,
      }),
    onSuccess: (job) => {
      client.setQueryData(jobQuery(job.id).queryKey, job)
      onStarted(job.id)
    },
    onSettled: () => {
      underWay.current = false
      // Also without an answer: the batch may have begun all the same.
      void client.invalidateQueries({ queryKey: jobsKey })
    },
  })
  const tooMany = rows.length > maxBatch
  const counted = rows.length === 1 || typed.trim() === String(rows.length)
  const ready = rows.length > 0 && !tooMany && counted
  const close = () => {
    if (!start.isPending) onClose()
  }
  const send = () => {
    if (underWay.current || !ready) return
    underWay.current = true
    start.mutate()
  }
  return (
    <ConfirmDialog open onClose={close} title={`Return ${plural(rows.length, 'number')}?`} firstFocus={keep}>
      <ConfirmDescription>
        <p>
          Calls and texts to {rows.length === 1 ? 'it' : 'them'} stop reaching {plural(groups.length, 'customer')}. What
          came from an integrated supplier goes back there and may not be had again. This can’t be undone.
        </p>
        {active > 0 && (
          <p className="font-medium text-warn">
            {active === 1 ? '1 of the accounts is' : `${active} of the accounts are`} still active.
          </p>
        )}
      </ConfirmDescription>
      <BatchList
        groups={groups}
        complete={complete}
        locked={start.isPending}
        onDrop={(row) => (rows.length === 1 ? close() : setDropped(new Set([...dropped, row.key])))}
      />
      <div className="grid gap-3 px-5 pt-4">
        {tooMany && (
          <Notice tone="warn">
            A batch holds {plural(maxBatch, 'number')} at the most. Drop {plural(rows.length - maxBatch, 'number')}, or
            return them in several batches.
          </Notice>
        )}
        {rows.length > 1 && !tooMany && (
          <Field
            label="Type the count"
            inputMode="numeric"
            autoComplete="off"
            hint={`Type ${rows.length} to confirm that you mean all of them.`}
            value={typed}
            readOnly={start.isPending}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        <Field
          label="Note"
          hint="Optional: a ticket or a reason, for each receipt."
          maxLength={NOTE_LIMIT}
          autoComplete="off"
          value={note}
          readOnly={start.isPending}
          onChange={(event) => setNote(event.target.value)}
        />
        {start.error && (
          <Notice tone="warn" alert>
            {start.error.message} Look at the batches above the list before you try again.
          </Notice>
        )}
      </div>
      <DialogActions>
        <Button ref={keep} blocked={start.isPending} onClick={close}>
          {rows.length === 1 ? 'Keep number' : 'Keep numbers'}
        </Button>
        <Button look="danger" busy={start.isPending} blocked={!ready} onClick={send}>
          {rows.length === 1 ? 'Return number' : 'Return numbers'}
        </Button>
      </DialogActions>
    </ConfirmDialog>
  )
}
