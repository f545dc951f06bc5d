import type { LockedNumber, ReturnMarks } from './marks'

/** A return that was unknown and is not any more. */
export interface Settled extends Pick<LockedNumber, 'number' | 'receiptId'> {
  /** Whether a complete reading of its account lacked the number, so that it counts as returned. */
  returned: boolean
}

/** What was unknown in one answer of `GET /api/returns/marks` and is settled in a later one. */
export function settledSince(before: ReturnMarks, now: ReturnMarks): Settled[] {
  const locked = new Set(now.locked.map(({ receiptId }) => receiptId))
  const looks = new Map(now.looks.map((look) => [look.receiptId, look]))
  return before.locked.flatMap(({ number, receiptId, outcome }) => {
    if (outcome !== 'unknown' || locked.has(receiptId)) return []
    const look = looks.get(receiptId)
    return [{ number, receiptId, returned: look?.outcome === 'returned' && look.gone }]
  })
}
