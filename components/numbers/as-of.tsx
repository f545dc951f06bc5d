'use client'

import { formatAge, formatMoment, formatTime } from '../ui/format'
import { useNow } from '../ui/hooks'

const STALE = 15 * 60_000

/** When what is shown was read. After a quarter of an hour it says how long ago that was. */
export function AsOf({ iso }: { iso: string }) {
  const now = useNow()
  const stale = now - Date.parse(iso) > STALE
  return (
    <time
      dateTime={iso}
      title={formatMoment(iso)}
      className={`whitespace-nowrap ${stale ? 'font-medium text-warn' : ''}`}
    >
      as of {formatTime(iso, now)}
      {stale && `, ${formatAge(iso, now)}`}
    </time>
  )
}
