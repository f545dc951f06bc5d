import type { ReturnMarks } from '@/lib/domain/returns/marks'
import type { Proof, RecordOutcome, ReturnRecord } from '@/lib/domain/returns/record'

/** Whose records: the API origin (`https://api.vida.dev`) and the id of the signed-in account. */
export interface Scope {
  origin: string
  ownerId: string
}

/** What was confirmed. `number` is E.164; `instance` names the process that runs it, for `leaseMs` milliseconds at first. */
export interface Intent {
  scope: Scope
  identity: string
  by: { id: string; name: string; role: string }
  number: string
  accountId: string | null
  accountName: string | null
  organizationId: string | null
  organizationName: string | null
  note: string | null
  batchId: string | null
  instance: string
  leaseMs: number
}

/** `intended`: durable, and the number is locked. Otherwise nothing was written, and `receiptId` is the return in the way. */
export type IntendAnswer =
  | { kind: 'intended'; receiptId: string; requestedAt: string }
  | { kind: 'in_progress'; receiptId: string }
  | { kind: 'unsettled'; receiptId: string }

/** What became of a return. `gone`: true after a complete read without the number, false if it was still listed. */
export interface NewEvent {
  outcome: RecordOutcome
  how: Proof
  message?: string | null
  httpStatus?: number | null
  durationMs?: number | null
  gone?: boolean | null
}

/**
 * Which records. `search`: digits of the number, or a part of the customer's or agent's name or id, in any case,
 * or the id of a receipt or a batch.
 * `from` (inclusive) and `to` (exclusive): times of the request, in any ISO 8601 form. `batchId`: null for those that
 * belong to no batch.
 */
export interface ReturnFilter {
  search?: string | undefined
  outcomes?: readonly RecordOutcome[] | undefined
  from?: string | undefined
  to?: string | undefined
  batchId?: string | null | undefined
}

export interface PageFilter extends ReturnFilter {
  cursor?: string | null | undefined
  /** 1 to 500; what lies outside is brought inside. */
  limit: number
}

export interface Page {
  returns: ReturnRecord[]
  nextCursor: string | null
}

/** The append-only record of returns, and the lock on a number. Every method throws LedgerUnavailable when the database fails. */
export interface Ledger {
  /** Unix ms, by the clock that the records' times and the leases are of. */
  now(): Promise<number>
  /** Takes the number's lock and writes the intent, both or neither. An orphan in the way is settled first. */
  intend(intent: Intent): Promise<IntendAnswer>
  /**
   * Adds the next event; the lock follows its outcome.
   * @throws LedgerConflict if the record is settled otherwise, or there is none
   */
  append(receiptId: string, event: NewEvent): Promise<ReturnRecord>
  /** Moves the leases of this instance's open returns to `leaseMs` from now; gives those that are still its own. */
  renew(receiptIds: readonly string[], instance: string, leaseMs: number): Promise<string[]>
  /** Settles open returns whose lease has run out: `unknown` if sending had begun, `not_sent` otherwise. Gives those it settled. */
  adoptOrphans(scope?: Scope): Promise<ReturnRecord[]>
  /** The records whose outcome is unknown, oldest first. */
  unsettled(scope: Scope): Promise<ReturnRecord[]>
  /** The newest records that Vida accepted and nobody has seen gone since, oldest first. */
  unverified(scope: Scope): Promise<ReturnRecord[]>
  unknownCount(scope: Scope): Promise<number>
  /** What a list of numbers has to show: the locked ones, and account reads at or after `since` (Unix ms; null: the last day). */
  marks(scope: Scope, since: number | null): Promise<ReturnMarks>
  get(scope: Scope, receiptId: string): Promise<ReturnRecord | null>
  /**
   * A page of records, newest first.
   * @throws BadCursor, RangeError if `from` or `to` is no date
   */
  list(scope: Scope, filter: PageFilter): Promise<Page>
  /** All records page by page, newest first. Throws as `list` does. */
  each(scope: Scope, filter: ReturnFilter): AsyncIterable<ReturnRecord[]>
}
