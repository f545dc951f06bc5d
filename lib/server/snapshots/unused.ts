import 'server-only'
import type { Database } from '@/lib/server/db/database'
import { now } from '@/lib/server/process/clock'
import { inSlices } from '@/lib/server/process/slices'
import { lockAll } from './rows'

/** A process that has written for so long has ended, ms. */
const ABANDONED_MS = 3_600_000

/** Of one transaction. */
const ROWS = 100
const NUMBERS = 2000

/** Also of those that are being written, which are then not saved. `deleteUnused` deletes their rows. */
export async function forget(db: Database, identity: string): Promise<void> {
  await db.queries.transaction().execute(async (trx) => {
    await lockAll(db, trx, identity)
    await trx.updateTable('snapshots').set({ kind: 'unused' }).where('identity', '=', identity).execute()
  })
}

/** In small transactions, so that others wait for none of them long. */
export async function deleteUnused(db: Database): Promise<void> {
  const { queries } = db
  await queries
    .updateTable('snapshots')
    .set({ kind: 'unused' })
    .where('kind', '=', 'writing')
    .where('read_at', '<', new Date(now() - ABANDONED_MS).toISOString())
    .execute()
  const unused = await queries.selectFrom('snapshots').select('id').where('kind', '=', 'unused').execute()
  async function* pieces() {
    for (const { id } of unused) while (await deletePiece(db, id)) yield
  }
  for await (const _ of inSlices(pieces()));
}

/** @returns whether there may be more */
async function deletePiece({ dialect, queries }: Database, id: number): Promise<boolean> {
  return queries.transaction().execute(async (trx) => {
    // Another instance may be deleting the same rows.
    await trx
      .selectFrom('snapshots')
      .select('id')
      .where('id', '=', id)
      .$if(dialect === 'postgres', (query) => query.forUpdate())
      .execute()
    const accounts = trx.selectFrom('snapshot_accounts').select('account_id').where('snapshot_id', '=', id).limit(ROWS)
    const { numDeletedRows } = await trx
      .deleteFrom('snapshot_accounts')
      .where('snapshot_id', '=', id)
      .where('account_id', 'in', accounts)
      .executeTakeFirstOrThrow()
    if (numDeletedRows > 0n) return true
    const numbers = trx.selectFrom('snapshot_numbers').select('number').where('snapshot_id', '=', id).limit(NUMBERS)
    const rest = await trx
      .deleteFrom('snapshot_numbers')
      .where('snapshot_id', '=', id)
      .where('number', 'in', numbers)
      .executeTakeFirstOrThrow()
    if (rest.numDeletedRows > 0n) return true
    await trx.deleteFrom('snapshots').where('id', '=', id).execute()
    return false
  })
}
