import type { LockedNumber, ReturnMarks } from './marks'

/** A return that was unknown and is not any more. */
export interface Settled extends Pick<LockedNumber, 'number' | 'receiptId'> {
  /** Whether a complete reading of its account lacked the number, so that it counts as returned. */
  returned: boolean
}

/** What was unknown in one answer of `GET /api/returns/marks` and is settled in a later one. */
export function settledSince(before: ReturnMarks, now: ReturnMarks): Settled[] {
  const locked = new Set(now.locked.map(({ receiptId }) => receiptId))
  const reads = new Map(now.reads.map((read) => [read.receiptId, read]))
  return before.locked.flatMap(({ number, receiptId, outcome }) => {
    if (outcome !== 'unknown' || locked.has(receiptId)) return []
    const read = reads.get(receiptId)
    return [{ number, receiptId, returned: read?.outcome === 'returned' && read.gone }]
  })
}
