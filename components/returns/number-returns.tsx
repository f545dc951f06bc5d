'use client'

import { useQuery } from '@tanstack/react-query'
import { AppLink } from '@/components/ui/app-link'
import { formatMoment } from '@/lib/client/format/format'
import { numberReturnsQuery } from '@/lib/client/queries/returns'
import { OutcomeBadge } from './outcome-badge'

const LINK = 'rounded-control underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent'

export function NumberReturns({ number }: { number: string }) {
  const { data, error } = useQuery(numberReturnsQuery(number))
  if (error)
    return <p className="border-t border-line pt-4 text-warn">{`Its returns could not be read. ${error.message}`}</p>
  // The search also finds names and longer numbers with the same digits.
  const records = data?.returns.filter((record) => record.number === number) ?? []
  const heading = records.length > 0 ? 'Returns of this number' : 'No returns of this number'
  return (
    <section aria-label="Its returns" className="grid gap-2 border-t border-line pt-4">
      <p className="text-ink-3">{data ? heading : '\u00a0'}</p>
      <ul className="grid gap-1.5">
        {records.map((record) => (
          <li key={record.receiptId} className="flex items-center gap-2">
            <OutcomeBadge outcome={record.outcome} />
            <AppLink
              href={`/history?receipt=${encodeURIComponent(record.receiptId)}`}
              className={`whitespace-nowrap tabular-nums ${LINK}`}
            >
              {formatMoment(record.requestedAt)}
            </AppLink>
            <span translate="no" className="truncate text-ink-3">
              {record.accountName}
            </span>
          </li>
        ))}
      </ul>
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
