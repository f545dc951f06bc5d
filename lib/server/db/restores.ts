import 'server-only'
import { sql } from 'kysely'
import type { Database } from './database'

/** Receipts written between the two times (ISO 8601, UTC) are missing. */
export interface LedgerRestore {
  knownUntil: string
  restoredAt: string
}

const UNSENT = "state = 'open' and not exists (select 1 from return_events where receipt_id = return_locks.receipt_id)"

/**
 * What a restored ledger cannot know: that a return which was confirmed may have been sent since, and that sessions ended.
 * Such a return becomes unknown, locked for all owners, and is settled by reading. @param at ISO 8601, UTC
 */
export function afterRestore(at: Date): string[] {
  return [
    `insert into number_locks (origin, number, receipt_id)
      select origin, number, receipt_id from return_locks where ${UNSENT} on conflict do nothing`,
    `insert into return_events (receipt_id, seq, at, outcome, how)
      select receipt_id, 1, '${at.toISOString()}', 'open', 'sending' from return_locks where ${UNSENT}`,
    'delete from sessions',
  ]
}

/** Writes down that this database is a restored one, which knows receipts until then (ISO 8601, UTC). */
export async function noteRestore({ queries }: Database, knownUntil: string): Promise<void> {
  await queries.transaction().execute(async (trx) => {
    for (const statement of afterRestore(new Date(knownUntil))) await sql.raw(statement).execute(trx)
    await trx
      .insertInto('ledger_restores')
      .values({ known_until: knownUntil, restored_at: new Date().toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
}

/** At the start: a backup does not know yet that it was restored. */
export async function dateRestore({ queries }: Database): Promise<void> {
  const backup = queries.selectFrom('ledger_restores').select('known_until').where('restored_at', 'is', null)
  if (!(await backup.executeTakeFirst())) return
  const restored_at = new Date().toISOString()
  await queries.updateTable('ledger_restores').set({ restored_at }).where('restored_at', 'is', null).execute()
}

/** The newest one; null: never. */
export async function lastRestore({ queries }: Database): Promise<LedgerRestore | null> {
  const row = await queries
    .selectFrom('ledger_restores')
    .select(['known_until as knownUntil', 'restored_at as restoredAt'])
    .where('restored_at', 'is not', null)
    .orderBy('known_until', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.restoredAt ? { knownUntil: row.knownUntil, restoredAt: row.restoredAt } : null
}
