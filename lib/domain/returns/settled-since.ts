import type { LockedNumber, ReturnMarks } from './marks'

export interface Settled extends Pick<LockedNumber, 'number' | 'receiptId'> {
  /** Whether an account read confirmed that the number is gone. */
  returned: boolean
}

/** Returns that were unknown in one answer of `GET /api/returns/marks` and are settled in a later one. */
export function settledSince(before: ReturnMarks, now: ReturnMarks): Settled[] {
  const locked = new Set(now.locked.map(({ receiptId }) => receiptId))
  const reads = new Map(now.reads.map((read) => [read.receiptId, read]))
  return before.locked.flatMap(({ number, receiptId, outcome }) => {
    if (outcome !== 'unknown' || locked.has(receiptId)) return []
    const read = reads.get(receiptId)
    return [{ number, receiptId, returned: read?.outcome === 'returned' && read.gone }]
  })
}
