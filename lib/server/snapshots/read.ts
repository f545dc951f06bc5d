import 'server-only'
import * as z from 'zod/mini'
import { type Account, accountSchema, assignedNumberSchema } from '@/lib/domain/accounts/account'
import type { Database } from '@/lib/server/db/database'
import type { SnapshotKind } from '@/lib/server/db/tables'

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

function accountsText(rows: readonly { account: string | null; numbers: string | null }[]): string {
  const accounts = rows.flatMap(({ account, numbers }) =>
    account === null || numbers === null ? [] : [`{"account":${account},"numbers":${numbers}}`],
  )
  return `[${accounts.join(',')}]`
}

/** Null if the baseline, read at `readAt`, does not differ. */
async function differenceText({ queries }: Database, identity: string, readAt: string): Promise<string | null> {
  const compare = (kind: SnapshotKind, withKind: SnapshotKind) =>
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
  const differing = await compare('baseline', 'current')
    .select(['one.account', 'one.numbers'])
    .where(({ eb, or, ref }) => or([eb('other.numbers', 'is', null), eb('other.numbers', '!=', ref('one.numbers'))]))
    .execute()
  const added = await compare('current', 'baseline')
    .select('one.account_id')
    .where('other.account_id', 'is', null)
    .execute()
  if (differing.length === 0 && added.length === 0) return null
  const ids = JSON.stringify(added.map(({ account_id }) => account_id))
  return `{"readAt":${JSON.stringify(readAt)},"accounts":${accountsText(differing)},"added":${ids}}`
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

/** In one statement, so that a snapshot that is saved in between cannot mix two. */
async function currentText({ queries }: Database, identity: string) {
  const rows = await queries
    .selectFrom('snapshots')
    .leftJoin('snapshot_accounts as accounts', (join) =>
      join.onRef('accounts.identity', '=', 'snapshots.identity').onRef('accounts.kind', '=', 'snapshots.kind'),
    )
    .select(['read_at', 'account', 'numbers'])
    .where('snapshots.identity', '=', identity)
    .where('snapshots.kind', '=', 'current')
    .orderBy('account_id')
    .execute()
  const readAt = rows[0]?.read_at
  if (readAt === undefined) return null
  return { readAt, text: `"readAt":${JSON.stringify(readAt)},"accounts":${accountsText(rows)}` }
}

/** A `Snapshot` as JSON text: parsing 50,000 numbers is slow. Replaced twice meanwhile, it lacks `before`. */
export async function loadText(db: Database, identity: string): Promise<string | null> {
  for (let again = false; ; again = true) {
    const current = await currentText(db, identity)
    if (current === null) return null
    const { readAt, text } = current
    const { baseline } = await timesOf(db, identity)
    if (baseline === undefined) return `{${text}}`
    const difference = await differenceText(db, identity, baseline)
    const now = await timesOf(db, identity)
    const unchanged = now.current === readAt && now.baseline === baseline
    if (unchanged || again) return `{${text}${unchanged && difference ? `,"before":${difference}` : ''}}`
  }
}
