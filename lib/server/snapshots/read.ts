import 'server-only'
import { sql } from 'kysely'
import * as z from 'zod/mini'
import { type Account, accountSchema, assignedNumberSchema } from '@/lib/domain/accounts/account'
import type { Database } from '@/lib/server/db/database'
import type { SnapshotKind } from '@/lib/server/db/tables'
import { inSlices } from '@/lib/server/process/slices'

/** The order of preference, which is that of their names, too. */
const LATEST = ['current', 'partial'] as const satisfies SnapshotKind[]

export const numbersSchema = z.array(assignedNumberSchema)

/** Null for a row of another shape. */
export function readJson<S extends z.core.$ZodType>(schema: S, text: string): z.output<S> | null {
  try {
    const parsed = z.safeParse(schema, JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

export async function accountOf({ queries }: Database, identity: string, accountId: string): Promise<Account | null> {
  const rows = await queries
    .selectFrom('snapshot_accounts')
    .select('account')
    .where('identity', '=', identity)
    .where('kind', 'in', LATEST)
    .where('account_id', '=', accountId)
    .orderBy('kind')
    .execute()
  return rows.map(({ account }) => readJson(accountSchema, account)).find((account) => account !== null) ?? null
}

/** The accounts that hold `number` (E.164) by the newest snapshots, when those listed it, and when the baseline did. */
export async function holdersOf({ queries }: Database, identity: string, number: string) {
  if (!/^\+\d+$/.test(number)) return { accounts: [], listedAt: null, baselineAt: null }
  const rows = await queries
    .selectFrom('snapshot_accounts')
    .innerJoin('snapshots', (join) =>
      join
        .onRef('snapshots.identity', '=', 'snapshot_accounts.identity')
        .onRef('snapshots.kind', '=', 'snapshot_accounts.kind'),
    )
    .select(['account', 'numbers', 'snapshots.kind', 'read_at'])
    .where('snapshot_accounts.identity', '=', identity)
    .where('numbers', 'like', `%"${number}"%`)
    .orderBy('snapshots.kind')
    .orderBy('account_id')
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

type Page<Row> = (after: string, limit: number) => Promise<Row[]>

async function* pagesOf<Row extends { account_id: string | null }>(
  page: Page<Row>,
  limit: number,
): AsyncGenerator<Row[]> {
  for (let after = ''; ; ) {
    const rows = await page(after, limit)
    if (rows.length > 0) yield rows
    if (rows.length < limit) return
    after = rows.at(-1)?.account_id ?? after
  }
}

interface AccountText {
  account_id: string | null
  account: string | null
  numbers: string | null
}

async function accountsText(page: Page<AccountText>, limit: number): Promise<string> {
  const texts: string[] = []
  for await (const rows of inSlices(pagesOf(page, limit)))
    for (const { account, numbers } of rows)
      if (account !== null && numbers !== null) texts.push(`{"account":${account},"numbers":${numbers}}`)
  return texts.join(',')
}

/** Empty if the baseline, read at `readAt`, does not differ. */
async function differenceText({ queries }: Database, identity: string, readAt: string): Promise<string> {
  const compare = (kind: SnapshotKind, withKind: SnapshotKind, after: string, limit: number) =>
    queries
      .selectFrom('snapshot_accounts as one')
      .leftJoin('snapshot_accounts as other', (join) =>
        join
          .onRef('other.account_id', '=', 'one.account_id')
          .onRef('other.identity', '=', 'one.identity')
          .on('other.kind', '=', withKind),
      )
      .where('one.identity', '=', identity)
      .where('one.kind', '=', kind)
      .where('one.account_id', '>', after)
      .orderBy('one.account_id')
      .limit(limit)
  const ifDiffering = (column: 'one.account' | 'one.numbers') =>
    sql<string | null>`case when other.numbers is null or other.numbers != one.numbers then ${sql.ref(column)} end`
  const before: Page<AccountText> = (after, limit) =>
    compare('baseline', 'current', after, limit)
      .select(['one.account_id', ifDiffering('one.account').as('account'), ifDiffering('one.numbers').as('numbers')])
      .execute()
  const present: Page<{ account_id: string; there: string | null }> = (after, limit) =>
    compare('current', 'baseline', after, limit).select(['one.account_id', 'other.account_id as there']).execute()
  const accounts = await accountsText(before, PAGE)
  const added: string[] = []
  for await (const rows of inSlices(pagesOf(present, PAGE)))
    for (const { account_id, there } of rows) if (there === null) added.push(account_id)
  if (accounts === '' && added.length === 0) return ''
  return `,"before":{"readAt":${JSON.stringify(readAt)},"accounts":[${accounts}],"added":${JSON.stringify(added)}}`
}

async function timesOf({ queries }: Database, identity: string) {
  const rows = await queries
    .selectFrom('snapshots')
    .select(['kind', 'read_at'])
    .where('identity', '=', identity)
    .execute()
  const timeOf = (kind: SnapshotKind) => rows.find((row) => row.kind === kind)?.read_at
  return { current: timeOf('current'), baseline: timeOf('baseline') }
}

/** Null: there is none; `isOne` is false where another snapshot was saved between two pages. */
async function currentText({ queries }: Database, identity: string, limit: number) {
  const readAts = new Set<string>()
  const page: Page<AccountText> = async (after, most) => {
    const rows = await queries
      .selectFrom('snapshots')
      .leftJoin('snapshot_accounts as accounts', (join) =>
        join
          .onRef('accounts.identity', '=', 'snapshots.identity')
          .onRef('accounts.kind', '=', 'snapshots.kind')
          .on('accounts.account_id', '>', after),
      )
      .select(['read_at', 'account_id', 'account', 'numbers'])
      .where('snapshots.identity', '=', identity)
      .where('snapshots.kind', '=', 'current')
      .orderBy('account_id')
      .limit(most)
      .execute()
    for (const { read_at } of rows) readAts.add(read_at)
    return rows
  }
  const accounts = await accountsText(page, limit)
  const [readAt] = readAts
  return readAt === undefined ? null : { readAt, accounts, isOne: readAts.size === 1 }
}

/** After so many tries it is read in one statement, which no other snapshot can come between. */
const MOST_TRIES = 3

/** A `Snapshot` as JSON text: parsing 50,000 numbers is slow. Replaced again and again meanwhile, it lacks `before`. */
export async function loadText(db: Database, identity: string): Promise<string | null> {
  for (let tries = 1; ; tries++) {
    const isLast = tries === MOST_TRIES
    const current = await currentText(db, identity, isLast ? Number.MAX_SAFE_INTEGER : PAGE)
    if (current === null) return null
    const { readAt, accounts, isOne } = current
    const { baseline } = await timesOf(db, identity)
    const before = baseline === undefined ? '' : await differenceText(db, identity, baseline)
    const now = await timesOf(db, identity)
    const unchanged = isOne && now.current === readAt && now.baseline === baseline
    if (unchanged || isLast)
      return `{"readAt":${JSON.stringify(readAt)},"accounts":[${accounts}]${unchanged ? before : ''}}`
  }
}
