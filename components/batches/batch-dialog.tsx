'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { isLastFour, UsedNumberField } from '@/components/inventory/last-four'
import { ReasonField, useReasonMissing } from '@/components/inventory/reason-field'
import { Button } from '@/components/ui/button'
import { ConfirmDescription, ConfirmDialog, DialogActions } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { IrreversibleButton } from '@/components/ui/irreversible-button'
import { Notice } from '@/components/ui/notice'
import { whyNotStarted } from '@/lib/client/fetch/batch-not-started'
import { formatCount, plural } from '@/lib/client/format/format'
import { batchesKey, batchQuery, postBatch } from '@/lib/client/queries/batches'
import { expectRecent, isRepeatable, returnsKey } from '@/lib/client/queries/returns'
import { activeSentence, type CustomerGroup, groupForConfirmation, inListOrder } from '@/lib/domain/batches/groups'
import { isTypedCount } from '@/lib/domain/batches/typed-count'
import { usedFirst, usedRows } from '@/lib/domain/batches/used'
import type { ProtectedNumbers } from '@/lib/domain/inventory/protected'
import type { Inventory, NumberRow } from '@/lib/domain/inventory/rows'
import { NOTE_LIMIT } from '@/lib/domain/returns/record'
import { undoSentence } from '@/lib/domain/returns/wording'
import { BatchList } from './batch-list'
import { BatchUse, useBatchUses } from './batch-use'
import { ProtectedRows } from './protected-rows'
import type { Confirm } from './use-batch-dialogs'

interface BatchDialogProps {
  asked: Confirm
  listed: () => readonly NumberRow[]
  inventory: Inventory
  /** They are left out, also when they are protected while the dialog is open. */
  protectedBy: ProtectedNumbers
  complete: boolean
  maxBatch: number
  holdSeconds: number
  onClose: () => void
  /** `taken`: the chosen rows, or the first `maxBatch` of them. */
  onStarted: (batchId: string, taken: readonly NumberRow[]) => void
}

/** The limit is mentioned from this part of it on. */
const NEARLY = 0.8

