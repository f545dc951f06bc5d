'use client'

import { useQuery } from '@tanstack/react-query'
import { Button, buttonClass } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { isRefusal } from '@/lib/client/fetch/api'
import { formatAbroad, formatExactly, plural } from '@/lib/client/format/format'
import { batchQuery, isOver } from '@/lib/client/queries/batches'
import type { Batch, BatchItem } from '@/lib/domain/batches/batch'
import type { Choice } from '@/lib/domain/batches/choice'
import { customersOf } from '@/lib/domain/batches/customers'
import { batchText } from '@/lib/domain/batches/text'
import { byOutcome, countsSentence, reasonSentence, STOP_IS_FINAL, stateWording } from '@/lib/domain/batches/wording'
import { BatchActions } from './batch-actions'
import { RecapCustomers } from './recap-customers'
import { RecapOutcome } from './recap-outcome'
import { useBatchAction } from './use-batch-action'

interface BatchRecapProps {
  batchId: string | null
  onClose: () => void
  /** Which of these numbers can be chosen, as far as this page knows. */
  choice: (items: readonly BatchItem[]) => Choice
  /** Chooses them in the list, to be tried again deliberately, with the batch's note. */
  onSelect: (choice: Choice, note: string | null) => void
  /** Opens a number's receipt here; null: the receipt is a page away. */
  onReceipt: ((receiptId: string) => void) | null
}

/** The one receipt of a batch: what went through and what did not, and why. */
export function BatchRecap({ batchId, ...rest }: BatchRecapProps) {
  return batchId === null ? null : <Recap batchId={batchId} {...rest} />
}

function Recap({ batchId, onClose, choice, onSelect, onReceipt }: BatchRecapProps & { batchId: string }) {
  const { data: batch, error, isFetching, refetch } = useQuery(batchQuery(batchId))
  return (
    <Dialog side open onClose={onClose} title={batch ? `Batch of ${plural(batch.total, 'number')}` : 'Batch'}>
      <div className="grid grow content-start gap-4 px-5 pt-3">
        {!batch && !error && <p className="text-ink-2">Reading the batch</p>}
        {!batch && error && (
          <Notice
            tone="warn"
            alert
            action={
              isRefusal(error) ? null : (
                <Button busy={isFetching} onClick={() => refetch()}>
                  Retry
                </Button>
              )
            }
          >
            {error.message}
          </Notice>
        )}
        {batch && (
          <>
            <Head batch={batch} />
            <RecapCustomers batch={batch} customers={customersOf(batch.items)} />
            {byOutcome(batch.items).map((group) => (
              <RecapOutcome
                key={group.outcome}
                {...group}
                choice={choice}
                onSelect={(chosen) => onSelect(chosen, batch.note)}
                onReceipt={onReceipt}
              />
            ))}
          </>
        )}
      </div>
      <DialogActions>
        {batch && (
          <div className="flex gap-2 max-sm:*:grow">
            <CopyButton text={() => batchText(batch, formatAbroad)} said="Recap copied.">
              Copy as text
            </CopyButton>
            <a href={`/api/batches/${encodeURIComponent(batch.id)}?format=csv`} download className={buttonClass()}>
              Export CSV
            </a>
          </div>
        )}
        {/* On a phone below them, where the thumb is: the order of the keyboard, too. */}
        <Button className="max-sm:order-first" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  )
}

/** Where the batch stands, who asked for it, and what a person can decide about it here as well as above the list. */
function Head({ batch }: { batch: Batch }) {
  const verb = useBatchAction(batch.id)
  return (
    <section className="grid gap-2 text-ink-2">
      <p className="font-medium text-ink tabular-nums">
        {stateWording(batch)}: {countsSentence(batch)}
      </p>
      {batch.reason && <p>{reasonSentence(batch)}</p>}
      {batch.state === 'paused' && <p>{STOP_IS_FINAL}</p>}
      {!isOver(batch) && (
        <div className="flex flex-wrap gap-2 empty:hidden">
          <BatchActions state={batch.state} verb={verb} />
        </div>
      )}
      {verb.error && <p role="alert">{verb.error.message}</p>}
      <div>
        <p>
          Requested {formatExactly(batch.createdAt)} by {batch.requestedBy.name}
          {batch.endedAt && `, ended ${formatExactly(batch.endedAt)}`}
        </p>
        {batch.note && <p className="wrap-break-word">Note: {batch.note}</p>}
        <p className="text-sm text-ink-3">{batch.id}</p>
      </div>
    </section>
  )
}
