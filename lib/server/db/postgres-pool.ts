import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Dialect, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import { DatabaseError, Pool, type PoolClient, types } from 'pg'
import { DatabaseUnavailable, unavailable } from './unavailable'

/** For a connection, from the pool or from a server that has too many. */
const TIMEOUT_MS = 5_000
const ASK_AGAIN_MS = 100

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const TOO_MANY_CONNECTIONS = '53300'

/** Every bigint here is a count or Unix milliseconds. */
function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint beyond 2^53')
  return value
}

export function openPool(databaseUrl: string, max: number): Pool {
  const pool = new Pool({
    connectionString: databaseUrl,
    application_name: 'numberdesk',
    max,
    connectionTimeoutMillis: TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 15_000,
    // For a server that does not answer any more: the two above are its own to enforce.
    query_timeout: 12_000,
    types: {
      getTypeParser: (id, format) =>
        id === types.builtins.INT8 && format !== 'binary' ? wholeNumber : types.getTypeParser(id, format),
    },
  })
  // An `error` event without a listener would end the process; the query fails by itself.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Kysely over a pool of `pg`. Every failure surfaces as DatabaseUnavailable. */
export function postgresDialect(pool: Pick<Pool, 'connect' | 'end' | 'options'>): Dialect {
  const connect = async () => {
    const end = performance.now() + TIMEOUT_MS
    for (;;) {
      try {
        return guard(await pool.connect())
      } catch (error) {
        const refused = error instanceof DatabaseError && error.code === TOO_MANY_CONNECTIONS
        if (!refused || performance.now() >= end) throw unavailable(error)
      }
      await sleep(ASK_AGAIN_MS)
    }
  }
  const guarded: PostgresPool = { options: pool.options, end: () => pool.end(), connect }
  return new PostgresDialect({ pool: guarded })
}

/** Ends the connection after an error that is not the server's own: a late answer would reach the next query. */
function guard(client: PoolClient): PostgresPoolClient {
  let failure: DatabaseUnavailable | null = null
  const query = async (text: string, parameters: readonly unknown[]) => {
    if (failure) throw failure
    try {
      const result = await client.query(text, [...parameters])
      // PostgreSQL answers COMMIT so if a statement before it failed.
      if (text === 'commit' && result.command === 'ROLLBACK') throw new DatabaseUnavailable('ROLLED_BACK')
      return result
    } catch (error) {
      const mapped = unavailable(error)
      if (!(error instanceof DatabaseError || error instanceof DatabaseUnavailable)) failure = mapped
      throw mapped
    }
  }
  // A cast: the type has an overload for cursors, which are not used.
  return { query: query as never, release: () => client.release(failure !== null) }
}
