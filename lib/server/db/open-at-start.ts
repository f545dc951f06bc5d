import 'server-only'
import { databaseOpened } from '@/lib/server/process/database-opened'
import { log } from '@/lib/server/process/log'
import { closeDatabase, database } from './database'
import { isReady } from './health'
import { LEDGER_LEFT_BEHIND } from './left-behind'
import { NEWER_TABLES, NOT_MIGRATED } from './migrate'
import { ownsLedger } from './roles'
import { databaseFails, isDatabaseFailing, statementFailed } from './state'
import { DatabaseUnavailable, hearFailures } from './unavailable'

/** What only the operator can put right. */
const SENTENCES: Readonly<Record<string, string>> = {
  [NOT_MIGRATED]: `The database lacks the tables of this version, and the role of DATABASE_URL may not make them.
Run this once as the role that owns them: DATABASE_URL=postgres://numberdesk_owner@… npm run migrate`,
  [NEWER_TABLES]: `The database has the tables of a newer version, which this one cannot use.
Start the newer version, or restore the backup that was made before it (docs/operations.md).`,
  [LEDGER_LEFT_BEHIND]: `DATA_DIR has a ledger in SQLite with receipts or protections that the database of DATABASE_URL lacks.
Without them a number could be returned twice, or though it is protected. Take it along:
  DATABASE_URL= npm run ledger -- export ledger.ndjson && npm run ledger -- import ledger.ndjson
Or, if you mean to leave it behind: npm run ledger -- --abandon`,
}

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
    const sentence = SENTENCES[code]
    if (sentence !== undefined) {
      process.stderr.write(`${sentence}\n`)
      process.exit(1)
    }
    databaseFails(code)
  }
  databaseOpened().resolve(closeDatabase)
}
