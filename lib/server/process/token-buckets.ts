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

/** How far below zero a bucket goes: a minute after a flood at one a second nobody waits any more. */
export const DEEPEST = -60

/** A token bucket for each key; the least recently changed of more than `limit` starts anew. */
export class TokenBuckets {
  readonly #buckets: BoundedMap<string, Bucket>

  constructor(limit: number) {
    this.#buckets = new BoundedMap(limit)
  }

  /** Adds to a bucket what time has refilled and `by`. @param now Unix ms. @returns what is in it then */
  change(key: string, { size, perSecond }: Rate, by: number, now: number): number {
    const { left, at } = this.#buckets.get(key) ?? { left: size, at: now }
    // A clock that is set back must not lock anybody out.
    const refilled = Math.min(size, left + (Math.max(0, now - at) / 1000) * perSecond)
    const then = Math.max(DEEPEST, Math.min(size, refilled + by))
    this.#buckets.set(key, { left: then, at: now })
    return then
  }

  /** Takes one, if there is one. @returns 0, or after how many seconds there will be one */
  take(key: string, rate: Rate, now: number): number {
    const left = this.change(key, rate, -1, now)
    if (left >= 0) return 0
    this.change(key, rate, 1, now)
    return Math.ceil(-left / rate.perSecond)
  }
}
