import 'server-only'
import type { Database } from '@/lib/server/db/database'
import { numbersSchema, readJson } from './read'
import { copyAccounts, deleteAccounts, lock, type Queries } from './rows'

/** @returns false if there is a baseline already, which stays */
export async function openBaseline(trx: Queries, identity: string, readAt: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('snapshots')
    .values({ identity, kind: 'baseline', read_at: readAt, missing: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows !== 0n
}

/** Before single accounts of the current snapshot change; a baseline that is there already stays. */
export async function copyToBaseline({ queries }: Database, identity: string): Promise<void> {
  await queries.transaction().execute(async (trx) => {
    const current = await lock(trx, identity, 'current')
    if (!current || !(await openBaseline(trx, identity, current.read_at))) return
    await copyAccounts(trx, { identity, kind: 'current' }, 'baseline')
  })
}

/** @returns whether the current snapshot is still the one read at `readAt`; only then the baseline is deleted */
export async function dropBaseline({ queries }: Database, identity: string, readAt: string): Promise<boolean> {
  return queries.transaction().execute(async (trx) => {
    const current = await lock(trx, identity, 'current')
    if (current?.read_at !== readAt) return false
    await deleteAccounts(trx, { identity, kind: 'baseline' })
    await trx
      .deleteFrom('snapshots')
      .where(({ and }) => and({ identity, kind: 'baseline' }))
      .execute()
    return true
  })
}

export async function removeFromBaseline(
  { queries }: Database,
  identity: string,
  accountId: string,
  number: string,
): Promise<void> {
  await queries.transaction().execute(async (trx) => {
    // A statement that only waited for a row would not see the one that another transaction put in its place.
    await lock(trx, identity, 'baseline')
    const row = await trx
      .selectFrom('snapshot_accounts')
      .select('numbers')
      .where(({ and }) => and({ identity, kind: 'baseline', account_id: accountId }))
      .executeTakeFirst()
    const numbers = row && readJson(numbersSchema, row.numbers)
    if (!numbers?.some((each) => each.number === number)) return
    await trx
      .updateTable('snapshot_accounts')
      .set({ numbers: JSON.stringify(numbers.filter((each) => each.number !== number)) })
      .where(({ and }) => and({ identity, kind: 'baseline', account_id: accountId }))
      .execute()
  })
}
