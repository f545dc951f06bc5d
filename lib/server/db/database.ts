import 'server-only'
import { type Dialect, Kysely } from 'kysely'
import { readSettings } from '@/lib/server/config/settings'
import { migrate } from './migrate'
import { openPool, postgresDialect } from './postgres-pool'
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

interface Opened {
  name: DialectName
  dialect: Dialect
  close(queries: Kysely<Tables>): Promise<void>
}

// Not `queries.destroy()`: after that Kysely throws errors of its own, where a closed database should be unavailable.
async function openDialect({ databaseUrl, dataDir }: DatabaseLocation): Promise<Opened> {
  if (databaseUrl !== null) {
    const pool = openPool(databaseUrl)
    return { name: 'postgres', dialect: postgresDialect(pool), close: () => pool.end() }
  }
  const file = await openSqliteFile(dataDir)
  // On the connection, so that a transaction under way ends first.
  const close = (queries: Kysely<Tables>) => queries.connection().execute(async () => file.handle.close())
  return { name: 'sqlite', dialect: sqliteDialect(file), close }
}

/**
 * Opens a database and applies what migrations are missing. The caller closes it.
 * @throws DatabaseUnavailable
 */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  const opened = await openDialect(location)
  const queries = new Kysely<Tables>({ dialect: opened.dialect })
  let closing: Promise<void> | null = null
  const close = () => {
    closing ??= opened.close(queries)
    return closing
  }
  try {
    await migrate(queries, opened.name)
  } catch (error) {
    await close()
    throw error
  }
  return { dialect: opened.name, queries, close }
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
