import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { DialectName } from '@/lib/server/db/tables'

export async function createTables(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const triggers = dialect === 'postgres' ? POSTGRES_TRIGGERS : SQLITE_TRIGGERS
  for (const statement of [...tables(dialect), ...INDEXES, ...triggers]) await sql.raw(statement).execute(db)
}

/** `text` is compared byte by byte on both; `ms` is Unix milliseconds; SQLite checks types only in STRICT tables. */
function tables(dialect: DialectName): string[] {
  const postgres = dialect === 'postgres'
  const types = {
    text: postgres ? 'text collate "C"' : 'text',
    ms: postgres ? 'bigint' : 'integer',
    // Never one that a deleted row had.
    id: postgres ? 'bigint generated always as identity primary key' : 'integer primary key autoincrement',
    end: postgres ? '' : 'strict',
    byKey: postgres ? '' : 'strict, without rowid',
  }
  return [
    ...ledgerTables(types),
    ...ledgerAdditions(types),
    ...snapshotTables(types),
    ...sessionAndBatchTables(types),
    ...ownerTables(types),
  ]
}

type Types = Record<'text' | 'ms' | 'id' | 'end' | 'byKey', string>

function ledgerTables({ text, ms, end }: Types): string[] {
  return [
    `create table return_intents (
      receipt_id ${text} not null primary key,
      origin ${text} not null,
      owner_id ${text} not null,
      owner_name ${text} not null,
      owner_role ${text} not null,
      operator ${text},
      identity ${text} not null,
      number ${text} not null,
      account_id ${text},
      account_name ${text},
      organization_id ${text},
      organization_name ${text},
      reason ${text},
      note ${text},
      batch_id ${text},
      requested_at ${text} not null,
      sends_at ${text},
      listed_at ${text},
      last_used_at ${text},
      last_kind ${text},
      use_basis ${text},
      session_id ${text} not null,
      request_id ${text},
      request_digest ${text},
      trace_id ${text} not null,
      instance ${text} not null,
      search_text ${text} not null
    ) ${end}`,
    `create table return_accounts (
      receipt_id ${text} not null primary key references return_intents (receipt_id),
      account_name ${text} not null,
      organization_id ${text},
      organization_name ${text},
      search_text ${text} not null
    ) ${end}`,
    `create table return_events (
      receipt_id ${text} not null references return_intents (receipt_id),
      seq integer not null,
      at ${text} not null,
      outcome ${text} not null,
      how ${text} not null,
      message ${text},
      http_status integer,
      duration_ms integer,
      gone integer,
      primary key (receipt_id, seq)
    ) ${end}`,
    `create table return_locks (
      origin ${text} not null,
      owner_id ${text} not null,
      number ${text} not null,
      receipt_id ${text} not null unique,
      state ${text} not null check (state in ('open', 'unsettled')),
      instance ${text} not null,
      lease_until ${ms} not null,
      primary key (origin, owner_id, number)
    ) ${end}`,
    `create table number_locks (
      origin ${text} not null,
      number ${text} not null,
      receipt_id ${text} not null unique,
      primary key (origin, number)
    ) ${end}`,
    `create table abandoned_ledgers (
      newest_receipt ${text} not null primary key,
      abandoned_at ${text} not null
    ) ${end}`,
    `create table ledger_restores (
      known_until ${text} not null primary key,
      restored_at ${text}
    ) ${end}`,
  ]
}

/** What is said after the confirmation, and what may not be returned; rows are added, and never changed. */
function ledgerAdditions({ text, end }: Types): string[] {
  return [
    `create table return_notes (
      receipt_id ${text} not null references return_intents (receipt_id),
      seq integer not null,
      at ${text} not null,
      operator ${text},
      note ${text} not null,
      search_text ${text} not null,
      primary key (receipt_id, seq)
    ) ${end}`,
    `create table protection_changes (
      id ${text} not null primary key,
      protection_id ${text} not null references protection_changes (id),
      change ${text} not null check (change in ('set', 'lifted')),
      origin ${text} not null,
      owner_id ${text} not null,
      level ${text} not null check (level in ('number', 'account', 'organization')),
      target ${text} not null,
      name ${text},
      reason ${text} not null,
      operator ${text},
      at ${text} not null,
      unique (protection_id, change)
    ) ${end}`,
  ]
}

