import 'server-only'
import type { Database } from './database'

/** Receipts written between the two times (ISO 8601, UTC) are missing. */
export interface LedgerRestore {
  knownUntil: string
  restoredAt: string
}

/** Writes down that this database is a restored one, which knows receipts until then (ISO 8601, UTC). */
export async function noteRestore({ queries }: Database, knownUntil: string): Promise<void> {
  await queries
    .insertInto('ledger_restores')
    .values({ known_until: knownUntil, restored_at: new Date().toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
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
    .orderBy('known_until', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.restoredAt ? { knownUntil: row.knownUntil, restoredAt: row.restoredAt } : null
}
