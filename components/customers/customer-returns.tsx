'use client'

import { useId } from 'react'
import { OutcomeBadge } from '@/components/returns/outcome-badge'
import { AppLink } from '@/components/ui/app-link'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { NotLoaded } from '@/components/ui/not-loaded'
import { formatAbroad, formatMoment } from '@/lib/client/format/format'
import { returnsText } from '@/lib/domain/batches/text'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { confirmedWording } from '@/lib/domain/returns/wording'

interface CustomerReturnsProps {
  name: string
  query: {
    data: unknown
    error: Error | null
    isFetching: boolean
    hasNextPage: boolean
    isFetchingNextPage: boolean
    fetchNextPage: () => unknown
    refetch: () => unknown
  }
  /** Newest first. */
  records: readonly ReturnRecord[]
}

function Line({ record }: { record: ReturnRecord }) {
  const { number, receiptId, accountName, accountId, requestedAt, requestedBy, operator, outcome } = record
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-0.5 border-b border-line px-4 py-2 last:border-b-0 sm:grid-cols-[10rem_minmax(0,1fr)_minmax(0,1fr)_12rem]">
      <AppLink
        href={`/history?receipt=${encodeURIComponent(receiptId)}`}
        translate="no"
        aria-label={`Receipt for ${number}`}
        className="justify-self-start rounded-control font-medium tabular-nums underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:inline-flex max-sm:min-h-11 max-sm:items-center"
      >
        {number}
      </AppLink>
      <span translate="no" className="truncate max-sm:col-span-2 max-sm:row-start-2">
        {accountName ?? `Account ${accountId}`}
      </span>
      <span className="text-ink-2 tabular-nums max-sm:col-span-2 max-sm:row-start-3">
        <span>{formatMoment(requestedAt)}</span> <span className="text-sm text-ink-3">by </span>
        <bdi translate="no" className="text-sm text-ink-3">
          {operator ?? requestedBy.name}
        </bdi>
      </span>
      <span className="flex flex-wrap items-baseline gap-x-2 max-sm:col-start-2 max-sm:row-start-1 max-sm:justify-end">
        <OutcomeBadge outcome={outcome} />
        <span className="text-xs text-ink-3 empty:hidden">{confirmedWording(record)}</span>
      </span>
    </li>
  )
}

function List({ query, records }: Omit<CustomerReturnsProps, 'name'>) {
  const { data, error, isFetching, refetch } = query
  if (data === undefined) return <NotLoaded what="history" error={error} busy={isFetching} onRetry={refetch} />
  if (records.length === 0) return <p className="text-ink-2">Nothing of this customer has been returned from here.</p>
  return (
    <>
      {error && <NotLoaded what="history" error={error} busy={isFetching} onRetry={refetch} />}
      <ul className="rounded-panel border border-line bg-surface">
        {records.map((record) => (
          <Line key={record.receiptId} record={record} />
        ))}
      </ul>
      {query.hasNextPage && (
        <p className="mt-3 text-center">
          <Button busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            Load more
          </Button>
        </p>
      )}
    </>
  )
}

/** What was returned from here, and the text about it for the customer. */
export function CustomerReturns({ name, query, records }: CustomerReturnsProps) {
  const id = useId()
  const { hasNextPage } = query
  const text = () => returnsText(name, records, { at: formatAbroad, now: new Date().toISOString(), more: hasNextPage })
  return (
    <section aria-labelledby={id} className="mt-8">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h2 id={id} className="mr-auto text-lg font-semibold">
          Returned from here
        </h2>
        {records.length > 0 && (
          <CopyButton
            text={text}
            said={`Text for ${name} copied, without notes and Vida’s messages.${hasNextPage ? ' It says that earlier returns are left out.' : ''}`}
          >
            Copy text for the customer
          </CopyButton>
        )}
      </div>
      <List query={query} records={records} />
    </section>
  )
}
