'use client'

import type { Held } from '@/components/returns/use-held'
import type { Settle } from '@/components/returns/use-settle'
import { Button } from '@/components/ui/button'
import { LinesSkeleton } from '@/components/ui/lines-skeleton'
import { EmptyPanel, Notice } from '@/components/ui/notice'
import type { BatchSummary } from '@/lib/domain/batches/batch'
import type { HistoryEntry } from '@/lib/domain/history/entries'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { HistoryTable } from './history-table'

interface BodyProps {
  query: {
    isPending: boolean
    error: Error | null
    hasNextPage: boolean
    isFetchingNextPage: boolean
    fetchNextPage: () => unknown
    refetch: () => unknown
  }
  entries: readonly HistoryEntry<ReturnRecord, BatchSummary>[]
  filtered: boolean
  /** The entries match the previous filters; the new ones are being read. */
  older: boolean
  settle: Settle
  held: Held
  openId: string | null
  onOpen: (receiptId: string) => void
  onOpenBatch: (batchId: string) => void
  onClear: () => void
}

export function HistoryBody({
  query,
  entries,
  filtered,
  older,
  settle,
  held,
  openId,
  onOpen,
  onOpenBatch,
  onClear,
}: BodyProps) {
  if (query.error && entries.length === 0) {
    return (
      <EmptyPanel
        alert
        title="History could not be read"
        action={<Button onClick={() => query.refetch()}>Retry</Button>}
      >
        <p>{query.error.message}</p>
        <p>Your returns are not affected.</p>
      </EmptyPanel>
    )
  }
  if (entries.length === 0 && query.isPending) return <LinesSkeleton />
  if (entries.length === 0 && filtered) {
    return (
      <EmptyPanel title="Nothing matches" action={<Button onClick={onClear}>Clear filters</Button>}>
        No return matches these filters.
      </EmptyPanel>
    )
  }
  if (entries.length === 0) {
    return (
      <EmptyPanel title="Nothing has been returned yet">
        Every return of this account gets a receipt here, whoever makes it.
      </EmptyPanel>
    )
  }
  return (
    <>
      {query.error && (
        <div className="mb-3">
          <Notice tone="warn" alert action={<Button onClick={() => query.refetch()}>Retry</Button>}>
            {`History could not be refreshed. ${query.error.message}`}
          </Notice>
        </div>
      )}
      {/* Dimmed after a delay, so that a fast answer does not flicker. */}
      <div aria-busy={older} className={older ? 'opacity-60 transition-opacity delay-200' : undefined}>
        <HistoryTable
          entries={entries}
          settle={settle}
          held={held}
          openId={openId}
          onOpen={onOpen}
          onOpenBatch={onOpenBatch}
        />
      </div>
      {query.hasNextPage && (
        <div className="mt-4 text-center">
          <Button busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </>
  )
}
