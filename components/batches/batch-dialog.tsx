'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDescription, ConfirmDialog, DialogActions } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { whyNotBegun } from '@/lib/client/fetch/batch-not-begun'
import { formatCount, plural } from '@/lib/client/format/format'
import { batchesKey, batchQuery, postBatch } from '@/lib/client/queries/batches'
import { activeSentence, groupForConfirmation, inListOrder } from '@/lib/domain/batches/groups'
import { isTypedCount } from '@/lib/domain/batches/typed-count'
import type { Inventory, NumberRow } from '@/lib/domain/inventory/rows'
import { NOTE_LIMIT } from '@/lib/domain/returns/record'
import { BatchList } from './batch-list'
import type { Begins } from './use-batch-dialogs'

interface BatchDialogProps {
  /** What was chosen when the dialog was opened, and what it begins with; null: closed. */
  asked: (Begins & { rows: readonly NumberRow[] }) | null
  /** The rows as they are listed now, in that order. */
  listed: () => readonly NumberRow[]
  inventory: Inventory
  complete: boolean
  maxBatch: number
  onClose: () => void
  /** `begun`: what was asked about, of more than a batch holds the first ones. */
  onStarted: (batchId: string, begun: readonly NumberRow[]) => void
}

/** The part of what a batch holds from which on that is worth a line. */
const NEARLY = 0.8

/** The one confirmation of a batch: every number by name, and the count typed by hand. */
export function BatchDialog({ asked, ...rest }: BatchDialogProps) {
  return asked === null ? null : <Confirmation asked={asked} {...rest} />
}

function Confirmation({
  asked,
  listed,
  inventory,
  complete,
  maxBatch,
  onClose,
  onStarted,
}: BatchDialogProps & { asked: NonNullable<BatchDialogProps['asked']> }) {
  const client = useQueryClient()
  const keep = useRef<HTMLButtonElement>(null)
  const underWay = useRef(false)
  // In the order of the list: accounts come in the order in which they were read.
  const [ordered] = useState(() => inListOrder(asked.rows, listed()))
  const [taken, setTaken] = useState<readonly NumberRow[] | null>(null)
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set())
  const [typed, setTyped] = useState('')
  const [note, setNote] = useState(asked.note)
  const rows = useMemo(() => (taken ?? ordered).filter(({ key }) => !dropped.has(key)), [taken, ordered, dropped])
  const tooMany = rows.length > maxBatch
  // What can't be begun is not drawn: it may be the whole list.
  const groups = useMemo(() => (tooMany ? [] : groupForConfirmation(inventory, rows)), [tooMany, inventory, rows])
  const start = useMutation({
    mutationFn: () =>
      postBatch({
        returns: rows.map(({ number, account }) => ({ number, accountId: account.id })),
        note: note.trim() || null,
      }),
    onSuccess: (batch) => {
      client.setQueryData(batchQuery(batch.id).queryKey, batch)
      onStarted(batch.id, taken ?? ordered)
    },
    onSettled: () => {
      underWay.current = false
      // Also without an answer: the batch may have begun all the same.
      void client.invalidateQueries({ queryKey: batchesKey })
    },
  })
  const count = formatCount(rows.length)
  const counted = rows.length === 1 || isTypedCount(typed, rows.length, count)
  const ready = rows.length > 0 && !tooMany && counted
  const close = () => {
    if (!start.isPending) onClose()
  }
  const send = () => {
    if (underWay.current || !ready) return
    underWay.current = true
    start.mutate()
  }
  const takeFirst = () => {
    setTaken(ordered.slice(0, maxBatch))
    // The pressed button goes, and the focus must not go with it.
    keep.current?.focus()
  }
  const drop = (gone: readonly NumberRow[]) => {
    if (gone.length === rows.length) close()
    else setDropped(new Set([...dropped, ...gone.map(({ key }) => key)]))
  }
  const batch = `batch of ${plural(rows.length, 'number')}`
  // A question only while it asks.
  const title = start.isPending ? `Beginning a ${batch}` : `Return ${plural(rows.length, 'number')}?`
  return (
    <ConfirmDialog open onClose={close} title={title} firstFocus={keep}>
      {tooMany ? (
        <ConfirmDescription>
          <p>
            A batch holds {plural(maxBatch, 'number')} at the most, and {count} are selected. Nothing was sent.
          </p>
          <p>
            Take the first {formatCount(maxBatch)} in the order of the list: the others stay selected for the next
            batch. Or keep them all, and select fewer.
          </p>
        </ConfirmDescription>
      ) : (
        <>
          <ConfirmDescription>
            {asked.about && <p>{asked.about}</p>}
            <p>
              Calls and texts to {rows.length === 1 ? 'it' : 'them'} stop reaching {plural(groups.length, 'customer')}.
              What came from an integrated supplier goes back there and may not be had again. This can’t be undone.
            </p>
            <p className="font-medium text-warn empty:hidden">{activeSentence(groups)}</p>
          </ConfirmDescription>
          <BatchList groups={groups} complete={complete} locked={start.isPending} onDrop={drop} />
          <div className="grid gap-3 px-5 pt-3">
            {rows.length > NEARLY * maxBatch && (
              <p className="text-sm text-ink-3">A batch holds {plural(maxBatch, 'number')} at the most.</p>
            )}
            {rows.length > 1 && (
              <Field
                label="Type the count"
                inputMode="numeric"
                autoComplete="off"
                hint={`Type ${count} to confirm that you mean all of them.`}
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
            <p aria-live="polite" className="text-ink-2 empty:-mt-3">
              {start.isPending && `Beginning the ${batch}. It runs on even if this page is closed.`}
            </p>
            {start.error && (
              <Notice tone="warn" alert>
                {whyNotBegun(start.error)}
              </Notice>
            )}
          </div>
        </>
      )}
      <DialogActions>
        <Button ref={keep} blocked={start.isPending} onClick={close}>
          {rows.length === 1 ? 'Keep number' : 'Keep numbers'}
        </Button>
        {tooMany ? (
          <Button onClick={takeFirst}>Take the first {formatCount(maxBatch)}</Button>
        ) : (
          <Button
            variant={start.isPending ? 'secondary' : 'danger'}
            busy={start.isPending}
            blocked={!ready}
            onClick={send}
          >
            {start.isPending ? 'Beginning…' : rows.length === 1 ? 'Return number' : 'Return numbers'}
          </Button>
        )}
      </DialogActions>
    </ConfirmDialog>
  )
}
