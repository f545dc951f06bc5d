import 'server-only'
import { Problem } from '@/lib/http/problem'
import { BoundedMap } from '@/lib/process/bounded-map'
import { shared } from '@/lib/process/shared'

interface Bucket {
  left: number
  at: number
}

/** Tries that may come at once, and how many come back a second: for everybody together, and for each known client. */
const ALL = { size: 40, perSecond: 1 }
const EACH = { size: 10, perSecond: 0.2 }

/**
 * Counts one try to sign in.
 * @param client the address that a trusted proxy vouches for, or null: then only all tries together are limited.
 * @throws Problem `too_many_tries` with `Retry-After`.
 */
export function countTry(client: string | null, now = Date.now()): void {
  const buckets = shared('sign-in-tries', () => new BoundedMap<string, Bucket>(10_000))
  const limits =
    client === null ? [['all', ALL] as const] : [[`client ${client}`, EACH] as const, ['all', ALL] as const]
  for (const [key, { size, perSecond }] of limits) {
    const { left, at } = buckets.get(key) ?? { left: size, at: now }
    const filled = Math.min(size, left + ((now - at) / 1000) * perSecond)
    if (filled < 1) {
      const seconds = Math.ceil((1 - filled) / perSecond)
      throw new Problem('too_many_tries', { headers: { 'retry-after': String(seconds) } })
    }
    buckets.set(key, { left: filled - 1, at: now })
  }
}
