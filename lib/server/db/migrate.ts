import 'server-only'
import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { createTables } from './migrations/0001-initial'
import type { DialectName, Tables } from './tables'
import { DatabaseUnavailable } from './unavailable'

/**
 * Brings the tables up to date, in one transaction. Several instances may do it at once: Kysely's advisory lock keeps
 * them apart on PostgreSQL, the immediate transaction on SQLite. @throws DatabaseUnavailable
 */
export async function migrate(queries: Kysely<Tables>, dialect: DialectName): Promise<void> {
  // In order of their names. A migration that was released is never changed: a new one follows it.
  const migrations: Record<string, Migration> = { '0001-initial': { up: (db) => createTables(db, dialect) } }
  const migrator = new Migrator({ db: queries, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return
  // What is not the database's failure is Kysely's own: the tables are newer than this app, say.
  throw error instanceof DatabaseUnavailable ? error : new DatabaseUnavailable('MIGRATION')
}