function snapshotTables({ text, ms, id, end, byKey }: Types): string[] {
  return [
    `create table snapshots (
      id ${id},
      identity ${text} not null,
      kind ${text} not null check (kind in ('writing', 'current', 'partial', 'baseline', 'unused')),
      read_at ${text} not null,
      missing ${text},
      first_accounts ${text}
    ) ${end}`,
    `create table snapshot_accounts (
      snapshot_id ${ms} not null references snapshots (id) on delete cascade,
      account_id ${text} not null,
      account ${text} not null,
      numbers ${text} not null,
      read_at ${text} not null,
      primary key (snapshot_id, account_id)
    ) ${end}`,
    `create table snapshot_numbers (
      snapshot_id ${ms} not null references snapshots (id) on delete cascade,
      number ${text} not null,
      account_id ${text} not null,
      primary key (snapshot_id, number, account_id)
    ) ${byKey}`,
    `create table seen_identities (
      identity ${text} not null primary key,
      first_at ${text},
      last_at ${text} not null
    ) ${end}`,
    `create table seen_accounts (
      identity ${text} not null references seen_identities (identity) on delete cascade,
      account_id ${text} not null,
      since ${text} not null,
      primary key (identity, account_id)
    ) ${end}`,
    `create table account_uses (
      identity ${text} not null,
      account_id ${text} not null,
      use ${text} not null,
      read_at ${text} not null,
      primary key (identity, account_id)
    ) ${end}`,
    `create table findings (
      identity ${text} not null,
      fact ${text} not null,
      value ${text} not null,
      found_at ${ms} not null,
      primary key (identity, fact)
    ) ${byKey}`,
  ]
}

function ownerTables({ text, byKey }: Types): string[] {
  return [
    `create table owner_settings (
      origin ${text} not null,
      owner_id ${text} not null,
      name ${text} not null,
      value ${text} not null,
      changed_at ${text} not null,
      primary key (origin, owner_id, name)
    ) ${byKey}`,
  ]
}

function sessionAndBatchTables({ text, ms, end }: Types): string[] {
  return [
    `create table sessions (
      id ${text} not null primary key,
      identity ${text} not null,
      who ${text} not null,
      operator ${text},
      created_at ${ms} not null,
      expires_at ${ms} not null
    ) ${end}`,
    // One row, which is written to learn whether rows can be.
    `create table heartbeat (
      id integer not null primary key,
      at ${ms} not null
    ) ${end}`,
    `create table limits (
      key ${text} not null primary key,
      holder ${text},
      until ${ms} not null
    ) ${end}`,
    `create table batches (
      id ${text} not null primary key,
      origin ${text} not null,
      owner_id ${text} not null,
      requested_by ${text} not null,
      operator ${text},
      return_reason ${text},
      note ${text},
      state ${text} not null,
      reason ${text},
      created_at ${text} not null,
      sends_at ${text},
      ended_at ${text},
      session_id ${text} not null,
      request_id ${text},
      request_digest ${text},
      instance ${text} not null,
      lease_until ${ms} not null
    ) ${end}`,
    `create table batch_items (
      batch_id ${text} not null references batches (id),
      position integer not null,
      number ${text} not null,
      account_id ${text} not null,
      account_name ${text},
      organization_id ${text},
      organization_name ${text},
      state ${text} not null check (state in ('waiting', 'taken', 'done')),
      problem ${text},
      primary key (batch_id, position),
      unique (batch_id, number)
    ) ${end}`,
  ]
}

const INDEXES = [
  'create unique index return_intents_request on return_intents (origin, owner_id, request_id)',
  'create unique index batches_request on batches (origin, owner_id, request_id)',
  'create index return_intents_owner on return_intents (origin, owner_id, receipt_id)',
  'create index return_intents_single on return_intents (origin, owner_id, receipt_id) where batch_id is null',
  'create index return_intents_owner_batch on return_intents (origin, owner_id, batch_id, receipt_id)',
  'create index return_intents_operator on return_intents (origin, owner_id, operator) where operator is not null',
  'create index return_intents_reason on return_intents (origin, owner_id, reason) where reason is not null',
  'create index return_intents_number on return_intents (origin, number, owner_id)',
  'create index return_intents_batch_number on return_intents (batch_id, number, receipt_id)',
  "create index return_events_refused on return_events (receipt_id) where outcome = 'refused'",
  'create index protection_changes_owner on protection_changes (origin, owner_id, id)',
  'create index protection_changes_target on protection_changes (origin, owner_id, level, target)',
  'create index snapshots_identity on snapshots (identity)',
  "create unique index snapshots_kind on snapshots (identity, kind) where kind in ('current', 'partial', 'baseline')",
  'create index sessions_identity on sessions (identity)',
  'create index sessions_expiry on sessions (expires_at)',
  'create index batches_owner on batches (origin, owner_id, id)',
]

/** The databases themselves refuse to change or delete a row of the ledger. */
const APPEND_ONLY = ['return_intents', 'return_accounts', 'return_events', 'return_notes', 'protection_changes']

const SQLITE_TRIGGERS = APPEND_ONLY.flatMap((table) =>
  ['update', 'delete'].map(
    (verb) => `create trigger ${table}_no_${verb} before ${verb} on ${table}
      begin select raise(abort, 'append-only'); end`,
  ),
)

const POSTGRES_TRIGGERS = [
  `create function numberdesk_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'append-only'; end $$`,
  ...APPEND_ONLY.flatMap((table) => [
    `create trigger ${table}_rows before update or delete on ${table}
      for each row execute function numberdesk_append_only()`,
    `create trigger ${table}_whole before truncate on ${table}
      for each statement execute function numberdesk_append_only()`,
  ]),
]
