'use client'

import { useQuery } from '@tanstack/react-query'
import { AppLink } from '@/components/ui/app-link'
import { useDebounced } from '@/components/ui/use-debounced'
import { formatMoment } from '@/lib/client/format/format'
import { followAfter, numberReturnsQuery } from '@/lib/client/queries/returns'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { OutcomeBadge } from './outcome-badge'

const LINK =
  'rounded-control underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent max-sm:inline-flex max-sm:min-h-11 max-sm:items-center'

/** Those who walk from number to number ask for none that they pass, ms. */
export const PASSED_MS = 150

function OneReturn({ record }: { record: ReturnRecord }) {
  const { receiptId, outcome, requestedAt, requestedBy, operator, accountName, message } = record
  return (
    <li className="grid gap-0.5">
      <span className="flex flex-wrap items-center gap-x-2">
        <OutcomeBadge outcome={outcome} />
        <AppLink
          href={`/history?receipt=${encodeURIComponent(receiptId)}`}
          className={`whitespace-nowrap tabular-nums max-sm:inline-flex max-sm:min-h-11 max-sm:items-center ${LINK}`}
        >
          {formatMoment(requestedAt)}
        </AppLink>
      </span>
      <span className="text-sm wrap-anywhere text-ink-3">
        {accountName && <bdi translate="no">{accountName}</bdi>}
        <span>{accountName ? ', by ' : 'By '}</span>
        <bdi translate="no">{operator ?? requestedBy.name}</bdi>
      </span>
      {outcome === 'refused' && message && <q className="text-sm wrap-anywhere text-ink-2">{message}</q>}
    </li>
  )
}

export function NumberReturns({ number }: { number: string }) {
  const settled = useDebounced(number, PASSED_MS)
  const { data, error } = useQuery({
    ...numberReturnsQuery(number),
    enabled: settled === number,
    refetchInterval: ({ state }) => followAfter(state.data?.returns ?? []),
  })
  if (error)
    return <p className="border-t border-line pt-4 text-warn">{`Its returns could not be read. ${error.message}`}</p>
  // The search also finds names and longer numbers with the same digits.
  const records = data?.returns.filter((record) => record.number === number) ?? []
  return (
    <section aria-label="Its returns" className="grid gap-2 border-t border-line pt-4">
      <h3 className="font-medium">History</h3>
      {records.length === 0 && <p className="text-ink-3">{data ? 'No returns of this number' : '\u00a0'}</p>}
      {records.length > 0 && (
        <ul className="grid gap-2.5">
          {records.map((record) => (
            <OneReturn key={record.receiptId} record={record} />
          ))}
        </ul>
      )}
      {data?.nextCursor && (
        <p>
          <AppLink href={`/history?q=${encodeURIComponent(number)}`} className={LINK}>
            Search History for this number
          </AppLink>
        </p>
      )}
    </section>
  )
}
