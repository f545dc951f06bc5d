'use client'

import type { Held } from '@/components/returns/use-held'
import type { Settle } from '@/components/returns/use-settle'
import { focusPanel, useRoving } from '@/components/ui/focus'
import { ColumnHeader, Row, RowGroup, Table } from '@/components/ui/table'
import type { BatchSummary } from '@/lib/domain/batches/batch'
import type { HistoryEntry } from '@/lib/domain/history/entries'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { HistoryBatch } from './history-batch'
import { GRID, WIDE } from './history-grid'
import { HistoryLine } from './history-line'

interface HistoryTableProps {
  entries: readonly HistoryEntry<ReturnRecord, BatchSummary>[]
  settle: Settle
  held: Held
  /** Of the receipt that is open. */
  openId: string | null
  onOpen: (receiptId: string) => void
  onOpenBatch: (batchId: string) => void
}

export function HistoryTable({ entries, settle, held, openId, onOpen, onOpenBatch }: HistoryTableProps) {
  const { active, list, onKeyDown, onFocus } = useRoving({
    count: entries.length,
    shown: { id: openId, index: entries.findIndex(({ id }) => id === openId) },
    reveal: (index) => list.current?.querySelector(`[data-index="${index}"]`)?.scrollIntoView({ block: 'nearest' }),
    onMove: (index) => {
      const entry = entries[index]
      if (openId !== null && entry?.kind === 'return') onOpen(entry.id)
    },
    onKey: (key, index, onLine) => {
      const entry = entries[index]
      if (key !== 'Enter' || !onLine || !entry) return false
      if (entry.kind === 'batch') onOpenBatch(entry.id)
      else {
        onOpen(entry.id)
        focusPanel()
      }
      return true
    },
  })
  const heading = (text: string, className = '') => (
    <ColumnHeader className={`font-medium ${className}`}>{text}</ColumnHeader>
  )
  return (
    <Table
      aria-label="Returns"
      className="@container rounded-panel border border-line bg-surface max-sm:border-0 max-sm:bg-transparent"
      onKeyDown={onKeyDown}
    >
      <RowGroup className="sticky top-0 z-10 rounded-t-panel border-b border-line bg-sunken max-sm:hidden sm:@max-[30rem]:hidden">
        <Row className={`${GRID} min-h-8 items-center text-sm text-ink-2`}>
          {heading('Number')}
          {heading('Agent account')}
          {heading('Organization', WIDE)}
          {heading('Reason and note', WIDE)}
          {heading('Requested', WIDE)}
          {heading('Outcome')}
          <ColumnHeader>
            <span className="sr-only">Actions</span>
          </ColumnHeader>
        </Row>
      </RowGroup>
      <RowGroup ref={list} data-focus-next="line" onFocus={onFocus}>
        {entries.map((entry, index) => {
          const place = { index, active: index === active, current: entry.id === openId }
          return entry.kind === 'batch' ? (
            <HistoryBatch key={entry.id} place={place} batch={entry.batch} onOpen={onOpenBatch} />
          ) : (
            <HistoryLine
              key={entry.id}
              place={place}
              record={entry.record}
              settle={settle}
              held={held}
              onOpen={onOpen}
              onOpenBatch={onOpenBatch}
            />
          )
        })}
      </RowGroup>
    </Table>
  )
}
