import 'server-only'
import { type Dialect, Kysely } from 'kysely'
import { readSettings } from '@/lib/config/settings'
import { migrate } from './migrate'
import { postgresDialect } from './postgres-dialect'
import { openPool } from './postgres-pool'
import { sqliteDialect } from './sqlite-dialect'
import { openSqliteFile } from './sqlite-file'
import type { DialectName, Tables } from './tables'

/** An open database, its tables up to date. Inside a transaction use the transaction alone: SQLite has one connection. */
export interface Database {
  readonly dialect: DialectName
  readonly queries: Kysely<Tables>
  close(): Promise<void>
}

/** `databaseUrl`: `postgres://…`, or null for the embedded database in `dataDir`. */
export interface DatabaseLocation {
  databaseUrl: string | null
  dataDir: string
}

async function dialectOf({ databaseUrl, dataDir }: DatabaseLocation): Promise<[DialectName, Dialect]> {
  return databaseUrl === null
    ? ['sqlite', sqliteDialect(await openSqliteFile(dataDir))]
    : ['postgres', postgresDialect(openPool(databaseUrl))]
}

/**
 * Opens a database and applies what migrations are missing. The caller closes it.
 * @throws DatabaseUnavailable
 */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  const [name, dialect] = await dialectOf(location)
  const queries = new Kysely<Tables>({ dialect })
  try {
    await migrate(queries, name)
  } catch (error) {
    await queries.destroy()
    throw error
  }
  return { dialect: name, queries, close: () => queries.destroy() }
}

const KEY = Symbol.for('numberdesk.database')
// On globalThis: Next bundles this module several times, and a process needs one database. A cast, because to declare
// the property would let every file of the app reach it.
const shared = globalThis as typeof globalThis & { [KEY]?: Promise<Database> }

/**
 * The process's database, opened at the first call as the environment says. A failed opening is tried again by the next call.
 * @throws DatabaseUnavailable, SettingsError
 */
export function database(): Promise<Database> {
  const present = shared[KEY]
  if (present) return present
  const opening = Promise.resolve().then(() => openDatabase(readSettings(process.env)))
  shared[KEY] = opening
  opening.catch(() => {
    if (shared[KEY] === opening) delete shared[KEY]
  })
  return opening
}

/** Closes the process's database, if it is open; a later `database()` opens it again. */
export async function closeDatabase(): Promise<void> {
  const present = shared[KEY]
  delete shared[KEY]
  // An opening that failed left nothing to close.
  const opened = await present?.catch(() => null)
  await opened?.close()
}
