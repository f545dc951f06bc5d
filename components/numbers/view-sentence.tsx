'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ViewModel } from '@/components/inventory/use-view'
import { useNow } from '@/components/ui/hooks'
import { formatCount, formatMoment, formatMoney, formatTime, plural } from '@/lib/client/format/format'
import { settingsQuery } from '@/lib/client/queries/settings'
import { verdictCounts } from '@/lib/domain/inventory/unused'
import { monthlyCost } from '@/lib/domain/settings/prices'
import { unusedWording } from './filter-wording'

/** As old as the oldest reading in it. */
function readAtOf({ uses, found }: Pick<ViewModel, 'uses' | 'found'>): string | null {
  let oldest: string | null = null
  for (const { account } of found) {
    const readAt = uses.get(account.id)?.readAt
    if (readAt !== undefined && (oldest === null || readAt < oldest)) oldest = readAt
  }
  return oldest
}

function UseFacts({ view }: { view: ViewModel }) {
  const { uses, found, judge, params } = view
  const now = useNow()
  const { unsaid, unread } = useMemo(() => verdictCounts(found, judge), [found, judge])
  const readAt = useMemo(() => readAtOf({ uses, found }), [uses, found])
  if (readAt === null) return null
  return (
    <>
      <span>{` · ${unusedWording(params.only).toLowerCase()}`}</span>
      {unsaid > 0 && <span>{` · of ${formatCount(unsaid)} Vida does not say`}</span>}
      {unread > 0 && <span>{` · ${formatCount(unread)} not read`}</span>}
      <time dateTime={readAt} title={formatMoment(readAt)} className="whitespace-nowrap">
        {` · use as of ${formatTime(readAt, now)}`}
      </time>
    </>
  )
}

/** What the numbers of the churn queue or of *Unused* cost, and how much is known of their use. */
export function ViewSentence({ view }: { view: ViewModel }) {
  const { rows, unused } = view
  const { data } = useQuery(settingsQuery)
  const prices = data?.prices ?? null
  const cost = useMemo(() => prices && monthlyCost(prices, rows), [prices, rows])
  return (
    <p className="px-3 text-sm text-ink-2 tabular-nums max-sm:min-h-10 max-sm:basis-full max-sm:px-2">
      {(unused || (prices && rows.length > 0)) && <span>{plural(rows.length, 'number')}</span>}
      {prices && cost !== null && rows.length > 0 && (
        <span>{` · about ${formatMoney(cost, prices.currency)} a month`}</span>
      )}
      {unused && <UseFacts view={view} />}
    </p>
  )
}
