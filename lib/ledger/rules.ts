import type { RecordOutcome } from '@/lib/returns/record'

// All but “open”: an instance that was only asleep or cut off from the database may still tell what Vida answered.
const SETTLES_UNKNOWN: readonly RecordOutcome[] = [
  'unknown',
  'returned',
  'refused',
  'already_gone',
  'not_sent',
  'not_returned',
]

/** Whether nothing may change this outcome any more; later events can only confirm it. */
export function isSettled(outcome: RecordOutcome): boolean {
  return outcome !== 'open' && outcome !== 'unknown'
}

/** Whether an event with `next` may follow on a record whose outcome is `present`. */
export function mayFollow(present: RecordOutcome, next: RecordOutcome): boolean {
  if (present === 'open') return true
  if (present === 'unknown') return SETTLES_UNKNOWN.includes(next)
  return next === present
}
