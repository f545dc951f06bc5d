import type { AssignedNumber } from '@/lib/domain/accounts/account'

/** What `POST /api/numbers/return` can answer; `docs/architecture.md` says what is known for each. */
const OUTCOMES = ['returned', 'refused', 'already_gone', 'unknown'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What a record of the ledger can say: the answers of a return, and three that no answer carries. */
export const RECORD_OUTCOMES = [...OUTCOMES, 'open', 'not_sent', 'not_returned'] as const
export type RecordOutcome = (typeof RECORD_OUTCOMES)[number]

/** Longest note a confirmation may carry, in characters. */
export const NOTE_LIMIT = 200

/** How a record came to its present outcome; the receipt's words are made from it. */
export const PROOFS = [
  'sending',
  'vida_answered',
  'read_before',
  'unreadable_before',
  'not_recorded',
  'read_after',
  'never_connected',
  'no_answer',
  'unclear_answer',
  'server_stopped',
  'marked_by_person',
  'absent_from_scan',
  'seen_in_scan',
] as const
export type Proof = (typeof PROOFS)[number]

/** One entry of a receipt's story, oldest first. `at` is ISO 8601, UTC; `durationMs` is the upstream call's. */
export interface ReturnEvent {
  at: string
  outcome: RecordOutcome
  how: Proof
  message: string | null
  httpStatus: number | null
  durationMs: number | null
  /** true: a complete read lacked the number; false: it was still listed; null: not looked, or not readable. */
  gone: boolean | null
}

/** One return as `GET /api/returns` gives it: the intent and what became of it. Times are ISO 8601, UTC. */
export interface ReturnRecord {
  receiptId: string
  number: string
  national: string | null
  accountId: string | null
  accountName: string | null
  organizationId: string | null
  organizationName: string | null
  outcome: RecordOutcome
  message: string | null
  note: string | null
  requestedAt: string
  settledAt: string | null
  verified: boolean | null
  verifiedAt: string | null
  requestedBy: { id: string; name: string; role: string }
  batchId: string | null
  events: ReturnEvent[]
}

/** Answer of `POST /api/numbers/return`. `numbers` is the account's array after the re-read; null if it could not be read. */
export interface ReturnAnswer {
  outcome: Outcome
  message: string | null
  receiptId: string
  numbers: AssignedNumber[] | null
}
