import 'server-only'
import { shared } from '@/lib/server/process/shared'

/** `code` (SQLSTATE, errno or SQLITE_…) is for the operator; nothing in it holds a connection string, path or row. */
export class DatabaseUnavailable extends Error {
  override readonly name: string = 'DatabaseUnavailable'
  readonly code: string
  constructor(code: string) {
    super(`The database cannot be used (${code}).`)
    this.code = code
  }

  // By name: one process holds several copies of this class, as Next bundles a module several times.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && (value.name === 'DatabaseUnavailable' || value.name === 'LedgerUnavailable')
  }
}

/** https://www.sqlite.org/rescode.html */
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
const MESSAGES: ReadonlyArray<readonly [RegExp, string]> = [
  [/^Query read timeout/, 'QUERY_TIMEOUT'],
  [/timeout/i, 'CONNECT_TIMEOUT'],
  [/^Connection terminated|not queryable|connection error/i, 'CONNECTION_LOST'],
]

export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  return error.errcode & 0xff
}

function codeOf(error: unknown): string {
  const primary = sqliteCode(error)
  if (primary !== null) return SQLITE_CODES[primary] ?? `SQLITE_${primary}`
  if (!(error instanceof Error)) return 'UNKNOWN'
  if ('code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{2,40}$/.test(error.code)) return error.code
  return MESSAGES.find(([pattern]) => pattern.test(error.message))?.[1] ?? 'UNKNOWN'
}

const listener = () => shared('database-failures', () => ({ hear: (_code: string): void => {} }))

/** In the app's process `hear` gets the code of each failure; a command says itself what failed. */
export function hearFailures(hear: (code: string) => void): void {
  listener().hear = hear
}

/** Repeats nothing of a driver's error but its code. */
export function unavailable(error: unknown): DatabaseUnavailable {
  // A cast: TypeScript can't follow the class's own instanceof.
  if (error instanceof DatabaseUnavailable) return error as DatabaseUnavailable
  const made = new DatabaseUnavailable(codeOf(error))
  listener().hear(made.code)
  return made
}
