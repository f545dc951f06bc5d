import type { RecordOutcome, ReturnRecord } from './record'

/** A number that can't be returned: its return is in progress (`open`) or `unknown`. */
export interface LockedNumber {
  number: string
  receiptId: string
  outcome: Extract<RecordOutcome, 'open' | 'unknown'>
  /** Until then a return can be undone, ISO 8601, UTC; null: without a hold, or its request was begun. */
  sendsAt: string | null
}

/** The last complete account read that was made for a return. */
export interface RecordedRead {
  receiptId: string
  number: string
  accountId: string
  outcome: RecordOutcome
  gone: boolean
  /** ISO 8601, UTC. */
  at: string
}

/** A number whose newest return that was sent Vida refused. `message`: Vida's reason, perhaps shortened. */
export type RefusedReturn = Pick<ReturnRecord, 'receiptId' | 'number' | 'accountId' | 'message' | 'requestedAt'>

/** Answer of `GET /api/returns/marks`. */
export interface ReturnMarks {
  locked: LockedNumber[]
  /** The last read of each return since the requested time, oldest return first. */
  reads: RecordedRead[]
  /** Newest first, whatever time is requested. */
  refused: RefusedReturn[]
  /** Another one after each protection that was set or lifted; null: there was none. */
  protections: string | null
  /** The ledger's time, ISO 8601, UTC, for `since` of the next request. */
  readAt: string
}
