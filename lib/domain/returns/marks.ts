import type { RecordOutcome } from './record'

/** A return that is under way (`open`) or whose outcome nobody knows: its number is locked. */
export interface LockedNumber {
  /** E.164. */
  number: string
  receiptId: string
  outcome: Extract<RecordOutcome, 'open' | 'unknown'>
}

/** The last complete reading of an account that was made for a return of one of its numbers. */
export interface AccountRead {
  receiptId: string
  /** E.164. */
  number: string
  accountId: string
  /** What the return had come to by then. */
  outcome: RecordOutcome
  /** Whether the account lacked the number. */
  gone: boolean
  /** ISO 8601, UTC. */
  at: string
}

/** What the ledger says about the rows of a list: answer of `GET /api/returns/marks`. */
export interface ReturnMarks {
  locked: LockedNumber[]
  /** Those since the time that was asked for, each return's last, oldest return first. */
  reads: AccountRead[]
  /** The ledger's time, ISO 8601, UTC: where the next question may begin. */
  readAt: string
}
