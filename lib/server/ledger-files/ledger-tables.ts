import 'server-only'
import type { Tables } from '@/lib/server/db/tables'

/**
 * `key`: the columns of the primary key, receipt or batch first. `written`: once, so that a row that is there already has
 * to be the same; `changing`: the row that is there stays; `lock`: only for a receipt that is not settled there.
 */
export interface LedgerTable {
  name: keyof Tables
  key: readonly [string, ...string[]]
  rows: 'written' | 'changing' | 'lock'
}

/** What a ledger consists of, each table after those that it refers to. A new table is in one of the two lists. */
export const LEDGER_TABLES = [
  { name: 'batches', key: ['id'], rows: 'changing' },
  { name: 'batch_items', key: ['batch_id', 'position'], rows: 'changing' },
  { name: 'return_intents', key: ['receipt_id'], rows: 'written' },
  { name: 'return_accounts', key: ['receipt_id'], rows: 'written' },
  { name: 'return_events', key: ['receipt_id', 'seq'], rows: 'written' },
  { name: 'return_notes', key: ['receipt_id', 'seq'], rows: 'written' },
  { name: 'protection_changes', key: ['id'], rows: 'written' },
  { name: 'return_locks', key: ['receipt_id'], rows: 'lock' },
  { name: 'number_locks', key: ['receipt_id'], rows: 'lock' },
  { name: 'owner_settings', key: ['origin', 'owner_id', 'name'], rows: 'changing' },
  { name: 'ledger_restores', key: ['known_until'], rows: 'changing' },
] as const satisfies readonly LedgerTable[]

type Left = Exclude<keyof Tables, (typeof LEDGER_TABLES)[number]['name']>

/** What another database does without: it is read anew, or is about one database alone. */
export const OTHER_TABLES = {
  abandoned_ledgers: true,
  sessions: true,
  snapshots: true,
  snapshot_accounts: true,
  snapshot_numbers: true,
  seen_identities: true,
  seen_accounts: true,
  findings: true,
  account_uses: true,
  heartbeat: true,
  limits: true,
} as const satisfies Record<Left, true>
