import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { Database } from '@/lib/server/db/database'
import type { Tables } from '@/lib/server/db/tables'
import { numbersSchema, readJson } from './text'

type Queries = Kysely<Tables>

/** Holds an inventory's row, so that two instances that change the same one come one after the other. */
export async function hold(trx: Queries, slot: string) {
  return trx
    .updateTable('kept_inventories')
    .set(({ ref }) => ({ read_at: ref('read_at') }))
    .where('identity', '=', slot)
    .returning(['read_at', 'missing'])
    .executeTakeFirst()
}

/** Opens a slot for an inventory that steps aside. @returns false if one stands there already, which stays. */
export async function openAside(trx: Queries, aside: string, readAt: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('kept_inventories')
    .values({ identity: aside, read_at: readAt, missing: null })
    .onConflict((conflict) => conflict.column('identity').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows !== 0n
}

/** Copies an inventory aside before single accounts of it change, unless one stands there already. */
export async function copyAside({ queries }: Database, slot: string, aside: string): Promise<void> {
  await queries.transaction().execute(async (trx) => {
    const old = await hold(trx, slot)
    if (!old || !(await openAside(trx, aside, old.read_at))) return
    await trx
      .insertInto('kept_accounts')
      .columns(['identity', 'account_id', 'account', 'numbers'])
      .expression(({ selectFrom }) =>
        selectFrom('kept_accounts')
          .select([sql<string>`cast(${aside} as text)`.as('identity'), 'account_id', 'account', 'numbers'])
          .where('identity', '=', slot),
      )
      .execute()
  })
}

/** Drops what stands aside if the inventory of `slot` is still the one that was read at `readAt`. @returns whether it is. */
export async function dropAside({ queries }: Database, slot: string, aside: string, readAt: string): Promise<boolean> {
  return queries.transaction().execute(async (trx) => {
    const kept = await hold(trx, slot)
    if (kept?.read_at !== readAt) return false
    await trx.deleteFrom('kept_inventories').where('identity', '=', aside).execute()
    return true
  })
}

/** Takes one number (E.164) out of a kept account. */
export async function takeOut({ queries }: Database, slot: string, accountId: string, number: string): Promise<void> {
  await queries.transaction().execute(async (trx) => {
    // Held first: a statement that only waited for a row would not see the one that another transaction put in its place.
    await hold(trx, slot)
    const account = trx.updateTable('kept_accounts').where('identity', '=', slot).where('account_id', '=', accountId)
    const row = await trx
      .selectFrom('kept_accounts')
      .select('numbers')
      .where('identity', '=', slot)
      .where('account_id', '=', accountId)
      .executeTakeFirst()
    const numbers = row && readJson(numbersSchema, row.numbers)
    if (!numbers?.some((held) => held.number === number)) return
    const rest = numbers.filter((held) => held.number !== number)
    await account.set({ numbers: JSON.stringify(rest) }).execute()
  })
}
