import 'server-only'

/**
 * The database could not do what it was asked to: unreachable, full, read-only, broken, too slow. `code` is for the
 * operator (an SQLSTATE, an errno or SQLITE_…); message and code never carry a connection string, a path or a row.
 */
export class DatabaseUnavailable extends Error {
  override readonly name: string = 'DatabaseUnavailable'
  readonly code: string
  constructor(code: string) {
    super(`The database cannot be used (${code}).`)
    this.code = code
  }

  // By name: Next bundles a module several times, so one process holds several copies of this class.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && (value.name === 'DatabaseUnavailable' || value.name === 'LedgerUnavailable')
  }
}

/** SQLite's primary result codes that an operator meets (https://www.sqlite.org/rescode.html). */
const SQLITE_CODES: Readonly<Record<number, string>> = {
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  19: 'SQLITE_CONSTRAINT',
  26: 'SQLITE_NOTADB',
}

/** What `pg` says without a code. */
const WORDS: ReadonlyArray<readonly [RegExp, string]> = [
  [/^Query read timeout/, 'QUERY_TIMEOUT'],
  [/timeout/i, 'CONNECT_TIMEOUT'],
  [/^Connection terminated|not queryable|connection error/i, 'CONNECTION_LOST'],
]

/** SQLite's primary result code of an error of `node:sqlite`; null for any other error. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  return error.errcode & 0xff
}

function codeOf(error: unknown): string {
  const primary = sqliteCode(error)
  if (primary !== null) return SQLITE_CODES[primary] ?? `SQLITE_${primary}`
  if (!(error instanceof Error)) return 'UNKNOWN'
  if ('code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{2,40}$/.test(error.code)) return error.code
  return WORDS.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'UNKNOWN'
}

/** Turns whatever a driver threw into a DatabaseUnavailable that repeats nothing of it but its code. */
export function unavailable(error: unknown): DatabaseUnavailable {
  // The class's own instanceof is a check by name, which TypeScript cannot follow through `unknown`.
  return error instanceof DatabaseUnavailable ? (error as DatabaseUnavailable) : new DatabaseUnavailable(codeOf(error))
}
