import 'server-only'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import * as z from 'zod/mini'
import type { AccountNumbers, AssignedNumber } from '@/lib/domain/accounts/account'
import { type Missing, type PartKey, stillMissing } from '@/lib/domain/inventory/missing'
import type { Database } from '@/lib/server/db/database'
import type { KeptAccounts, Tables } from '@/lib/server/db/tables'
import { hold, openAside } from './baseline'
import { identityOf } from './slots'

const CHUNK = 250
const MOST_IDENTITIES = 200

/** A part of an incomplete reading that was read again. */
export interface PartReading {
  part: PartKey
  /** When its first read began, ISO 8601, UTC. */
  startedAt: string
  /** What it brought, also where it is incomplete itself. */
  holdings: { all(): Iterable<AccountNumbers>; ids(): Iterable<string> }
  /** What it lacks itself. */
  missing: readonly PartKey[]
}

const missingSchema = z.array(z.string())

type Queries = Kysely<Tables>

/** Rows of at most `CHUNK` accounts, none twice in a chunk: only a chunk is in memory at a time. */
function* chunksOf(identity: string, holdings: Iterable<AccountNumbers>): Generator<KeptAccounts[]> {
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

async function putAccounts(trx: Queries, identity: string, holdings: Iterable<AccountNumbers>): Promise<void> {
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
  /** The slot of the complete inventory that an incomplete reading stands beside: it is worth nothing if that was read later. */
  beside?: string
  /** Where the inventory that it replaces steps aside, unless one stands there already. */
  aside?: string
  /** The slot of an incomplete reading that is worth nothing any more, unless it was read later. */
  outdates?: string
}

/** Empties a slot for what was read at `readAt`, unless a later inventory is kept there: then false. */
async function makeRoom(
  trx: Queries,
  slot: string,
  readAt: string,
  { missing = null, beside, aside, outdates }: KeepOptions,
): Promise<boolean> {
  if (outdates !== undefined) await hold(trx, outdates)
  const old = await hold(trx, slot)
  const whole = beside === undefined ? undefined : await hold(trx, beside)
  if (whole && whole.read_at > readAt) return false
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
  if (outdates !== undefined)
    await trx.deleteFrom('kept_inventories').where('identity', '=', outdates).where('read_at', '<=', readAt).execute()
  return true
}

/** @returns false if a later inventory is kept, which stays. */
export async function replace(
  { queries }: Database,
  slot: string,
  readAt: string,
  holdings: Iterable<AccountNumbers>,
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
    await putAccounts(trx, from, holdings.all())
    if (rest.length > 0) {
      const row = { missing: JSON.stringify(rest) }
      await trx.updateTable('kept_inventories').set(row).where('identity', '=', from).execute()
      return false
    }
    const room = await makeRoom(trx, to, kept.read_at, { aside })
    if (room) await trx.updateTable('kept_accounts').set({ identity: to }).where('identity', '=', from).execute()
    await trx.deleteFrom('kept_inventories').where('identity', '=', from).execute()
    return room
  })
}

/** Replaces the numbers of kept accounts (by id) in each of the slots. */
export async function patch(
  { queries }: Database,
  slots: readonly string[],
  accounts: Iterable<readonly [string, readonly AssignedNumber[]]>,
): Promise<void> {
  await queries.transaction().execute(async (trx) => {
    // Held first: a reading that is being kept meanwhile replaces the rows, and what only waited for these would be lost.
    for (const slot of slots) await hold(trx, slot)
    for (const [id, numbers] of accounts) {
      await trx
        .updateTable('kept_accounts')
        .set({ numbers: JSON.stringify(numbers) })
        .where('identity', 'in', slots)
        .where('account_id', '=', id)
        .execute()
    }
  })
}

/** Beyond 200 identities the oldest are dropped, with all that stands in slots named after them. */
export async function dropOldest({ queries }: Database): Promise<void> {
  const slots = await queries
    .selectFrom('kept_inventories')
    .select('identity')
    .orderBy('read_at', 'desc')
    .orderBy('identity')
    .execute()
  const identities = new Set<string>()
  for (const { identity: slot } of slots) {
    const identity = identityOf(slot)
    if (identities.size < MOST_IDENTITIES) identities.add(identity)
    // One by one: two instances that drop the same ones in one statement each could wait for each other.
    if (!identities.has(identity)) await queries.deleteFrom('kept_inventories').where('identity', '=', slot).execute()
  }
}
