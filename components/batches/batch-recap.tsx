'use client'

import { useQuery } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog, DialogActions } from '@/components/ui/dialog'
import { ExportButton } from '@/components/ui/export-button'
import { NotLoaded } from '@/components/ui/not-loaded'
import { formatAbroad, formatExactly, plural } from '@/lib/client/format/format'
import { batchQuery, fetchBatchCsv, isOver } from '@/lib/client/queries/batches'
import type { Batch, BatchItem } from '@/lib/domain/batches/batch'
import type { Choice } from '@/lib/domain/batches/choice'
import { customersOf } from '@/lib/domain/batches/customers'
import { batchText } from '@/lib/domain/batches/text'
import { byOutcome, countsSentence, reasonSentence, STOP_IS_FINAL, stateWording } from '@/lib/domain/batches/wording'
import { requesterWording } from '@/lib/domain/returns/wording'
import { BatchActions } from './batch-actions'
import { BatchPrint } from './batch-print'
import { RecapCustomers } from './recap-customers'
import { RecapOutcome } from './recap-outcome'
import { useBatchAction } from './use-batch-action'

interface BatchRecapProps {
  batchId: string
  onClose: () => void
  choice: (items: readonly BatchItem[]) => Choice
  /** Selects them in the list, with the batch's note. */
  onSelect: (choice: Choice, note: string | null) => void
  /** null: the receipt is on another page. */
  onReceipt: ((receiptId: string) => void) | null
}

export function BatchRecap({ batchId, onClose, choice, onSelect, onReceipt }: BatchRecapProps) {
  const { data: batch, error, isFetching, refetch } = useQuery(batchQuery(batchId))
  return (
    <Dialog side open onClose={onClose} title={batch ? `Batch of ${plural(batch.total, 'number')}` : 'Batch'}>
      <div className="grid grow content-start gap-4 px-5 pt-3">
        {!batch && <NotLoaded what="batch" error={error} busy={isFetching} onRetry={refetch} />}
        {batch && (
          <>
            <BatchPrint batch={batch} />
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
            <ExportButton
              file={() => ({ name: batch.id, csv: () => fetchBatchCsv(batch.id) })}
              print={() => window.print()}
            />
          </div>
        )}
        {/* On a phone below the others, within reach of the thumb. */}
        <Button className="max-sm:order-first" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function Head({ batch }: { batch: Batch }) {
  const action = useBatchAction(batch.id)
  return (
    <section className="grid gap-2 text-ink-2">
      <p className="font-medium text-ink tabular-nums">{`${stateWording(batch)}: ${countsSentence(batch)}`}</p>
      {batch.reason && <p>{reasonSentence(batch)}</p>}
      {batch.state === 'paused' && <p>{STOP_IS_FINAL}</p>}
      {!isOver(batch) && (
        <div className="flex flex-wrap gap-2 empty:hidden">
          <BatchActions id={batch.id} state={batch.state} action={action} />
        </div>
      )}
      {action.error && <p role="alert">{action.error.message}</p>}
      <div>
        <p>
          <span>{`Requested ${formatExactly(batch.createdAt)} by `}</span>
          <bdi translate="no">{requesterWording(batch)}</bdi>
          {batch.endedAt && <span>{`, ended ${formatExactly(batch.endedAt)}`}</span>}
        </p>
        {batch.returnReason && <p className="wrap-break-word">{`Reason: ${batch.returnReason}`}</p>}
        {batch.note && <p className="wrap-break-word">{`Note: ${batch.note}`}</p>}
        <p className="text-sm text-ink-3">{batch.id}</p>
      </div>
    </section>
  )
}
