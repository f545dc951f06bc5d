import 'server-only'
import { databaseOpened } from '@/lib/server/process/database-opened'
import { log } from '@/lib/server/process/log'
import { closeDatabase, database } from './database'
import { NOT_MIGRATED } from './migrate'
import { ownsLedger } from './roles'
import { DatabaseUnavailable } from './unavailable'

const SENTENCE = `The database lacks the tables of this version, and the role of DATABASE_URL may not make them.
Run this once as the role that owns them: DATABASE_URL=postgres://numberdesk_owner@… npm run migrate
`

/** Ends the process if only the operator can prepare the database. One that is away may come back. */
export async function openAtStart(): Promise<void> {
  try {
    if (await ownsLedger(await database())) log('warn', 'database_role_owns_ledger')
  } catch (error) {
    const code = error instanceof DatabaseUnavailable ? error.code : 'UNKNOWN'
    if (code === NOT_MIGRATED) {
      process.stderr.write(SENTENCE)
      process.exit(1)
    }
    log('error', 'database_unavailable', { code })
  }
  databaseOpened().resolve(closeDatabase)
}
