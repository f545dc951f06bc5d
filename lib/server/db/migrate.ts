import 'server-only'
import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { createBatchTables } from '@/lib/server/db/migrations/batches'
import { createHistoryIndexes } from '@/lib/server/db/migrations/history-indexes'
import { createLedgerTables } from '@/lib/server/db/migrations/ledger'
import { createSeenTables } from '@/lib/server/db/migrations/seen'
import { createSessionTable } from '@/lib/server/db/migrations/sessions'
import { createSnapshotTables } from '@/lib/server/db/migrations/snapshots'
import type { DialectName, Tables } from './tables'
import { DatabaseUnavailable } from './unavailable'

type Step = (db: Kysely<unknown>, dialect: DialectName) => Promise<void>

/** In order of their names. A step that has shipped is never changed: a new one follows it. */
const STEPS: Readonly<Record<string, Step>> = {
  '0001-ledger': createLedgerTables,
  '0002-sessions': createSessionTable,
  '0003-kept-inventories': createSnapshotTables,
  '0004-batches': createBatchTables,
  '0005-seen': createSeenTables,
  '0006-history-indexes': createHistoryIndexes,
}

/**
 * Brings the tables up to date, in one transaction. Several instances may do it at once: Kysely's advisory lock keeps
 * them apart on PostgreSQL, the immediate transaction on SQLite.
 * @throws DatabaseUnavailable
 */
export async function migrate(queries: Kysely<Tables>, dialect: DialectName): Promise<void> {
  const migrations: Record<string, Migration> = Object.fromEntries(
    Object.entries(STEPS).map(([name, step]) => [name, { up: (db) => step(db, dialect) }]),
  )
  const migrator = new Migrator({ db: queries, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return
  // What is not the database's failure is Kysely's own: the tables are newer than this app, say.
  throw error instanceof DatabaseUnavailable ? error : new DatabaseUnavailable('MIGRATION')
}
