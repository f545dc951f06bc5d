import 'server-only'
import * as z from 'zod/mini'
import type { AccountNumbers, AssignedNumber } from '@/lib/domain/accounts/account'
import { type Missing, type PartKey, stillMissing } from '@/lib/domain/inventory/missing'
import type { Database } from '@/lib/server/db/database'
import { turns } from '@/lib/server/process/slices'
import { openBaseline } from './baseline'
import { type Accounts, deleteAccounts, lock, moveAccounts, putAccounts, putRow, type Queries } from './rows'

const MOST_IDENTITIES = 200

/** A part of an incomplete scan that was read again; `holdings`: also where it is incomplete itself. */
export interface PartReading {
  part: PartKey
  /** When its first read began, ISO 8601, UTC. */
  startedAt: string
  holdings: { all(): Iterable<AccountNumbers>; ids(): Iterable<string> }
  missing: readonly PartKey[]
}

const missingSchema = z.array(z.string())

/** The old snapshot becomes the baseline unless there is one. @returns false if the current one is newer, and stays */
async function replaceCurrent(trx: Queries, identity: string, readAt: string): Promise<boolean> {
  const key = { identity, kind: 'current' } as const
  const old = await lock(trx, identity, 'current')
  if (!(await putRow(trx, { ...key, read_at: readAt, missing: null }))) return false
  if (old && (await openBaseline(trx, identity, old.read_at))) await moveAccounts(trx, key, 'baseline')
  else await deleteAccounts(trx, key)
  return true
}

/** @returns false if the current snapshot was read later, and stays */
export async function saveCurrent(
  { queries }: Database,
  identity: string,
  readAt: string,
  accounts: Accounts,
): Promise<boolean> {
  return queries.transaction().execute(async (trx) => {
    const partial = await lock(trx, identity, 'partial')
    if (!(await replaceCurrent(trx, identity, readAt))) return false
    if (partial && partial.read_at <= readAt) await deleteAccounts(trx, { identity, kind: 'partial' })
    await trx
      .deleteFrom('snapshots')
      .where(({ and }) => and({ identity, kind: 'partial' }))
      .where('read_at', '<=', readAt)
      .execute()
    await putAccounts(trx, { identity, kind: 'current' }, accounts)
    return true
  })
}

/** @returns false if it or the current snapshot was read later, and stays */
export async function savePartial(
  { queries }: Database,
  identity: string,
  readAt: string,
  accounts: Accounts,
  missing: Missing,
): Promise<boolean> {
  return queries.transaction().execute(async (trx) => {
    const key = { identity, kind: 'partial' } as const
    await lock(trx, identity, 'partial')
    const current = await lock(trx, identity, 'current')
    if (current && current.read_at > readAt) return false
    if (!(await putRow(trx, { ...key, read_at: readAt, missing: missing && JSON.stringify(missing) }))) return false
    await deleteAccounts(trx, key)
    await putAccounts(trx, key, accounts)
    return true
  })
}

/** Once nothing is missing, the partial snapshot becomes current, as old as its oldest read. @returns whether it did */
export async function completePartial(
  { queries }: Database,
  identity: string,
  { part, startedAt, holdings, missing }: PartReading,
): Promise<boolean> {
  return queries.transaction().execute(async (trx) => {
    const key = { identity, kind: 'partial' } as const
    // Locked, so that of two parts that end at once the second sees what the first left missing.
    const partial = await lock(trx, identity, 'partial')
    if (!partial?.missing || partial.read_at > startedAt) return false
    const rest = stillMissing(missingSchema.parse(JSON.parse(partial.missing)), part, missing, holdings.ids())
    await putAccounts(trx, key, holdings.all())
    if (rest.length > 0) {
      await putRow(trx, { ...key, read_at: partial.read_at, missing: JSON.stringify(rest) })
      return false
    }
    const replaced = await replaceCurrent(trx, identity, partial.read_at)
    if (replaced) await moveAccounts(trx, key, 'current')
    await trx
      .deleteFrom('snapshots')
      .where(({ and }) => and({ identity, kind: 'partial' }))
      .execute()
    return replaced
  })
}

export type NumbersOf = readonly [accountId: string, numbers: readonly AssignedNumber[]]

/** In the partial and the current snapshot at once. */
export async function replaceNumbers(
  { queries }: Database,
  identity: string,
  accounts: Iterable<NumbersOf> | AsyncIterable<NumbersOf>,
): Promise<void> {
  await queries.transaction().execute(async (trx) => {
    // A scan that is being saved replaces the rows: an update that only waited for these would be lost.
    for (const kind of ['partial', 'current'] as const) await lock(trx, identity, kind)
    const turn = turns()
    for await (const [id, numbers] of accounts) {
      await turn()
      const text = JSON.stringify(numbers)
      await turn()
      await trx
        .updateTable('snapshot_accounts')
        .set({ numbers: text })
        .where('identity', '=', identity)
        .where('kind', 'in', ['partial', 'current'])
        .where('account_id', '=', id)
        .execute()
    }
  })
}

export async function dropOldest({ queries }: Database): Promise<void> {
  const surplus = await queries
    .selectFrom('snapshots')
    .select('identity')
    .groupBy('identity')
    .orderBy(({ fn }) => fn.max('read_at'), 'desc')
    .orderBy('identity')
    .limit(MOST_IDENTITIES)
    .offset(MOST_IDENTITIES)
    .execute()
  for (const { identity } of surplus) {
    // One by one: two instances that delete the same ones in one statement each could wait for each other.
    for (const kind of ['partial', 'current', 'baseline'] as const)
      await queries.transaction().execute(async (trx) => {
        await deleteAccounts(trx, { identity, kind })
        await trx
          .deleteFrom('snapshots')
          .where(({ and }) => and({ identity, kind }))
          .execute()
      })
  }
}