export function BatchDialog(props: BatchDialogProps) {
  const { asked, listed, inventory, protectedBy, complete, maxBatch, holdSeconds, onClose, onStarted } = props
  const keep = useRef<HTMLButtonElement>(null)
  const [taken, setTaken] = useState<readonly NumberRow[]>(() => inListOrder(asked.rows, listed()))
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set())
  const [typed, setTyped] = useState('')
  const [note, setNote] = useState(asked.note)
  const [reason, setReason] = useState('')
  const reasonMissing = useReasonMissing(reason)
  const rows = useMemo(
    () => taken.filter(({ key, number }) => !dropped.has(key) && !protectedBy.has(number)),
    [taken, dropped, protectedBy],
  )
  const leftOut = taken.filter(({ number }) => protectedBy.has(number))
  const tooMany = rows.length > maxBatch
  // Too many are not drawn: it may be the whole list.
  const use = useBatchUses(taken, !tooMany)
  const { order, now } = use
  const groups = useMemo(
    () => (tooMany ? [] : usedFirst(groupForConfirmation(inventory, rows), order, now)),
    [tooMany, inventory, rows, order, now],
  )
  const start = useStartBatch((batchId) => onStarted(batchId, taken))
  const one = rows.length === 1
  const count = formatCount(rows.length)
  const [first] = rows
  const asksDigits = one && usedRows(rows, use.uses, now).length > 0
  const wrong = asksDigits && first !== undefined && !isLastFour(typed, first.number)
  const ready =
    !tooMany && rows.length > 0 && !reasonMissing && (one ? !wrong : isTypedCount(typed, rows.length, count))
  const close = () => {
    if (!start.isPending) onClose()
  }
  const send = () => {
    if (ready) start.send(rows, { reason: reason || null, note: note.trim() || null, holdSeconds })
  }
  const takeFirst = () => {
    setTaken(taken.slice(0, maxBatch))
    // The pressed button disappears and would take the focus with it.
    keep.current?.focus()
  }
  const drop = (gone: readonly NumberRow[]) => {
    if (gone.length === rows.length) close()
    else setDropped(new Set([...dropped, ...gone.map(({ key }) => key)]))
  }
  const dropUsed = (gone: readonly NumberRow[]) => {
    keep.current?.focus()
    drop(gone)
  }
  const numbers = plural(rows.length, 'number')
  const title = start.isPending ? `Starting a batch of ${numbers}` : `Return ${numbers}?`
  return (
    <ConfirmDialog open onClose={close} title={title} firstFocus={keep}>
      {tooMany ? (
        <TooMany count={count} maxBatch={maxBatch} />
      ) : (
        <>
          <ProtectedRows rows={leftOut} />
          <BatchUse rows={rows} use={use} locked={start.isPending} onDrop={dropUsed} />
          <Consequences about={asked.about} one={one} groups={groups} holdSeconds={holdSeconds} />
          <BatchList groups={groups} use={use} complete={complete} locked={start.isPending} onDrop={drop} />
          <div className="grid gap-3 px-5 pt-3">
            {rows.length > NEARLY * maxBatch && (
              <p className="text-sm text-ink-3">{`A batch can have at most ${plural(maxBatch, 'number')}.`}</p>
            )}
            {!one && (
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
            {asksDigits && first && (
              <UsedNumberField
                number={first.number}
                value={typed}
                readOnly={start.isPending}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
            <ReasonField value={reason} disabled={start.isPending} onChange={setReason} />
            <Field
              label="Note"
              hint="Optional. A ticket, for each receipt."
              maxLength={NOTE_LIMIT}
              autoComplete="off"
              value={note}
              readOnly={start.isPending}
              onChange={(event) => setNote(event.target.value)}
            />
            <p aria-live="polite" className="text-ink-2 empty:-mt-3">
              {start.isPending && `Starting the batch of ${numbers}. It continues even if you close this page.`}
            </p>
            {start.error && (
              <Notice tone="warn" alert>
                {whyNotStarted(start.error)}
              </Notice>
            )}
          </div>
        </>
      )}
      <DialogActions>
        <Button ref={keep} blocked={start.isPending} onClick={close}>
          {start.isError ? 'Close' : one ? 'Keep number' : 'Keep numbers'}
        </Button>
        {tooMany ? (
          <Button onClick={takeFirst}>{`Take the first ${formatCount(maxBatch)}`}</Button>
        ) : (
          <IrreversibleButton
            confirms={`${rows.map(({ key }) => key).join(' ')} ${asksDigits}`}
            variant={start.isPending ? 'secondary' : 'danger'}
            busy={start.isPending}
            blocked={!ready}
            onClick={send}
          >
            {start.isPending ? 'Starting…' : one ? 'Return number' : 'Return numbers'}
          </IrreversibleButton>
        )}
      </DialogActions>
    </ConfirmDialog>
  )
}

type Order = Parameters<typeof postBatch>[0]

function useStartBatch(onStarted: (batchId: string) => void) {
  const client = useQueryClient()
  // `isPending` changes only with the next rendering, too late for a double click.
  const sending = useRef(false)
  // The same batch, confirmed again after a failure, keeps its id and is not started twice.
  const request = useRef({ content: '', id: '' })
  const { mutate, isPending, isError, error } = useMutation({
    // Nothing but what was confirmed: a repetition runs the function of the latest rendering, whose rows may be others.
    mutationFn: async ({ order, confirmedAt }: { order: Order; confirmedAt: number }) => {
      expectRecent(confirmedAt)
      return postBatch(order)
    },
    retry: isRepeatable,
    onSuccess: (batch) => {
      client.setQueryData(batchQuery(batch.id).queryKey, batch)
      onStarted(batch.id)
    },
    onSettled: () => {
      sending.current = false
      // Also after a failure: the batch may have started, or a number of it is protected.
      void client.invalidateQueries({ queryKey: batchesKey })
      void client.invalidateQueries({ queryKey: returnsKey })
    },
  })
  const send = (rows: readonly NumberRow[], said: Omit<Order, 'returns' | 'requestId'>) => {
    if (sending.current) return
    sending.current = true
    const content = JSON.stringify([rows.map(({ key }) => key), said.reason, said.note])
    if (request.current.content !== content) request.current = { content, id: crypto.randomUUID() }
    const returns = rows.map(({ number, account }) => ({ number, accountId: account.id }))
    mutate({ order: { returns, ...said, requestId: request.current.id }, confirmedAt: Date.now() })
  }
  return { isPending, isError, error, send }
}

function TooMany({ count, maxBatch }: { count: string; maxBatch: number }) {
  return (
    <ConfirmDescription>
      <p>{`A batch can have at most ${plural(maxBatch, 'number')}, and ${count} are selected. Nothing was sent.`}</p>
      <p>
        <span>{`Take the first ${formatCount(maxBatch)} in the order of the list; `}</span>
        <span>the others are left for the next batch. Or keep them all and choose fewer.</span>
      </p>
    </ConfirmDescription>
  )
}

interface ConsequencesProps {
  holdSeconds: number
  about: string | null
  one: boolean
  groups: readonly CustomerGroup[]
}

function Consequences({ about, one, groups, holdSeconds }: ConsequencesProps) {
  const [first, ...others] = groups
  const customers = first && others.length === 0 ? first.name : plural(groups.length, 'customer')
  return (
    <ConfirmDescription>
      {about && <p>{about}</p>}
      <p>
        <span>{`Calls and texts to ${one ? 'this number' : 'these numbers'} no longer reach ${customers}.`}</span>{' '}
        <span>A number from an integrated supplier goes back to that supplier and may be lost for good.</span>{' '}
        <span>{undoSentence(holdSeconds)}</span>
      </p>
      <p className="font-medium text-warn empty:hidden">{activeSentence(groups)}</p>
    </ConfirmDescription>
  )
}
