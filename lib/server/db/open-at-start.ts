import 'server-only'
import { databaseOpened } from '@/lib/server/process/database-opened'
import { log } from '@/lib/server/process/log'
import { closeDatabase, database } from './database'
import { isReady } from './health'
import { NOT_MIGRATED } from './migrate'
import { ownsLedger } from './roles'
import { databaseFails, isDatabaseFailing, statementFailed } from './state'
import { DatabaseUnavailable, hearFailures } from './unavailable'

const SENTENCE = `The database lacks the tables of this version, and the role of DATABASE_URL may not make them.
Run this once as the role that owns them: DATABASE_URL=postgres://numberdesk_owner@… npm run migrate
`

/** How often a database that fails is tried out, so that the log says when it works again. */
const RETRY_MS = 5_000

/** Ends the process if only the operator can prepare the database. One that is away may come back. */
export async function openAtStart(): Promise<void> {
  hearFailures(statementFailed)
  setInterval(() => void (isDatabaseFailing() && isReady()), RETRY_MS).unref()
  try {
    if (await ownsLedger(await database())) log('warn', 'database_role_owns_ledger')
  } catch (error) {
    const code = error instanceof DatabaseUnavailable ? error.code : 'UNKNOWN'
    if (code === NOT_MIGRATED) {
      process.stderr.write(SENTENCE)
      process.exit(1)
    }
    databaseFails(code)
  }
  databaseOpened().resolve(closeDatabase)
}
