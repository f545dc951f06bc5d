import type { RecordOutcome } from '@/lib/domain/returns/record'

/** Whether nothing may change this outcome any more; later events can only confirm it. */
export function isSettled(outcome: RecordOutcome): boolean {
  return outcome !== 'open' && outcome !== 'unknown'
}

/** Whether an event with `next` may follow on a record whose outcome is `present`. */
export function mayFollow(present: RecordOutcome, next: RecordOutcome): boolean {
  if (present === 'open') return true
  // An instance that was only asleep or cut off from the database may still tell what Vida answered.
  if (present === 'unknown') return next !== 'open'
  return next === present
}
