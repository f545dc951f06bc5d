import type { ReturnRecord } from './record'

/** The age from which a person may mark a return as not returned, ms. */
export const MARK_AFTER_MS = 5 * 60_000

/** Whether *Check again* can still change the outcome or confirm it. */
export function isCheckable({ outcome, verified }: Pick<ReturnRecord, 'outcome' | 'verified'>): boolean {
  return outcome === 'unknown' || (outcome === 'returned' && verified !== true)
}
