import type { Generated } from 'kysely'
import type { BatchReason, BatchState } from '@/lib/domain/batches/batch'
import type { ProtectionChange, ProtectionLevel } from '@/lib/domain/protections/protection'
import type { Proof, RecordOutcome } from '@/lib/domain/returns/record'

/** A confirmed return. Written once: the database itself rejects UPDATE and DELETE. Times are ISO 8601, UTC. */
export interface ReturnIntents {
  receipt_id: string
  /** API origin, such as `https://api.vida.dev`; with the id of the signed-in account it owns the row. */
  origin: string
  owner_id: string
  owner_name: string
  owner_role: string
  /** The name typed at sign-in. */
  operator: string | null
  /** Origin, account and keyed hash of the token. */
  identity: string
  number: string
  account_id: string | null
  account_name: string | null
  organization_id: string | null
  organization_name: string | null
  reason: string | null
  note: string | null
  batch_id: string | null
  requested_at: string
  sends_at: string | null
  /** When a reading of the owner last listed the number; null: never. */
  listed_at: string | null
  /** What was known of the number's use at the confirmation; null: nothing. */
  last_used_at: string | null
  last_kind: 'call' | 'text' | null
  use_basis: 'number' | 'account' | null
  session_id: string
  /** The client's id of the request, and a digest of what it asked for. */
  request_id: string | null
  request_digest: string | null
  /** Of the request that confirmed it, as in the log. */
  trace_id: string
  instance: string
  /** In lower case: neither database folds more than ASCII by itself. */
  search_text: string
}

/** The account of an intent whose name was not known at the confirmation. Written once, like the intent. */
interface ReturnAccounts {
  receipt_id: string
  account_name: string
  organization_id: string | null
  organization_name: string | null
  search_text: string
}

/** What became of an intent, in order of `seq`. Written once, like the intent. */
export interface ReturnEvents {
  receipt_id: string
  seq: number
  at: string
  outcome: RecordOutcome
  how: Proof
  message: string | null
  http_status: number | null
  duration_ms: number | null
  /** 1: a complete read lacked the number; 0: still listed; null: not read. */
  gone: number | null
}

/** A note added to a receipt after the confirmation, in order of `seq`. Written once, like the intent. */
interface ReturnNotes {
  receipt_id: string
  seq: number
  at: string
  operator: string | null
  note: string
  search_text: string
}

/** A protection was set or lifted. `protection_id`: the id of the row that set it. Written once, like the intent. */
interface ProtectionChanges {
  id: string
  protection_id: string
  change: ProtectionChange['change']
  origin: string
  owner_id: string
  level: ProtectionLevel
  target: string
  name: string | null
  reason: string
  operator: string | null
  at: string
}

/** The owner's lock on a number, from the confirmation on, while the return is under way or unsettled. */
interface ReturnLocks {
  origin: string
  owner_id: string
  number: string
  receipt_id: string
  state: 'open' | 'unsettled'
  instance: string
  /** Unix milliseconds; past it an open return is an orphan. */
  lease_until: number
}

/** The lock on a number that all owners share, from `sending` on, as long as the return's own lock. */
interface NumberLocks {
  origin: string
  number: string
  receipt_id: string
}

/** A ledger in SQLite that was left behind on purpose, named by its newest receipt. */
interface AbandonedLedgers {
  newest_receipt: string
  abandoned_at: string
}

/** Receipts written between the two times are missing. `restored_at` is null in a backup. */
interface LedgerRestores {
  known_until: string
  restored_at: string | null
}

/** Times are Unix milliseconds. */
interface Sessions {
  id: string
  identity: string
  /** JSON: the signed-in account and the root of its scan. */
  who: string
  /** The name that the person typed. */
  operator: string | null
  created_at: number
  expires_at: number
}

export type SnapshotKind = 'current' | 'partial' | 'baseline'

