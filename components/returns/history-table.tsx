'use client'

import type { ReturnRecord } from '@/lib/returns/record'
import { Button } from '../ui/button'
import { formatMoment } from '../ui/format'
import { Cell, ColumnHeader, Row, RowGroup, Table } from '../ui/table'
import { OutcomeBadge } from './outcome-badge'
import type { Settle } from './use-settle'

const GRID =
  'grid gap-x-4 px-4 sm:grid-cols-[11rem_minmax(0,1fr)_9rem_7rem] @min-[58rem]:grid-cols-[11rem_minmax(0,1fr)_minmax(0,1fr)_minmax(0,1fr)_11rem_9rem_7.5rem]'
const LG = '@max-[58rem]:hidden'

interface HistoryTableProps {
  records: readonly ReturnRecord[]
  settle: Settle
  onOpen: (receiptId: string) => void
}

function confirmedWord({ outcome, verified }: ReturnRecord): string | null {
  if (outcome !== 'returned') return null
  return verified ? 'confirmed gone' : verified === false ? 'still listed' : 'not confirmed yet'
}

function HistoryLine({ record, settle, onOpen }: Omit<HistoryTableProps, 'records'> & { record: ReturnRecord }) {
  const { receiptId, number, accountName, organizationName, note, requestedAt, outcome } = record
  const checking = settle.check.isPending && settle.check.variables === receiptId
  return (
    <Row
      className={`${GRID} min-h-13 items-center border-b border-line py-1.5 last:rounded-b-panel last:border-b-0 hover:bg-canvas max-sm:mb-2 max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-y-1 max-sm:rounded-panel max-sm:border max-sm:bg-surface max-sm:py-3 max-sm:last:border-b`}
    >
      <Cell className="min-w-0">
        <button
          type="button"
          aria-label={`Receipt for ${number}`}
          onClick={() => onOpen(receiptId)}
          className="rounded-control font-medium tabular-nums underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:min-h-11 max-sm:text-lg"
        >
          {number}
        </button>
      </Cell>
      <Cell className="min-w-0 max-sm:col-span-2 max-sm:row-start-2">
        <div className="truncate">{accountName ?? 'By hand, no account known'}</div>
        <div className="truncate text-xs text-ink-3 @min-[58rem]:hidden">
          {[organizationName, formatMoment(requestedAt)].filter(Boolean).join(' · ')}
        </div>
      </Cell>
      <Cell className={`min-w-0 truncate ${LG}`}>{organizationName ?? '–'}</Cell>
      <Cell className={`min-w-0 truncate text-ink-2 ${LG}`} title={note ?? undefined}>
        {note ?? '–'}
      </Cell>
      <Cell className={`text-ink-2 tabular-nums ${LG}`}>{formatMoment(requestedAt)}</Cell>
      <Cell className="max-sm:col-start-2 max-sm:row-start-1 max-sm:text-right">
        <OutcomeBadge outcome={outcome} />
        <div className="text-xs text-ink-3">{confirmedWord(record)}</div>
      </Cell>
      <Cell className="text-right max-sm:col-span-2 max-sm:row-start-3 max-sm:text-left max-sm:empty:hidden">
        {outcome === 'unknown' && (
          <Button small busy={checking} onClick={() => settle.check.mutate(receiptId)}>
            Check again
          </Button>
        )}
      </Cell>
    </Row>
  )
}

export function HistoryTable({ records, settle, onOpen }: HistoryTableProps) {
  const heading = (text: string, className = '') => (
    <ColumnHeader className={`font-medium ${className}`}>{text}</ColumnHeader>
  )
  return (
    <Table
      aria-label="Returns"
      className="@container rounded-panel border border-line bg-surface max-sm:border-0 max-sm:bg-transparent"
    >
      <RowGroup className="sticky top-0 z-10 rounded-t-panel border-b border-line bg-sunken max-sm:hidden">
        <Row className={`${GRID} min-h-8 items-center text-sm text-ink-2`}>
          {heading('Number')}
          {heading('Agent account')}
          {heading('Organization', LG)}
          {heading('Note', LG)}
          {heading('Requested', LG)}
          {heading('Outcome')}
          <ColumnHeader>
            <span className="sr-only">Actions</span>
          </ColumnHeader>
        </Row>
      </RowGroup>
      <RowGroup>
        {records.map((record) => (
          <HistoryLine key={record.receiptId} record={record} settle={settle} onOpen={onOpen} />
        ))}
      </RowGroup>
    </Table>
  )
}
