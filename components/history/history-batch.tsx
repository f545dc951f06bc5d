'use client'

import { Badge } from '@/components/ui/badge'
import { Cell, Row } from '@/components/ui/table'
import { formatMoment, plural } from '@/lib/client/format/format'
import type { BatchSummary } from '@/lib/domain/batches/batch'
import { countsSentence, stateWording, successOf } from '@/lib/domain/batches/wording'
import { Joined, MomentCell, NoteCell } from './history-cells'
import { NARROW, OPENER, type Place, placed, WIDE } from './history-grid'

function toneOf(batch: BatchSummary): 'good' | 'plain' | 'warn' {
  if (batch.state === 'paused') return 'warn'
  if (batch.state !== 'ended') return batch.state === 'running' ? 'good' : 'plain'
  return successOf(batch) === 'short' ? 'warn' : 'plain'
}

export function customersWording({ first, count }: BatchSummary['customers']): string {
  return count > 1 ? `${first}, and ${plural(count - 1, 'more customer')}` : first
}

interface HistoryBatchProps {
  place: Place
  batch: BatchSummary
  onOpen: (batchId: string) => void
}

export function HistoryBatch({ place, batch, onOpen }: HistoryBatchProps) {
  const { id, total, createdAt, requestedBy, operator, returnReason, note, customers } = batch
  const by = operator ?? requestedBy.name
  const moment = formatMoment(createdAt)
  // Keeps each count on one line with its word.
  const sentence = countsSentence(batch).replaceAll(/(?<=\d) /g, '\u00A0')
  return (
    <Row id={id} {...placed(place)}>
      <Cell className="min-w-0">
        <button
          type="button"
          tabIndex={place.active ? 0 : -1}
          aria-haspopup="dialog"
          onClick={() => onOpen(id)}
          className={OPENER}
        >
          {`Batch of ${plural(total, 'number')}`}
        </button>
      </Cell>
      <Cell className={WIDE} />
      <Cell className="min-w-0 max-sm:col-span-2 max-sm:row-start-2">
        <div className="wrap-break-word">{customersWording(customers)}</div>
        <div className={`text-xs wrap-break-word text-ink-3 ${NARROW}`}>
          <Joined parts={[moment, note, `by ${by}`, returnReason]} />
        </div>
      </Cell>
      <NoteCell reason={returnReason} note={note} />
      <MomentCell moment={moment} by={by} />
      <Cell
        aria-colspan={2}
        className="min-w-0 sm:col-span-2 max-sm:col-span-2 max-sm:row-start-3 max-sm:flex max-sm:flex-wrap max-sm:items-baseline max-sm:gap-x-2"
      >
        <Badge tone={toneOf(batch)}>{stateWording(batch)}</Badge>
        <div className="text-xs wrap-break-word text-ink-2 tabular-nums">{sentence}</div>
      </Cell>
    </Row>
  )
}
