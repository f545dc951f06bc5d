import 'server-only'
import { Problem } from '@/lib/server/http/problem'
import { BoundedMap } from '@/lib/server/process/bounded-map'
import type { Shared } from '@/lib/server/process/shared'

interface Bucket {
  left: number
  at: number
}

const ALL = { size: 40, perSecond: 1 }
const EACH = { size: 10, perSecond: 0.2 }

const CLIENTS = 10_000

/** `client`: its address from a trusted proxy; null: only the total is limited. @throws Problem `too_many_tries` */
export function countTry(shared: Shared, client: string | null, now = Date.now()): void {
  const buckets = shared('sign-in-tries', () => new BoundedMap<string, Bucket>(CLIENTS))
  const limits =
    client === null ? [['all', ALL] as const] : [['all', ALL] as const, [`client ${client}`, EACH] as const]
  const filled = limits.map(([key, { size, perSecond }]) => {
    const { left, at } = buckets.get(key) ?? { left: size, at: now }
    // A clock that is set back must not lock anybody out.
    return { key, perSecond, left: Math.min(size, left + (Math.max(0, now - at) / 1000) * perSecond) }
  })
  const seconds = Math.max(...filled.map(({ left, perSecond }) => Math.ceil((1 - left) / perSecond)))
  if (seconds > 0) throw new Problem('too_many_tries', { headers: { 'retry-after': String(seconds) } })
  for (const { key, left } of filled) buckets.set(key, { left: left - 1, at: now })
}
