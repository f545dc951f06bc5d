import 'server-only'
import * as z from 'zod/mini'
import type { AssignedNumber } from '@/lib/domain/accounts/account'
import { type Missing, type PartKey, stillMissing } from '@/lib/domain/inventory/missing'
import type { Database } from '@/lib/server/db/database'
import { now } from '@/lib/server/process/clock'
import { stringifyList, turn } from '@/lib/server/process/slices'
import {
  type Accounts,
  change,
  dropWithoutAccount,
  lockAll,
  ofKind,
  putAccounts,
  putInPieces,
  putNewer,
  putNumbers,
  type Queries,
  type Stored,
} from './rows'
import { watchStart } from './start'
import { deleteUnused, forget } from './unused'

const MOST_IDENTITIES = 200

/** A part of an incomplete scan that was read again; `holdings`: also where it is incomplete itself. */
export interface PartReading {
  part: PartKey
  /** When its first read began, ISO 8601, UTC. */
  startedAt: string
  holdings: { all(): Accounts; ids(): Iterable<string> }
  missing: readonly PartKey[]
}

const missingSchema = z.array(z.string())

export type Writing = Pick<Stored, 'id' | 'identity' | 'kind'>

/**
 * `fill` writes rows that nobody reads before `publish` gives the snapshot its kind, which it returns whether it did.
 * A snapshot that was forgotten meanwhile is not published.
 */
export async function saveWhole(
  db: Database,
  identity: string,
  fill: (to: Writing) => Promise<unknown>,
  publish: (trx: Queries, id: number, snapshots: readonly Stored[]) => Promise<boolean>,
): Promise<boolean> {
  const { queries } = db
  const kind = 'writing'
  const begun = new Date(now()).toISOString()
  const { id } = await queries.transaction().execute(async (trx) => {
    await lockAll(db, trx, identity)
    const row = { identity, kind, read_at: begun } as const
    return trx.insertInto('snapshots').values(row).returning('id').executeTakeFirstOrThrow()
  })
  const discard = async () => {
    await queries
      .updateTable('snapshots')
      .set({ kind: 'unused' })
      .where(({ and }) => and({ id, kind }))
      .execute()
    await deleteUnused(db)
  }
  try {
    await fill({ id, identity, kind })
    const isPublished = await queries.transaction().execute(async (trx) => {
      const snapshots = await lockAll(db, trx, identity)
      if (!snapshots.some((each) => each.id === id)) return false
      await dropWithoutAccount(trx, id)
      return publish(trx, id, snapshots)
    })
    if (!isPublished) await discard()
    return isPublished
  } catch (error) {
    // It may be published nevertheless: the answer to a commit can be lost.
    await discard().catch(() => undefined)
    throw error
  }
}

/** The old one becomes the baseline unless there is one. @returns false if the current one is newer, and stays */
async function makeCurrent(
  trx: Queries,
  id: number,
  values: Pick<Stored, 'read_at' | 'first_accounts'>,
  snapshots: readonly Stored[],
): Promise<boolean> {
  const old = ofKind(snapshots, 'current')
  if (old && old.read_at > values.read_at) return false
  if (old) await change(trx, old.id, { kind: ofKind(snapshots, 'baseline') ? 'unused' : 'baseline' })
  await change(trx, id, { ...values, kind: 'current', missing: null })
  return true
}

/** @returns false if the current snapshot was read later, and stays */
export async function saveCurrent(
  db: Database,
  identity: string,
  readAt: string,
  accounts: Accounts,
): Promise<boolean> {
  const start = watchStart(accounts)
  return saveWhole(
    db,
    identity,
    (to) => putAccounts(db, to, start.accounts, readAt),
    async (trx, id, snapshots) => {
      const values = { read_at: readAt, first_accounts: JSON.stringify(start.ids()) }
      if (!(await makeCurrent(trx, id, values, snapshots))) return false
      const partial = ofKind(snapshots, 'partial')
      if (partial && partial.read_at <= readAt) await change(trx, partial.id, { kind: 'unused' })
      return true
    },
  )
}

