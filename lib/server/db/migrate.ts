import 'server-only'
import { type Kysely, sql } from 'kysely'
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from 'kysely/migration'
import { createTables } from './migrations/0001-initial'
import type { DialectName, Tables } from './tables'
import { DatabaseUnavailable } from './unavailable'

/** The code of a database that lacks migrations, opened as a role that may not change tables. */
export const NOT_MIGRATED = 'NOT_MIGRATED'

/** The code of a database whose tables are of a newer version that this one cannot use. */
export const NEWER_TABLES = 'NEWER_TABLES'

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const INSUFFICIENT_PRIVILEGE = '42501'

/** In order; empty before the first one. */
export async function appliedMigrations(queries: Kysely<Tables>): Promise<string[]> {
  const tables = await queries.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return []
  const { rows } = await sql<{
    name: string
  }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)} order by name`.execute(queries)
  return rows.map(({ name }) => name)
}

/**
 * Whether a version whose newest migration is `known` runs on tables that `later` changed. The name says so, as it is all
 * that the database keeps: `0003-drop-notes.from-0002` is for versions that know 0002. Without `from`: for none before it.
 */
export function runsOn(known: string, later: string): boolean {
  const from = /\.from-(\d{4})$/.exec(later)?.[1]
  return from !== undefined && known.slice(0, 4) >= from
}

/** Concurrent instances wait for each other: by Kysely's advisory lock, or SQLite's immediate transaction. */
export async function migrate(queries: Kysely<Tables>, dialect: DialectName): Promise<void> {
  // A migration that was released is never changed: a new one follows it. docs/storage.md says how to name it.
  const own: Record<string, Migration> = { '0001-initial': { up: (db) => createTables(db, dialect) } }
  const newest = Object.keys(own).sort().at(-1) ?? ''
  const later = (await appliedMigrations(queries)).filter((name) => !Object.hasOwn(own, name))
  if (!later.every((name) => runsOn(newest, name))) throw new DatabaseUnavailable(NEWER_TABLES)
  // Kysely refuses migrations that it does not know. These were applied, so they are never called.
  const known = Object.fromEntries(later.map((name) => [name, { up: async () => {} }]))
  const migrator = new Migrator({ db: queries, provider: { getMigrations: async () => ({ ...own, ...known }) } })
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return
  if (!(error instanceof DatabaseUnavailable)) throw new DatabaseUnavailable('MIGRATION')
  throw error.code === INSUFFICIENT_PRIVILEGE ? new DatabaseUnavailable(NOT_MIGRATED) : error
}