/**
 * `writing`: nobody reads it before it has one of the other kinds; `read_at` is when the writing began. `unused`: it is
 * being deleted. `missing` is JSON: the parts that a partial one lacks; null where nothing can complete it.
 */
export interface Snapshots {
  id: Generated<number>
  identity: string
  kind: SnapshotKind | 'writing' | 'unused'
  read_at: string
  missing: string | null
  /** The ids (JSON) of the accounts whose rows the list begins with; null: not known. */
  first_accounts: string | null
}

/** `account` and `numbers` hold JSON. */
export interface SnapshotAccounts {
  snapshot_id: number
  account_id: string
  account: string
  numbers: string
  /** When the numbers were read, by the database's clock; an older reading does not replace them. */
  read_at: string
}

/** Where to look for a number: an account that held it and does not any more may still be here. */
interface SnapshotNumbers {
  snapshot_id: number
  number: string
  account_id: string
}

/** When the first complete inventory was read (null: none yet), and the last reading of any kind. */
interface SeenIdentities {
  identity: string
  first_at: string | null
  last_at: string
}

/** `since` is JSON: since when each number has been seen in this account. */
interface SeenAccounts {
  identity: string
  account_id: string
  since: string
}

/** `use` is JSON: what the newest reading of an account's calls and texts said, as an identity sees it. */
interface AccountUses {
  identity: string
  account_id: string
  use: string
  read_at: string
}

/** What Vida was found to do, as an identity sees it. `found_at` is Unix milliseconds. */
interface FindingRows {
  identity: string
  fact: string
  value: string
  found_at: number
}

/** What an account set for itself. `value` is JSON; `changed_at` ISO 8601, UTC. */
interface OwnerSettingRows {
  origin: string
  owner_id: string
  name: string
  value: string
  changed_at: string
}

/** `requested_by` is JSON; `created_at`, `sends_at` and `ended_at` ISO 8601, UTC; `lease_until` Unix ms. */
export interface Batches {
  id: string
  origin: string
  owner_id: string
  requested_by: string
  operator: string | null
  /** Why the numbers are returned; `reason` says why the batch is paused or how it ended. */
  return_reason: string | null
  note: string | null
  state: BatchState
  reason: BatchReason | null
  created_at: string
  sends_at: string | null
  ended_at: string | null
  session_id: string
  request_id: string | null
  request_digest: string | null
  instance: string
  lease_until: number
}

/** `problem`: the code of a turn that ended before anything was sent, or unexpectedly. */
export interface BatchItems {
  batch_id: string
  position: number
  number: string
  account_id: string
  account_name: string | null
  organization_id: string | null
  organization_name: string | null
  state: 'waiting' | 'taken' | 'done'
  problem: string | null
}

/** One row, written to learn whether the database takes writes. */
interface Heartbeat {
  id: number
  /** Unix ms. */
  at: number
}

/** A count that instances share. `key` is a hash; past `until`, Unix ms, the row says nothing. */
interface LimitRows {
  key: string
  /** Of a lease; null: a bucket, which has none. */
  holder: string | null
  until: number
}

export interface Tables {
  return_intents: ReturnIntents
  return_accounts: ReturnAccounts
  return_events: ReturnEvents
  return_notes: ReturnNotes
  protection_changes: ProtectionChanges
  return_locks: ReturnLocks
  number_locks: NumberLocks
  abandoned_ledgers: AbandonedLedgers
  ledger_restores: LedgerRestores
  sessions: Sessions
  snapshots: Snapshots
  snapshot_accounts: SnapshotAccounts
  snapshot_numbers: SnapshotNumbers
  seen_identities: SeenIdentities
  seen_accounts: SeenAccounts
  account_uses: AccountUses
  findings: FindingRows
  owner_settings: OwnerSettingRows
  batches: Batches
  batch_items: BatchItems
  heartbeat: Heartbeat
  limits: LimitRows
}

export type DialectName = 'sqlite' | 'postgres'
