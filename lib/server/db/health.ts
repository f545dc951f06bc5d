import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from './database'

const BOUND_MS = 2000

/** Whether the database answers and would take a write: on SQLite a transaction also fails in a read-only directory. */
export async function isHealthy(db: Database): Promise<boolean> {
  const answers = db.queries
    .transaction()
    .execute((trx) => sql`select 1`.execute(trx))
    .then(
      () => true,
      () => false,
    )
  return Promise.race([answers, sleep(BOUND_MS, false, { ref: false })])
}