/** @returns false if it or the current snapshot was read later, and stays */
export async function savePartial(
  db: Database,
  identity: string,
  readAt: string,
  accounts: Accounts,
  missing: Missing,
): Promise<boolean> {
  return saveWhole(
    db,
    identity,
    (to) => putAccounts(db, to, accounts, readAt),
    async (trx, id, snapshots) => {
      const partial = ofKind(snapshots, 'partial')
      if ([partial, ofKind(snapshots, 'current')].some((each) => each && each.read_at > readAt)) return false
      if (partial) await change(trx, partial.id, { kind: 'unused' })
      await change(trx, id, { kind: 'partial', read_at: readAt, missing: missing && JSON.stringify(missing) })
      return true
    },
  )
}

/** Once nothing is missing, the partial snapshot becomes current, as old as its oldest read. @returns whether it did */
export async function completePartial(
  db: Database,
  identity: string,
  { part, startedAt, holdings, missing }: PartReading,
): Promise<boolean> {
  const { queries } = db
  const partial = await queries
    .selectFrom('snapshots')
    .selectAll()
    .where(({ and }) => and({ identity, kind: 'partial' }))
    .executeTakeFirst()
  if (!partial?.missing || partial.read_at > startedAt) return false
  if (!(await putAccounts(db, partial, holdings.all(), startedAt))) return false
  const isComplete = await queries.transaction().execute(async (trx) => {
    // Of two parts that end at once the second sees what the first left missing.
    const snapshots = await lockAll(db, trx, identity)
    const now = ofKind(snapshots, 'partial')
    if (now?.id !== partial.id || !now.missing) return false
    const rest = stillMissing(missingSchema.parse(JSON.parse(now.missing)), part, missing, holdings.ids())
    if (rest.length === 0) return makeCurrent(trx, now.id, { read_at: now.read_at, first_accounts: null }, snapshots)
    await change(trx, now.id, { missing: JSON.stringify(rest) })
    return false
  })
  await deleteUnused(db)
  return isComplete
}

export interface NumbersOf {
  accountId: string
  numbers: readonly AssignedNumber[]
  readAt: string
}

async function* rowsOf(accounts: Iterable<NumbersOf> | AsyncIterable<NumbersOf>) {
  await turn()
  for await (const { accountId, numbers, readAt } of accounts) {
    const held = numbers.map(({ number }) => number)
    yield { account_id: accountId, numbers: await stringifyList(numbers), read_at: readAt, held }
    await turn()
  }
}

/** In all snapshots but the baseline, where theirs were not read later. */
export async function replaceNumbers(
  db: Database,
  identity: string,
  accounts: Iterable<NumbersOf> | AsyncIterable<NumbersOf>,
): Promise<void> {
  await putInPieces(db, identity, rowsOf(accounts), async (trx, snapshots, rows) => {
    const ids = snapshots.filter(({ kind }) => kind !== 'baseline').map(({ id }) => id)
    if (ids.length === 0 || rows.length === 0) return true
    const writing = snapshots.filter(({ kind }) => kind === 'writing').map(({ id }) => id)
    for (const { held: _, ...row } of rows) {
      const { account_id, numbers, read_at } = row
      await trx
        .updateTable('snapshot_accounts')
        .set({ numbers, read_at })
        .where('snapshot_id', 'in', ids)
        .where('account_id', '=', account_id)
        .where('read_at', '<=', read_at)
        .execute()
      await putNewer(trx, writing, row)
    }
    await putNumbers(db, trx, ids, rows)
    return true
  })
}

export async function dropOldest(db: Database): Promise<void> {
  const surplus = await db.queries
    .selectFrom('snapshots')
    .select('identity')
    .groupBy('identity')
    .orderBy(({ fn }) => fn.max('read_at'), 'desc')
    .orderBy('identity')
    .limit(MOST_IDENTITIES)
    .offset(MOST_IDENTITIES)
    .execute()
  for (const { identity } of surplus) await forget(db, identity)
  await deleteUnused(db)
}
