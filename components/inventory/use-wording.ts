import { formatAge, plural } from '@/lib/client/format/format'
import type { NumberUse } from '@/lib/domain/use/use'

const DAY_MS = 86_400_000

/** Of one number in few words: “2 hours ago”, “not in 92 days”; null: its use was not read. `now` in ms. */
export function lastUsedWording(use: NumberUse | null, now: number): string | null {
  if (!use) return null
  const { lastUsedAt, coveredSince, readAt } = use
  if (lastUsedAt !== null) return formatAge(lastUsedAt, now)
  if (coveredSince === null) return 'Vida does not say'
  return `not in ${plural(Math.floor((Date.parse(readAt) - Date.parse(coveredSince)) / DAY_MS), 'day')}`
}
