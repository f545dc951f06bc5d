import 'server-only'
import type { Database } from '@/lib/server/db/database'
import { numbersSchema, readJson } from './json'
import { change, copyAccounts, lockAll, ofKind } from './rows'
import { deleteUnused } from './unused'
import { saveWhole } from './write'

/** Before single accounts of the current snapshot change; a baseline that is there already stays. */
export async function copyToBaseline(db: Database, identity: string): Promise<void> {
  const rows = await db.queries.selectFrom('snapshots').selectAll().where('identity', '=', identity).execute()
  const current = ofKind(rows, 'current')
  if (!current || ofKind(rows, 'baseline')) return
  await saveWhole(
    db,
    identity,
    (to) => copyAccounts(db, current.id, to),
    async (trx, id, snapshots) => {
      if (ofKind(snapshots, 'current')?.id !== current.id || ofKind(snapshots, 'baseline')) return false
      await change(trx, id, { kind: 'baseline', read_at: current.read_at })
      return true
    },
  )
}

/** @returns whether the current snapshot is still the one read at `readAt`; only then the baseline is deleted */
export async function dropBaseline(db: Database, identity: string, readAt: string): Promise<boolean> {
  const isDropped = await db.queries.transaction().execute(async (trx) => {
    const snapshots = await lockAll(db, trx, identity)
    if (ofKind(snapshots, 'current')?.read_at !== readAt) return false
    const baseline = ofKind(snapshots, 'baseline')
    if (baseline) await change(trx, baseline.id, { kind: 'unused' })
    return true
  })
  await deleteUnused(db)
  return isDropped
}

export async function removeFromBaseline(
  db: Database,
  identity: string,
  accountId: string,
  number: string,
): Promise<void> {
  await db.queries.transaction().execute(async (trx) => {
    const baseline = ofKind(await lockAll(db, trx, identity), 'baseline')
    if (!baseline) return
    const key = { snapshot_id: baseline.id, account_id: accountId }
    const row = await trx
      .selectFrom('snapshot_accounts')
      .select('numbers')
      .where(({ and }) => and(key))
      .executeTakeFirst()
    const numbers = row && readJson(numbersSchema, row.numbers)
    if (!numbers?.some((each) => each.number === number)) return
    await trx
      .updateTable('snapshot_accounts')
      .set({ numbers: JSON.stringify(numbers.filter((each) => each.number !== number)) })
      .where(({ and }) => and(key))
      .execute()
  })
}
