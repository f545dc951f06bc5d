import 'server-only'
import { Kysely } from 'kysely'
import { readSettings } from '@/lib/server/config/settings'
import { shared } from '@/lib/server/process/shared'
import { followClock } from './clock'
import { expectNoLedgerLeftBehind } from './left-behind'
import { migrate } from './migrate'
import { openPool, postgresDialect } from './postgres-pool'
import { dateRestore } from './restores'
import { sqliteDialect } from './sqlite-dialect'
import { SqliteThread } from './sqlite-thread'
import type { DialectName, Tables } from './tables'
import { unavailable } from './unavailable'

interface Connections {
  total: number
  idle: number
  waiting: number
}

/** Inside a transaction use the transaction alone: SQLite has one connection. */
export interface Database {
  readonly dialect: DialectName
  readonly queries: Kysely<Tables>
  /** For readiness alone: not behind what has taken the whole pool. */
  readonly readiness: Kysely<Tables>
  /** Of the pool; null: SQLite has one. */
  readonly connections: () => Connections | null
  close(): Promise<void>
}

/** `databaseUrl`: `postgres://…`, or null for the embedded database in `dataDir`. */
export interface DatabaseLocation {
  databaseUrl: string | null
  dataDir: string
  /** Connections to PostgreSQL for the work, at most; 10 if it is not given. */
  databasePool?: number
}

// Not `queries.destroy()`: after that Kysely throws errors of its own in place of DatabaseUnavailable.
async function openDialect({ databaseUrl, dataDir, databasePool = 10 }: DatabaseLocation) {
  if (databaseUrl !== null) {
    const pool = openPool(databaseUrl, databasePool)
    const readiness = openPool(databaseUrl, 1)
    const connections = () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount })
    return {
      name: 'postgres' as const,
      dialect: postgresDialect(pool),
      readiness: postgresDialect(readiness),
      connections,
      close: async () => {
        await Promise.all([pool.end(), readiness.end()])
      },
    }
  }
  const thread = await SqliteThread.open(dataDir).catch((error: unknown) => {
    throw unavailable(error)
  })
  // On the connection, so that a transaction under way ends first.
  const close = (queries: Kysely<Tables>) => queries.connection().execute(() => thread.close())
  return { name: 'sqlite' as const, dialect: sqliteDialect(thread), readiness: null, connections: () => null, close }
}

/** Opens a database and applies missing migrations; the caller closes it. @throws DatabaseUnavailable */
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
  const readiness = opened.readiness ? new Kysely<Tables>({ dialect: opened.readiness }) : queries
  return { dialect: opened.name, queries, readiness, connections: opened.connections, close }
}

/** The app sends nothing while the locks of its earlier returns are in another database. */
async function openForApp(location: DatabaseLocation): Promise<Database> {
  const db = await openDatabase(location)
  try {
    if (db.dialect === 'sqlite') await dateRestore(db)
    else await expectNoLedgerLeftBehind(db, location.dataDir)
    const unfollow = await followClock(db)
    const close = () => {
      unfollow()
      return db.close()
    }
    return { ...db, close }
  } catch (error) {
    await db.close()
    throw error
  }
}

const current = () => shared<{ opening: Promise<Database> | null }>('database', () => ({ opening: null }))

/** The process's database; after a failure the next call tries again. @throws DatabaseUnavailable, SettingsError */
export function database(): Promise<Database> {
  const state = current()
  if (state.opening) return state.opening
  const opening = Promise.resolve().then(() => openForApp(readSettings(process.env)))
  state.opening = opening
  opening.catch(() => {
    if (state.opening === opening) state.opening = null
  })
  return opening
}

export async function closeDatabase(): Promise<void> {
  const { opening } = current()
  current().opening = null
  const opened = await opening?.catch(() => null)
  await opened?.close()
}
