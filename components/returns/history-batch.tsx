'use client'

import type { JobState, JobSummary } from '@/lib/jobs/job'
import { countsSentence, stateWords } from '@/lib/jobs/words'
import { Badge } from '../ui/badge'
import { formatMoment, plural } from '../ui/format'
import { Cell, Row } from '../ui/table'
import { LINE, NARROW, OPENER, type Place, placed, WIDE } from './history-grid'

const TONES = { running: 'good', stopping: 'plain', paused: 'warn', ended: 'plain' } as const satisfies Record<
  JobState,
  string
>

interface HistoryBatchProps {
  place: Place
  batch: JobSummary
  onOpen: (batchId: string) => void
}

/** One batch in the place of its returns; its name opens the recap. */
export function HistoryBatch({ place, batch, onOpen }: HistoryBatchProps) {
  const { id, total, counts, createdAt, requestedBy, note, state } = batch
  const moment = formatMoment(createdAt)
  // No line begins with a word whose count ended the one before.
  const sentence = countsSentence(batch).replaceAll(/(?<=\d) /g, '\u00A0')
  return (
    <Row {...placed(place)} className={LINE}>
      <Cell className="min-w-0">
        <button
          type="button"
          tabIndex={place.active ? 0 : -1}
          aria-haspopup="dialog"
          onClick={() => onOpen(id)}
          className={OPENER}
        >
          Batch of {plural(total, 'number')}
        </button>
      </Cell>
      <Cell className="min-w-0 max-sm:col-span-2 max-sm:row-start-2 @min-[58rem]:col-span-2">
        <div className="wrap-break-word tabular-nums">{sentence}</div>
        <div className={`truncate text-xs text-ink-3 ${NARROW}`}>
          {[moment, note, `by ${requestedBy.name}`].filter(Boolean).join(' · ')}
        </div>
      </Cell>
      <Cell className={`min-w-0 truncate text-ink-2 ${WIDE}`} title={note ?? undefined}>
        {note ?? '–'}
      </Cell>
      <Cell className={`min-w-0 text-ink-2 tabular-nums ${WIDE}`}>
        {moment}
        <div className="truncate text-xs text-ink-3">by {requestedBy.name}</div>
      </Cell>
      <Cell className="max-sm:col-start-2 max-sm:row-start-1 max-sm:text-right">
        <Badge tone={TONES[state]}>{stateWords(batch)}</Badge>
        {counts.unknown > 0 && <div className="text-xs text-warn">{counts.unknown} unknown</div>}
      </Cell>
      <Cell className="max-sm:hidden" />
    </Row>
  )
}
