'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { AppLink } from '@/components/ui/app-link'
import { formatMoment } from '@/lib/client/format/format'
import { returnsQuery } from '@/lib/client/queries/returns'
import { OutcomeBadge } from './outcome-badge'

const LINK = 'rounded-control underline decoration-line decoration-2 underline-offset-4 hover:decoration-accent'

/** The returns of one number (E.164), each with a link to its receipt. */
export function NumberReturns({ number }: { number: string }) {
  const { data, error, hasNextPage, isPlaceholderData } = useInfiniteQuery(
    returnsQuery({ search: number, outcomes: [], from: '', to: '' }),
  )
  if (error)
    return <p className="border-t border-line pt-4 text-warn">Its returns could not be read. {error.message}</p>
  // The search finds more than this number's own: longer numbers that hold its digits, agents and organizations named by it.
  const records = isPlaceholderData ? [] : (data?.pages[0]?.returns.filter((record) => record.number === number) ?? [])
  const words = records.length > 0 ? 'Its returns from here' : 'Never returned from here'
  return (
    <section aria-label="Its returns" className="grid gap-2 border-t border-line pt-4">
      <p className="text-ink-3">{data && !isPlaceholderData ? words : '\u00a0'}</p>
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
            <span className="truncate text-ink-3">{record.accountName}</span>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <p>
          <AppLink href={`/history?q=${encodeURIComponent(number)}`} className={LINK}>
            All that names it in History
          </AppLink>
        </p>
      )}
    </section>
  )
}
