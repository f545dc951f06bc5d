import 'server-only'
import { sql } from 'kysely'
import { type Account, accountSchema } from '@/lib/domain/accounts/account'
import type { Database } from '@/lib/server/db/database'
import type { SnapshotKind } from '@/lib/server/db/tables'
import { inSlices } from '@/lib/server/process/slices'
import { numbersSchema, readJson } from './json'
import { type Page, pagesOf } from './pages'
import { ofKind, type Stored } from './rows'

/** The order of preference, which is that of their names, too. */
const LATEST = ['current', 'partial'] as const satisfies SnapshotKind[]

/** Of one statement. */
const IDS = 500

export async function accountOf({ queries }: Database, identity: string, accountId: string): Promise<Account | null> {
  const rows = await queries
    .selectFrom('snapshots')
    .innerJoin('snapshot_accounts', 'snapshot_id', 'id')
    .select('account')
    .where('identity', '=', identity)
    .where('kind', 'in', LATEST)
    .where('account_id', '=', accountId)
    .orderBy('kind')
    .execute()
  return rows.map(({ account }) => readJson(accountSchema, account)).find((account) => account !== null) ?? null
}

/** E.164, as last read; null: the account was not. */
export async function numbersOf({ queries }: Database, identity: string, accountId: string): Promise<string[] | null> {
  const row = await queries
    .selectFrom('snapshots')
    .innerJoin('snapshot_accounts', 'snapshot_id', 'id')
    .select('numbers')
    .where('identity', '=', identity)
    .where('kind', 'in', LATEST)
    .where('account_id', '=', accountId)
    .orderBy('snapshot_accounts.read_at', 'desc')
    .executeTakeFirst()
  return (row && readJson(numbersSchema, row.numbers)?.map(({ number }) => number)) ?? null
}

/** Those of the ids whose account is in the newest snapshots. */
export async function knownOf(
  { queries }: Database,
  identity: string,
  accountIds: readonly string[],
): Promise<string[]> {
  const known: string[] = []
  for (let from = 0; from < accountIds.length; from += IDS) {
    const rows = await queries
      .selectFrom('snapshots')
      .innerJoin('snapshot_accounts', 'snapshot_id', 'id')
      .select('account_id')
      .where('identity', '=', identity)
      .where('kind', 'in', LATEST)
      .where('account_id', 'in', accountIds.slice(from, from + IDS))
      .execute()
    known.push(...rows.map(({ account_id }) => account_id))
  }
  return known
}

/** The accounts that hold `number` (E.164) by the newest snapshots, when those listed it, and when the baseline did. */
export async function accountsHolding({ queries }: Database, identity: string, number: string) {
  const rows = await queries
    .selectFrom('snapshots')
    .innerJoin('snapshot_numbers', 'snapshot_numbers.snapshot_id', 'id')
    .innerJoin('snapshot_accounts as accounts', (join) =>
      join
        .onRef('accounts.snapshot_id', '=', 'snapshot_numbers.snapshot_id')
        .onRef('accounts.account_id', '=', 'snapshot_numbers.account_id'),
    )
    .select(['account', 'numbers', 'kind', 'snapshots.read_at'])
    .where('identity', '=', identity)
    .where('kind', 'in', [...LATEST, 'baseline'])
    .where('number', '=', number)
    .orderBy('kind')
    .orderBy('accounts.account_id')
    .execute()
  const found = new Map<string, Account>()
  let listedAt: string | null = null
  let baselineAt: string | null = null
  for (const row of rows) {
    const account = readJson(accountSchema, row.account)
    const numbers = readJson(numbersSchema, row.numbers)
    if (!account || !numbers?.some((each) => each.number === number)) continue
    if (row.kind === 'baseline') {
      baselineAt = row.read_at
      continue
    }
    found.set(account.id, account)
    if (listedAt === null || row.read_at > listedAt) listedAt = row.read_at
  }
  return { accounts: [...found.values()], listedAt, baselineAt }
}

/** Rows of one statement: they hold the process until it has run. */
const PAGE = 100

interface AccountText {
  account_id: string | null
  account: string | null
  numbers: string | null
}

