'use client'

import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { DialogActions } from '@/components/ui/dialog'
import { usePassed } from '@/components/ui/hooks'
import { IrreversibleButton } from '@/components/ui/irreversible-button'
import { formatAbroad, formatOnDay } from '@/lib/client/format/format'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { isCheckable } from '@/lib/domain/returns/settling'
import { receiptText } from './customer-receipt'
import { markableFrom, NO_ACCOUNT_TO_CHECK, whyNotMarkable } from './open-receipt'
import { UndoButton } from './return-status'
import type { WaitingReturn } from './shown-returns'
import type { Settle } from './use-settle'

interface ReceiptActionsProps {
  record: ReturnRecord
  settle: Settle
  waiting: WaitingReturn | null
  onUndo: (waiting: WaitingReturn) => void
}

export function ReceiptActions({ record, settle: { check, mark }, waiting, onUndo }: ReceiptActionsProps) {
  const early = !usePassed(markableFrom(record))
  const why = whyNotMarkable(record, early, (iso) => formatOnDay(iso, record.requestedAt))
  const unknown = record.outcome === 'unknown'
  const byHand = record.accountId === null
  return (
    <>
      {unknown && byHand && (
        <p id="why-not-checkable" className="px-5 pt-4 text-sm text-ink-3">
          {`Check again: ${NO_ACCOUNT_TO_CHECK}`}
        </p>
      )}
      {unknown && why && (
        <p id="why-not-markable" className="px-5 pt-4 text-sm text-ink-3">
          {`Mark not returned: ${why}`}
        </p>
      )}
      <DialogActions>
        <div className="flex flex-wrap gap-2 sm:mr-auto max-sm:*:grow">
          <CopyButton
            text={() => receiptText(record, formatAbroad)}
            said="Receipt copied as text for the customer, without the note and Vida’s message."
          >
            Copy as text
          </CopyButton>
          <Button title="For the customer, without the note and Vida’s message" onClick={() => window.print()}>
            Print
          </Button>
        </div>
        {waiting?.canUndo && <UndoButton waiting={waiting} onUndo={onUndo} />}
        {unknown && (
          <IrreversibleButton
            confirms={record.receiptId}
            blocked={why !== null}
            busy={mark.isPending}
            aria-describedby={why ? 'why-not-markable' : undefined}
            onClick={() => mark.mutate(record.receiptId)}
          >
            Mark not returned
          </IrreversibleButton>
        )}
        {isCheckable(record) && (unknown || !byHand) && (
          <Button
            variant="primary"
            blocked={byHand}
            busy={check.isPending}
            aria-describedby={byHand ? 'why-not-checkable' : undefined}
            onClick={() => check.mutate(record.receiptId)}
          >
            Check again
          </Button>
        )}
      </DialogActions>
    </>
  )
}
