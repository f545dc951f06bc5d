import type { Findings } from '@/lib/server/findings/findings'

/** Findings in memory, which do not expire. */
export function fakeFindings(): Findings {
  const all = new Map<string, boolean>()
  return {
    find: async (identity, fact) => all.get(`${identity} ${fact}`) ?? null,
    note: async (identity, fact, value) => void all.set(`${identity} ${fact}`, value),
    countExpired: async () => 0,
    purge: async () => 0,
  }
}
