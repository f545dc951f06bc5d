import 'server-only'
import { log } from '@/lib/server/process/log'
import { shared } from '@/lib/server/process/shared'

/** What the operator can do about a code; a code of none of these is of one statement, not of the database. */
const ADVICE: readonly (readonly [codes: RegExp, advice: string])[] = [
  [/^3D000$/, 'the database of DATABASE_URL does not exist: create it'],
  [/^28/, 'PostgreSQL refuses the user or the password of DATABASE_URL'],
  [/^42501$/, 'the role of DATABASE_URL lacks rights: run npm run migrate as the owner of the tables'],
  [/^(42P01|42703|MIGRATION|NOT_MIGRATED)$/, 'tables are missing or of another version: run npm run migrate'],
  [/^NEWER_TABLES$/, 'the tables are of a newer version: start that one, or restore the backup from before it'],
  [/^LEDGER_LEFT_BEHIND$/, 'DATA_DIR has receipts that this database lacks: run npm run ledger'],
  [/^53300$/, 'PostgreSQL has no connection left: raise max_connections or lower DATABASE_POOL'],
  [/^(53100|SQLITE_FULL|ENOSPC)$/, 'the disk of the database is full: make room'],
  [/^(25006|SQLITE_READONLY|EROFS)$/, 'the database takes no writes: is it a replica, or its disk read-only?'],
  [
    /^(SQLITE_(IOERR|CANTOPEN|CORRUPT|NOTADB)|EACCES|EPERM|ENOTDIR|EFBIG|THREAD_ENDED)$/,
    'look at the disk of DATA_DIR',
  ],
  [
    /^(57P0|08|5[38]|E[A-Z]+$|CONNECT|QUERY_TIMEOUT|NO_ANSWER)/,
    'PostgreSQL does not answer: does it run, is it reachable?',
  ],
]

const OTHER = 'look at the log of the database'

function adviceOn(code: string): string | null {
  return ADVICE.find(([codes]) => codes.test(code))?.[1] ?? null
}

interface State {
  /** null: it works. */
  advice: string | null
  code: string
  since: number
}

const state = () => shared<State>('database-state', () => ({ advice: null, code: '', since: 0 }))

/** One line when the database begins to fail, and when something else is to be done about it. */
export function databaseFails(code: string, advice = adviceOn(code) ?? OTHER): void {
  const current = state()
  if (current.advice === advice) return
  if (current.advice === null) current.since = Date.now()
  Object.assign(current, { advice, code })
  log('error', 'database_unavailable', { code, advice })
}

/** What one statement failed of, which may be the database's state or only its own. */
export function statementFailed(code: string): void {
  const advice = adviceOn(code)
  if (advice !== null) databaseFails(code, advice)
}

/** To be called once a row was committed: a full disk can still be read. */
export function databaseWorks(): void {
  const { advice, code, since } = state()
  if (advice === null) return
  state().advice = null
  log('info', 'database_available', { after: code, ms: Date.now() - since })
}

export const isDatabaseFailing = (): boolean => state().advice !== null
