import type { ReturnRecord } from './record'

/** How old a return must be before a person may mark it as not returned, ms. */
export const MARK_AFTER_MS = 5 * 60_000

/** Whether *Check again* can change what is known: of an unknown return, and of one that Vida accepted and nobody saw gone. */
export function isCheckable({ outcome, verified }: Pick<ReturnRecord, 'outcome' | 'verified'>): boolean {
  return outcome === 'unknown' || (outcome === 'returned' && verified !== true)
}
