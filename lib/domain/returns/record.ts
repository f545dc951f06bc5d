import type { AssignedNumber } from '@/lib/domain/accounts/account'

const OUTCOMES = ['returned', 'refused', 'already_gone', 'unknown'] as const
type Outcome = (typeof OUTCOMES)[number]

export const RECORD_OUTCOMES = [...OUTCOMES, 'open', 'not_sent', 'not_returned'] as const
export type RecordOutcome = (typeof RECORD_OUTCOMES)[number]

export const NOTE_LIMIT = 200

/** How the ledger learned an outcome. */
export const PROOFS = [
  'sending',
  'vida_answered',
  'read_before',
  'unreadable_before',
  'not_checked',
  'too_busy',
  'not_recorded',
  'read_after',
  'never_connected',
  'undone',
  'signed_out',
  'stopped',
  'too_old',
  'lease_lost',
  'held_elsewhere',
  'account_not_found',
  'role_changed',
  'read_only',
  'protected',
  'in_two_accounts',
  'no_answer',
  'unclear_answer',
  'server_stopped',
  'marked_by_person',
  'absent_from_scan',
  'seen_in_scan',
  'contradicted',
] as const
export type Proof = (typeof PROOFS)[number]

/** One step of a return. `at` is ISO 8601, UTC; `durationMs` is the duration of the request to Vida. */
export interface ReturnEvent {
  at: string
  outcome: RecordOutcome
  how: Proof
  message: string | null
  httpStatus: number | null
  durationMs: number | null
  /** Whether a complete account read lacked the number; null: not read. */
  gone: boolean | null
}

/** Added to a receipt after the confirmation, and never changed. `operator`: the name typed at sign-in. */
export interface ReturnNote {
  at: string
  operator: string | null
  note: string
}

/** One return in `GET /api/returns`. Times are ISO 8601, UTC. */
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
  /** Why, from the account's own list; null: none was chosen. */
  reason: string | null
  note: string | null
  notes: ReturnNote[]
  requestedAt: string
  settledAt: string | null
  /** Until then a return that was confirmed with a hold can be undone; null: without a hold. */
  sendsAt: string | null
  verified: boolean | null
  verifiedAt: string | null
  requestedBy: { id: string; name: string; role: string }
  /** The name typed at sign-in, a statement; null: none was typed. */
  operator: string | null
  batchId: string | null
  /** When a reading last listed the number before the return; null: never. */
  listedAt: string | null
  /** By it the server's log is searched. */
  traceId: string
  contradiction: string | null
  events: ReturnEvent[]
}

/** Answer 202 of `POST /api/numbers/return` with a hold. */
export interface HeldReturn {
  outcome: 'open'
  receiptId: string
  sendsAt: string | null
}

/** Answer 200 of `POST /api/numbers/return`. `numbers`: the account's numbers afterwards; null: not readable. */
export interface ReturnAnswer {
  outcome: Outcome
  message: string | null
  receiptId: string
  numbers: AssignedNumber[] | null
}

/** Of a number: its latest return, or the latest one that returned it. */
export type LatestReturn = Pick<ReturnRecord, 'number' | 'receiptId' | 'outcome' | 'requestedAt'>
