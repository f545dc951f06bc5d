import 'server-only'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import * as z from 'zod/mini'
import type { Database } from '@/lib/db/database'
import type { KeptAccounts, Tables } from '@/lib/db/tables'
import type { AccountHolding } from './events'
import { ASIDE, hold, openAside } from './kept-aside'
import { type Missing, type PartKey, stillMissing } from './missing'

export const CHUNK = 250
const MOST_IDENTITIES = 200

/** A part of an incomplete reading that was read again. */
export interface PartReading {
  part: PartKey
  /** When its first read began, ISO 8601, UTC. */
  startedAt: string
  /** What it brought, also where it is incomplete itself. */
  holdings: { all(): Iterable<AccountHolding>; ids(): Iterable<string> }
  /** What it lacks itself. */
  missing: readonly PartKey[]
}

const missingSchema = z.array(z.string())

type Queries = Kysely<Tables>

/** Rows of at most `CHUNK` accounts, none twice in a chunk: only a chunk is in memory at a time. */
function* chunksOf(identity: string, holdings: Iterable<AccountHolding>): Generator<KeptAccounts[]> {
  const chunk = new Map<string, KeptAccounts>()
  for (const { account, numbers } of holdings) {
    const texts = { account: JSON.stringify(account), numbers: JSON.stringify(numbers) }
    chunk.set(account.id, { identity, account_id: account.id, ...texts })
    if (chunk.size < CHUNK) continue
    yield [...chunk.values()]
    chunk.clear()
  }
  if (chunk.size > 0) yield [...chunk.values()]
}

async function putAccounts(trx: Queries, identity: string, holdings: Iterable<AccountHolding>): Promise<void> {
  for (const rows of chunksOf(identity, holdings)) {
    // An account that is given twice counts once, as it was given last.
    await trx
      .insertInto('kept_accounts')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(['identity', 'account_id'])
          .doUpdateSet(({ ref }) => ({ account: ref('excluded.account'), numbers: ref('excluded.numbers') })),
      )
      .execute()
    await breathe()
  }
}

/** How a reading is kept. */
export interface KeepOptions {
  /** What an incomplete reading lacks. */
  missing?: Missing
  /** Where the inventory that it replaces steps aside, unless one stands there already. */
  aside?: string
}

/** Empties a slot for what was read at `readAt`, unless a later inventory is kept there: then false. */
async function makeRoom(
  trx: Queries,
  slot: string,
  readAt: string,
  { missing = null, aside }: KeepOptions,
): Promise<boolean> {
  const old = await hold(trx, slot)
  const row = { read_at: readAt, missing: missing && JSON.stringify(missing) }
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('kept_inventories')
    .values({ identity: slot, ...row })
    .onConflict((conflict) =>
      conflict.column('identity').doUpdateSet(row).where('kept_inventories.read_at', '<=', readAt),
    )
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n) return false
  if (old && aside && (await openAside(trx, aside, old.read_at)))
    await trx.updateTable('kept_accounts').set({ identity: aside }).where('identity', '=', slot).execute()
  else await trx.deleteFrom('kept_accounts').where('identity', '=', slot).execute()
  return true
}

/** @returns false if a later inventory is kept, which stays. */
export async function replace(
  { queries }: Database,
  slot: string,
  readAt: string,
  holdings: Iterable<AccountHolding>,
  options: KeepOptions,
): Promise<boolean> {
  return queries.transaction().execute(async (trx) => {
    const room = await makeRoom(trx, slot, readAt, options)
    if (room) await putAccounts(trx, slot, holdings)
    return room
  })
}

/**
 * Puts a part into the incomplete reading `from` that lacked it. Once nothing is missing any more, that reading becomes
 * the inventory of `to`, as old as its oldest read, and the one before steps `aside`. A part that was read before that reading began completes nothing.
 * @returns whether it became the inventory.
 */
export async function complete(
  { queries }: Database,
  from: string,
  { to, aside }: { to: string; aside: string },
  { part, startedAt, holdings, missing }: PartReading,
): Promise<boolean> {
  return queries.transaction().execute(async (trx) => {
    // Held, so that of two parts that end at once the second sees what the first left missing.
    const kept = await hold(trx, from)
    if (!kept?.missing || kept.read_at > startedAt) return false
    const before = missingSchema.parse(JSON.parse(kept.missing))
    const rest = stillMissing(before, part, missing, holdings.ids())
    const whole = rest.length === 0
    await putAccounts(trx, from, holdings.all())
    await trx
      .updateTable('kept_inventories')
      .set({ missing: whole ? null : JSON.stringify(rest) })
      .where('identity', '=', from)
      .execute()
    if (!whole || !(await makeRoom(trx, to, kept.read_at, { aside }))) return false
    await trx.updateTable('kept_accounts').set({ identity: to }).where('identity', '=', from).execute()
    return true
  })
}

/** Beyond 200 identities the oldest are dropped; what stands in a slot that is named after one goes with it. */
export async function dropOldest({ queries }: Database): Promise<void> {
  const surplus = await queries
    .selectFrom('kept_inventories')
    .select('identity')
    .where('identity', 'not like', `%${ASIDE}`)
    .orderBy('read_at', 'desc')
    .orderBy('identity')
    .limit(MOST_IDENTITIES)
    .offset(MOST_IDENTITIES)
    .execute()
  // One by one: two instances that drop the same ones in one statement each could wait for each other.
  for (const slot of surplus.flatMap(({ identity }) => [identity, `${identity}${ASIDE}`])) {
    await queries.deleteFrom('kept_inventories').where('identity', '=', slot).execute()
  }
}
