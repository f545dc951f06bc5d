import 'server-only'
import type { AccountUse, Usage } from '@/lib/domain/use/use'
import type { UseEntries, UseEntry } from '@/lib/server/vida/use'

const COUNTED_MS = 30 * 86_400_000

interface Reading extends Pick<AccountUse, 'accountId' | 'readAt'> {
  found: UseEntries
  /** Whether each entry is one call or text: a call leaves several in the logs. */
  isCounted: boolean
}

/** The rules are the table “What is said of use” in docs/vida-api.md. */
export function judgeUse({ accountId, readAt, found, isCounted }: Reading): AccountUse {
  const now = Date.parse(readAt)
  // Vida's clock may be ahead.
  const entries = found.entries.map((entry) => ({ ...entry, at: Math.min(entry.at, now) }))
  const since = entries.reduce((oldest, { at }) => Math.min(oldest, at), now)
  const coveredSince = entries.length > 0 && found.isWithoutGap ? new Date(since).toISOString() : null
  const counts = isCounted && coveredSince !== null && since <= now - COUNTED_MS
  const usage = (some: readonly UseEntry[]) => usageOf(some, counts ? now - COUNTED_MS : null)
  const byNumber = Map.groupBy(entries, ({ number }) => number)
  // An entry without a number may be of any, which then was used later than its own entries say.
  const named = byNumber.has(null)
    ? []
    : [...byNumber].flatMap(([number, own]) => (number ? [[number, own] as const] : []))
  return {
    ...{ accountId, readAt, coveredSince },
    account: entries.length > 0 && found.isOfAccount ? usage(entries) : null,
    numbers: Object.fromEntries(named.map(([number, own]) => [number, usage(own)])),
  }
}

/** `since`: from when on entries are counted, Unix ms; null: they are not. */
function usageOf(entries: readonly UseEntry[], since: number | null): Usage {
  const last = entries.reduce<UseEntry | null>((latest, each) => (latest && latest.at >= each.at ? latest : each), null)
  const count = (wanted: UseEntry['kind']) =>
    since === null ? null : entries.filter(({ kind, at }) => kind === wanted && at >= since).length
  return {
    lastUsedAt: last && new Date(last.at).toISOString(),
    lastKind: last?.kind ?? null,
    calls30: count('call'),
    texts30: count('text'),
  }
}
