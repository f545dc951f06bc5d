import 'server-only'
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
  const { promise: tooLate, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(resolve, BOUND_MS, false)
  const healthy = await Promise.race([answers, tooLate])
  clearTimeout(timer)
  return healthy
}
