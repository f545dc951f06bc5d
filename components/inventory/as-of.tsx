'use client'

import { useNow } from '@/components/ui/hooks'
import { formatAge, formatMoment, formatTime } from '@/lib/client/format/format'

const STALE = 15 * 60_000

export function isStale(iso: string, now: number): boolean {
  return now - Date.parse(iso) > STALE
}

export function AsOf({ iso }: { iso: string }) {
  const now = useNow()
  const stale = isStale(iso, now)
  return (
    <time
      dateTime={iso}
      title={formatMoment(iso)}
      className={`whitespace-nowrap ${stale ? 'font-medium text-warn' : ''}`}
    >
      {`as of ${formatTime(iso, now)}${stale ? `, ${formatAge(iso, now)}` : ''}`}
    </time>
  )
}
