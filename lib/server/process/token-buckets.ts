import 'server-only'
import { BoundedMap } from './bounded-map'

/** `size` at once, and `perSecond` from then on. */
export interface Rate {
  size: number
  perSecond: number
}

interface Bucket {
  left: number
  at: number
}

/** A token bucket for each key; the least recently used of more than `limit` starts anew. */
export class TokenBuckets {
  readonly #buckets: BoundedMap<string, Bucket>

  constructor(limit: number) {
    this.#buckets = new BoundedMap(limit)
  }

  /** Takes one from each, or none. @param now Unix ms. @returns 0, or after how many seconds each of them has one. */
  take(rates: readonly (readonly [key: string, rate: Rate])[], now: number): number {
    const filled = rates.map(([key, { size, perSecond }]) => {
      const { left, at } = this.#buckets.get(key) ?? { left: size, at: now }
      // A clock that is set back must not lock anybody out.
      return { key, perSecond, left: Math.min(size, left + (Math.max(0, now - at) / 1000) * perSecond) }
    })
    const seconds = Math.max(0, ...filled.map(({ left, perSecond }) => Math.ceil((1 - left) / perSecond)))
    if (seconds === 0) for (const { key, left } of filled) this.#buckets.set(key, { left: left - 1, at: now })
    return seconds
  }
}