/** `alone`: accounts without numbers in the row. */
async function accountsText(page: Page<AccountText>, limit: number): Promise<{ accounts: string; alone: string }> {
  const accounts: string[] = []
  const alone: string[] = []
  for await (const rows of inSlices(pagesOf(page, limit)))
    for (const { account, numbers } of rows) {
      if (account === null) continue
      if (numbers === null) alone.push(account)
      else accounts.push(`{"account":${account},"numbers":${numbers}}`)
    }
  return { accounts: accounts.join(','), alone: alone.join(',') }
}

type Times = Pick<Stored, 'id' | 'read_at'>

async function differenceText({ queries }: Database, current: number, baseline: Times): Promise<string> {
  const compare = (id: number, withId: number, after: string, limit: number) =>
    queries
      .selectFrom('snapshot_accounts as one')
      .leftJoin('snapshot_accounts as other', (join) =>
        join.onRef('other.account_id', '=', 'one.account_id').on('other.snapshot_id', '=', withId),
      )
      .where('one.snapshot_id', '=', id)
      .where('one.account_id', '>', after)
      .orderBy('one.account_id')
      .limit(limit)
  const before: Page<AccountText> = (after, limit) =>
    compare(baseline.id, current, after, limit)
      .select([
        'one.account_id',
        sql<
          string | null
        >`case when other.numbers is null or other.numbers != one.numbers or other.account != one.account
          then one.account end`.as('account'),
        sql<string | null>`case when other.numbers is null or other.numbers != one.numbers then one.numbers end`.as(
          'numbers',
        ),
      ])
      .execute()
  const present: Page<{ account_id: string; there: string | null }> = (after, limit) =>
    compare(current, baseline.id, after, limit).select(['one.account_id', 'other.account_id as there']).execute()
  const { accounts, alone } = await accountsText(before, PAGE)
  const added: string[] = []
  for await (const rows of inSlices(pagesOf(present, PAGE)))
    for (const { account_id, there } of rows) if (there === null) added.push(account_id)
  const readAt = JSON.stringify(baseline.read_at)
  return `,"before":{"readAt":${readAt},"accounts":[${accounts}],"added":${JSON.stringify(added)},"restated":[${alone}]}`
}

async function snapshotsOf({ queries }: Database, identity: string) {
  const rows = await queries.selectFrom('snapshots').selectAll().where('identity', '=', identity).execute()
  return { current: ofKind(rows, 'current'), baseline: ofKind(rows, 'baseline') }
}

/** Null: there is none; `isOne` is false where another snapshot was saved between two pages. */
async function currentText({ queries }: Database, identity: string, limit: number) {
  const found = new Map<number, Times>()
  const page: Page<AccountText> = async (after, most) => {
    const rows = await queries
      .selectFrom('snapshots')
      .leftJoin('snapshot_accounts as accounts', (join) =>
        join.onRef('accounts.snapshot_id', '=', 'snapshots.id').on('accounts.account_id', '>', after),
      )
      .select(['id', 'snapshots.read_at', 'account_id', 'account', 'numbers'])
      .where('identity', '=', identity)
      .where('kind', '=', 'current')
      .orderBy('account_id')
      .limit(most)
      .execute()
    for (const { id, read_at } of rows) found.set(id, { id, read_at })
    return rows
  }
  const { accounts } = await accountsText(page, limit)
  const [snapshot] = found.values()
  return snapshot === undefined ? null : { ...snapshot, accounts, isOne: found.size === 1 }
}

/** After so many tries it is read in one statement, which no other snapshot can come between. */
const MOST_TRIES = 3

/** A `Snapshot` as JSON text: parsing 50,000 numbers is slow. Replaced again and again meanwhile, it lacks `before`. */
export async function loadText(db: Database, identity: string): Promise<string | null> {
  for (let tries = 1; ; tries++) {
    const isLast = tries === MOST_TRIES
    const current = await currentText(db, identity, isLast ? Number.MAX_SAFE_INTEGER : PAGE)
    if (current === null) return null
    const { id, read_at, accounts, isOne } = current
    const { baseline } = await snapshotsOf(db, identity)
    const before = baseline === undefined ? '' : await differenceText(db, id, baseline)
    const now = await snapshotsOf(db, identity)
    const unchanged = isOne && now.current?.id === id && now.baseline?.id === baseline?.id
    if (unchanged || isLast)
      return `{"readAt":${JSON.stringify(read_at)},"accounts":[${accounts}]${unchanged ? before : ''}}`
  }
}
