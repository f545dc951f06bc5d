import 'server-only'
import { Pool, types } from 'pg'

/** Every bigint here is a count or Unix milliseconds. */
function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint beyond 2^53')
  return value
}

/**
 * A bounded pool in which nothing waits without end.
 * @param databaseUrl `postgres://…`
 */
export function openPool(databaseUrl: string): Pool {
  const pool = new Pool({
    connectionString: databaseUrl,
    application_name: 'numberdesk',
    max: 10,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 15_000,
    // For a server that is gone without a word: the two above are its own to keep.
    query_timeout: 12_000,
    types: {
      getTypeParser: (id, format) =>
        id === types.builtins.INT8 && format !== 'binary' ? wholeNumber : types.getTypeParser(id, format),
    },
  })
  // A server that goes away reports it here for an idle client, and on the client for one in use. Without listeners
  // that ends the process; whoever uses the connection is told by the failing query anyway.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}
