import 'server-only'
import type { Kysely } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { createTables } from './migrations/0001-initial'
import type { DialectName, Tables } from './tables'
import { DatabaseUnavailable } from './unavailable'

/** The code of a database that lacks migrations, opened as a role that may not change tables. */
export const NOT_MIGRATED = 'NOT_MIGRATED'

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const INSUFFICIENT_PRIVILEGE = '42501'

/** Concurrent instances wait for each other: by Kysely's advisory lock, or SQLite's immediate transaction. */
export async function migrate(queries: Kysely<Tables>, dialect: DialectName): Promise<void> {
  // A migration that was released is never changed: a new one follows it.
  const migrations: Record<string, Migration> = { '0001-initial': { up: (db) => createTables(db, dialect) } }
  const migrator = new Migrator({ db: queries, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return
  // Anything else is Kysely's own error: the tables are newer than this app, say.
  if (!(error instanceof DatabaseUnavailable)) throw new DatabaseUnavailable('MIGRATION')
  throw error.code === INSUFFICIENT_PRIVILEGE ? new DatabaseUnavailable(NOT_MIGRATED) : error
}
