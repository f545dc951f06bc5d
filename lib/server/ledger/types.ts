import type { Place, Protection, ProtectionChange } from '@/lib/domain/protections/protection'
import type { ReturnMarks } from '@/lib/domain/returns/marks'
import type { LatestReturn, Proof, RecordOutcome, ReturnRecord } from '@/lib/domain/returns/record'

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
  operator: string | null
  number: string
  accountId: string | null
  accountName: string | null
  organizationId: string | null
  organizationName: string | null
  reason: string | null
  note: string | null
  batchId: string | null
  /** When a reading of the owner last listed the number, ISO 8601; null: never. Only what was listed can be gone. */
  listedAt: string | null
  sessionId: string
  request: ClientRequest | null
  traceId: string
  holdMs: number
  instance: string
  leaseMs: number
}

export interface AccountNames {
  name: string
  organizationId: string | null
  organizationName: string | null
}

/** A client's id of its request (a UUID), and a digest of what it asked for. The same id never begins two. */
export interface ClientRequest {
  id: string
  digest: string
}

/**
 * `intended`: durable, and the owner's number is locked. Otherwise nothing was written: `receiptId` holds the lock, or is
 * of the same request (`repeated`); `reused`: the request's id asked for something else.
 */
export type IntendAnswer =
  | { kind: 'intended'; receiptId: string; requestedAt: string; sendsAt: string | null }
  | { kind: 'in_progress' | 'unsettled' | 'repeated' | 'reused'; receiptId: string }

/** `proven`: the account was just read to hold the number, so that the return takes the lock that all owners share. */
export interface SendOrder {
  instance: string
  leaseMs: number
  proven: boolean
}

/** `ended`: with this last event; nothing may be sent. */
export type SendAnswer = { kind: 'sending' } | { kind: 'ended'; how: Proof }

export interface NewNote {
  operator: string | null
  note: string
}

/** What History can be filtered by. */
export interface ReturnChoices {
  operators: string[]
  reasons: string[]
}

export type CancelFilter = { sessionId: string } | { identity: string }

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
 * `search`: digits of the number, a part of a note, the reason, the person's, customer's or agent's name or id, or the id
 * of a receipt or a batch. `operator` and `reason`: the whole text. `from` (inclusive) and `to` (exclusive): times of the request, ISO 8601. `batchId`: null for no batch.
 * `organizationId`: the organization of the number's account, also where it was learned after the confirmation.
 */
export interface ReturnFilter {
  search?: string | undefined
  outcomes?: readonly RecordOutcome[] | undefined
  from?: string | undefined
  to?: string | undefined
  batchId?: string | null | undefined
  organizationId?: string | undefined
  operator?: string | undefined
  reason?: string | undefined
}

export interface PageFilter extends ReturnFilter {
  cursor?: string | null | undefined
  limit: number
}

export interface Page {
  returns: ReturnRecord[]
  nextCursor: string | null
}

type NewProtection = Omit<Protection, 'id' | 'setAt'>

/** `before`: ids below it. `from` (inclusive), `to` (exclusive): ISO 8601. */
export interface ChangeFilter {
  before?: string | undefined
  from?: string | undefined
  to?: string | undefined
  limit: number
}

/** What may not be returned in a scope. A change is decided one way or the other against each `beginSending`. */
export interface Protections {
  /** `already`: this target has that one; `full`: the scope has too many. Then nothing was written. */
  set(
    scope: Scope,
    protection: NewProtection,
  ): Promise<{ kind: 'set' | 'already'; protection: Protection } | { kind: 'full' }>
  /** @returns null: no such protection of this scope, or it is lifted already */
  lift(scope: Scope, id: string, by: Pick<Protection, 'reason' | 'operator'>): Promise<ProtectionChange | null>
  /** All that are not lifted, oldest first. */
  active(scope: Scope): Promise<Protection[]>
  /** What protects a number, the narrowest first. */
  over(scope: Scope, place: Place): Promise<Protection | null>
  /** Newest first. */
  changes(scope: Scope, filter: ChangeFilter): Promise<ProtectionChange[]>
}

/** The append-only record of returns, and the lock on a number. Every method may throw LedgerUnavailable. */
export interface Ledger {
  /** Unix ms, by the clock of the records' times and the leases. */
  now(): Promise<number>
  /** Takes the number's lock and writes the intent, both or neither. An orphan in the way is settled first. */
  intend(intent: Intent): Promise<IntendAnswer>
  /** `repeated` or `reused`; null: nothing was confirmed with this request id. */
  sameRequest(scope: Scope, request: ClientRequest): Promise<IntendAnswer | null>
  /** Adds the names of an account that was not known at the confirmation. */
  nameAccount(receiptId: string, account: AccountNames): Promise<void>
  /** Writes `sending` and renews the lease, or `not_sent` with the reason why nothing may be sent any more. */
  beginSending(receiptId: string, order: SendOrder): Promise<SendAnswer>
  /** Cancels a return that has no `sending`. @returns false: not this scope's. @throws LedgerConflict if it was sent */
  undo(scope: Scope, receiptId: string): Promise<boolean>
  /** Cancels all returns of ended sessions that have no `sending`. */
  cancelUnsent(filter: CancelFilter): Promise<void>
  /** The lock follows the outcome. @throws LedgerConflict if the record is settled otherwise, or there is none */
  append(receiptId: string, event: NewEvent): Promise<ReturnRecord>
  /** @returns the record with the note; `missing`: not this scope's; `full`: it takes no more */
  addNote(scope: Scope, receiptId: string, note: NewNote): Promise<ReturnRecord | 'missing' | 'full'>
  choices(scope: Scope): Promise<ReturnChoices>
  /** Extends a lease that has not expired to `leaseMs` from now. @returns whether it is still this instance's. */
  renew(receiptId: string, instance: string, leaseMs: number): Promise<boolean>
  /** Settles open returns past their lease: `unknown` if `sending` was written, else `not_sent`. @returns those. */
  settleOrphans(scope: Scope): Promise<ReturnRecord[]>
  unsettled(scope: Scope): Promise<ReturnRecord[]>
  /** The newest records that Vida accepted and no reading has confirmed since, oldest first. */
  unverified(scope: Scope): Promise<ReturnRecord[]>
  unknownCount(scope: Scope): Promise<number>
  /** Locked numbers, and account reads at or after `since` (Unix ms; null: the last day). */
  marks(scope: Scope, since: number | null): Promise<ReturnMarks>
  /** Of each number (E.164) its latest return that succeeded, or else its latest one. */
  latest(scope: Scope, numbers: readonly string[]): Promise<LatestReturn[]>
  readonly protections: Protections
  get(scope: Scope, receiptId: string): Promise<ReturnRecord | null>
  list(scope: Scope, filter: PageFilter): Promise<Page>
  each(scope: Scope, filter: ReturnFilter): AsyncIterable<ReturnRecord[]>
}
