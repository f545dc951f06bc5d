import type { Limits } from '@/lib/server/limit-store/limit-store'
import { TokenBuckets } from '@/lib/server/process/token-buckets'

/** Limits of one process alone. */
export function localLimits(clock: { now: () => number }): Limits {
  const buckets = new TokenBuckets(10_000)
  return {
    change: async (key, rate, by) => buckets.change(key, rate, by, clock.now()),
    take: async (key, rate) => buckets.take(key, rate, clock.now()),
    begin: async () => async () => {},
    countEnded: async () => 0,
    purge: async () => 0,
  }
}
