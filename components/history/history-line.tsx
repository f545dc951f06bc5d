'use client'

import { OutcomeBadge } from '@/components/returns/outcome-badge'
import { reasonWording } from '@/components/returns/outcome-wording'
import { withId } from '@/components/returns/receipt-wording'
import { UndoButton } from '@/components/returns/return-status'
import type { Held } from '@/components/returns/use-held'
import type { Settle } from '@/components/returns/use-settle'
import { Button } from '@/components/ui/button'
import { Countdown } from '@/components/ui/countdown'
import { CustomerName } from '@/components/ui/customer-name'
import { Cell, Row } from '@/components/ui/table'
import { formatMoment } from '@/lib/client/format/format'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { confirmedWording } from '@/lib/domain/returns/wording'
import { Joined, MomentCell, NoteCell } from './history-cells'
import { NARROW, OPENER, type Place, placed, WIDE } from './history-grid'

interface HistoryLineProps {
  place: Place
  record: ReturnRecord
  settle: Settle
  held: Held
  onOpen: (receiptId: string) => void
  onOpenBatch: (batchId: string) => void
}

export function HistoryLine({ place, record, settle, held, onOpen, onOpenBatch }: HistoryLineProps) {
  const {
    receiptId,
    number,
    accountName,
    organizationName,
    organizationId,
    reason,
    note,
    requestedAt,
    requestedBy,
    operator,
    outcome,
    batchId,
    accountId,
  } = record
  const tabIndex = place.active ? 0 : -1
  const moment = formatMoment(requestedAt)
  const by = operator ?? requestedBy.name
  const waiting = outcome === 'open' ? held.of(receiptId) : null
  const checking = settle.check.isPending && settle.check.variables === receiptId
  return (
    <Row id={receiptId} {...placed(place)}>
      <Cell className="min-w-0">
        <button
          type="button"
          translate="no"
          tabIndex={tabIndex}
          aria-label={`Receipt for ${number}`}
          onClick={() => onOpen(receiptId)}
          className={OPENER}
        >
          {number}
        </button>
      </Cell>
      <Cell className="min-w-0 max-sm:col-span-2 max-sm:row-start-2">
        <div translate={accountName ? 'no' : undefined} className="truncate">
          {accountName ?? 'By hand, no account known'}
        </div>
        <div className={`text-xs wrap-break-word text-ink-3 ${NARROW}`}>
          <Joined parts={[organizationName, moment, `by ${by}`, reason]} />
        </div>
      </Cell>
      <Cell className={`min-w-0 truncate ${WIDE}`} title={withId(organizationName, organizationId) ?? undefined}>
        {organizationId ? <CustomerName quiet id={organizationId} name={organizationName} tabIndex={tabIndex} /> : '–'}
      </Cell>
      <NoteCell reason={reason} note={note} />
      <MomentCell moment={moment} by={by} />
      <Cell className="max-sm:col-start-2 max-sm:row-start-1 max-sm:text-right">
        <OutcomeBadge outcome={outcome} />
        <div className="text-xs text-ink-3">
          {waiting?.canUndo ? (
            <Countdown until={waiting.sendsAt} verb="Sends" passed="Sending…" />
          ) : (
            confirmedWording(record)
          )}
        </div>
      </Cell>
      <Cell className="flex flex-col items-end gap-1 max-sm:col-span-2 max-sm:row-start-3 max-sm:flex-row max-sm:items-center max-sm:gap-4 max-sm:empty:hidden">
        {waiting?.canUndo && <UndoButton waiting={waiting} onUndo={held.undo} small tabIndex={tabIndex} />}
        {outcome === 'unknown' && accountId !== null && (
          <Button size="small" tabIndex={tabIndex} busy={checking} onClick={() => settle.check.mutate(receiptId)}>
            Check again
          </Button>
        )}
        {batchId !== null && (
          <button
            type="button"
            tabIndex={tabIndex}
            aria-haspopup="dialog"
            onClick={() => onOpenBatch(batchId)}
            className="rounded-control text-sm whitespace-nowrap text-ink-2 underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:min-h-11"
          >
            <span>Part of a batch</span>
            <span className="sr-only">{` with ${number}`}</span>
          </button>
        )}
      </Cell>
      {outcome === 'refused' && record.message !== null && (
        <Cell className="col-span-full min-w-0 truncate text-sm text-warn max-sm:row-start-4" title={record.message}>
          {reasonWording(record)}
        </Cell>
      )}
    </Row>
  )
}
