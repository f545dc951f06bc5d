import { type Kysely, sql } from 'kysely'
import { columnTypes } from '@/lib/server/db/column-types'
import type { DialectName } from '@/lib/server/db/tables'

const APPEND_ONLY = ['return_intents', 'return_events']

async function protectOnSqlite(db: Kysely<unknown>, table: string): Promise<void> {
  for (const verb of ['update', 'delete']) {
    await sql`create trigger ${sql.ref(`${table}_no_${verb}`)} before ${sql.raw(verb)} on ${sql.table(table)}
      begin select raise(abort, 'append-only'); end`.execute(db)
  }
}

async function protectOnPostgres(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`create trigger ${sql.ref(`${table}_rows`)} before update or delete on ${sql.table(table)}
    for each row execute function numberdesk_append_only()`.execute(db)
  await sql`create trigger ${sql.ref(`${table}_whole`)} before truncate on ${sql.table(table)}
    for each statement execute function numberdesk_append_only()`.execute(db)
}

/** The ledger: intents and events that are only ever added, and the lock on a number. */
export async function createLedgerTables(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const { text, ms, tableEnd } = columnTypes(dialect)
  await db.schema
    .createTable('return_intents')
    .addColumn('receipt_id', text, (column) => column.primaryKey().notNull())
    .addColumn('origin', text, (column) => column.notNull())
    .addColumn('owner_id', text, (column) => column.notNull())
    .addColumn('owner_name', text, (column) => column.notNull())
    .addColumn('owner_role', text, (column) => column.notNull())
    .addColumn('identity', text, (column) => column.notNull())
    .addColumn('number', text, (column) => column.notNull())
    .addColumn('account_id', text)
    .addColumn('account_name', text)
    .addColumn('organization_id', text)
    .addColumn('organization_name', text)
    .addColumn('note', text)
    .addColumn('batch_id', text)
    .addColumn('requested_at', text, (column) => column.notNull())
    .addColumn('instance', text, (column) => column.notNull())
    .addColumn('search_text', text, (column) => column.notNull())
    .modifyEnd(tableEnd)
    .execute()
  await db.schema
    .createTable('return_events')
    .addColumn('receipt_id', text, (column) => column.notNull().references('return_intents.receipt_id'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('at', text, (column) => column.notNull())
    .addColumn('outcome', text, (column) => column.notNull())
    .addColumn('how', text, (column) => column.notNull())
    .addColumn('message', text)
    .addColumn('http_status', 'integer')
    .addColumn('duration_ms', 'integer')
    .addColumn('gone', 'integer')
    .addPrimaryKeyConstraint('return_events_pk', ['receipt_id', 'seq'])
    .modifyEnd(tableEnd)
    .execute()
  await db.schema
    .createTable('return_locks')
    .addColumn('origin', text, (column) => column.notNull())
    .addColumn('number', text, (column) => column.notNull())
    .addColumn('receipt_id', text, (column) => column.notNull().unique())
    .addColumn('state', text, (column) => column.notNull().check(sql`state in ('open', 'unsettled')`))
    .addColumn('instance', text, (column) => column.notNull())
    .addColumn('lease_until', ms, (column) => column.notNull())
    .addPrimaryKeyConstraint('return_locks_pk', ['origin', 'number'])
    .modifyEnd(tableEnd)
    .execute()
  await db.schema
    .createIndex('return_intents_owner')
    .on('return_intents')
    .columns(['origin', 'owner_id', 'receipt_id'])
    .execute()
  await db.schema.createIndex('return_intents_batch').on('return_intents').column('batch_id').execute()

  if (dialect === 'postgres') {
    await sql`create function numberdesk_append_only() returns trigger language plpgsql as
      $$ begin raise exception 'append-only'; end $$`.execute(db)
  }
  const protect = dialect === 'postgres' ? protectOnPostgres : protectOnSqlite
  for (const table of APPEND_ONLY) await protect(db, table)
}
