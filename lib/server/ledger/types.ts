import type { ReturnMarks } from '@/lib/domain/returns/marks'
import type { Proof, RecordOutcome, ReturnRecord } from '@/lib/domain/returns/record'

export interface Scope {
  origin: string
  ownerId: string
}

/** A session sees all returns of its API origin and account id, whichever session made them. */
export function scopeOf({ origin, account }: { origin: string; account: { id: string } }): Scope {
  return { origin, ownerId: account.id }
}

/** What was confirmed. `number` is E.164; `instance` is the process that runs it; its first lease lasts `leaseMs`. */
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

/** `intended`: durable, and the number is locked. Otherwise nothing was written, and `receiptId` holds the lock. */
export type IntendAnswer =
  | { kind: 'intended'; receiptId: string; requestedAt: string }
  | { kind: 'in_progress'; receiptId: string }
  | { kind: 'unsettled'; receiptId: string }

/** `gone`: true after a complete read without the number, false if it was still listed. */
export interface NewEvent {
  outcome: RecordOutcome
  how: Proof
  message?: string | null
  httpStatus?: number | null
  durationMs?: number | null
  gone?: boolean | null
}

/**
 * `search`: digits of the number, a part of the note or of the customer's or agent's name or id, or the id of a receipt
 * or a batch. `from` (inclusive) and `to` (exclusive): times of the request, ISO 8601. `batchId`: null for no batch.
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
  limit: number
}

export interface Page {
  returns: ReturnRecord[]
  nextCursor: string | null
}

/** The append-only record of returns, and the lock on a number. Every method may throw LedgerUnavailable. */
export interface Ledger {
  /** Unix ms, by the clock of the records' times and the leases. */
  now(): Promise<number>
  /** Takes the number's lock and writes the intent, both or neither. An orphan in the way is settled first. */
  intend(intent: Intent): Promise<IntendAnswer>
  /** The lock follows the outcome. @throws LedgerConflict if the record is settled otherwise, or there is none */
  append(receiptId: string, event: NewEvent): Promise<ReturnRecord>
  /** Extends the lease of an open return to `leaseMs` from now. @returns whether it is still this instance's. */
  renew(receiptId: string, instance: string, leaseMs: number): Promise<boolean>
  /** Settles open returns past their lease: `unknown` if `sending` was written, else `not_sent`. @returns those. */
  settleOrphans(scope: Scope): Promise<ReturnRecord[]>
  unsettled(scope: Scope): Promise<ReturnRecord[]>
  /** The newest records that Vida accepted and no reading has confirmed since, oldest first. */
  unverified(scope: Scope): Promise<ReturnRecord[]>
  unknownCount(scope: Scope): Promise<number>
  /** Locked numbers, and account reads at or after `since` (Unix ms; null: the last day). */
  marks(scope: Scope, since: number | null): Promise<ReturnMarks>
  get(scope: Scope, receiptId: string): Promise<ReturnRecord | null>
  list(scope: Scope, filter: PageFilter): Promise<Page>
  each(scope: Scope, filter: ReturnFilter): AsyncIterable<ReturnRecord[]>
}
