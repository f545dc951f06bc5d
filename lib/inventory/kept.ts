import 'server-only'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Selectable } from 'kysely'
import * as z from 'zod/mini'
import type { Database } from '@/lib/db/database'
import type { KeptAccounts } from '@/lib/db/tables'
import {
  type AccountHolding,
  type AssignedNumber,
  assignedNumberSchema,
  type Holder,
  holderSchema,
  type KeptInventory,
} from './events'

const numbersSchema = z.array(assignedNumberSchema)
const CHUNK = 250
const MOST_IDENTITIES = 200

/**
 * The last complete inventory of each identity. `readAt` and `olderThan` are ISO 8601, UTC. Every method throws
 * DatabaseUnavailable when the database fails; a row of another shape counts as none.
 */
export interface KeptInventories {
  /** Replaces the whole of an identity's inventory unless a later one is kept, and drops the oldest beyond 200 identities. */
  keep(identity: string, readAt: string, holdings: Iterable<AccountHolding>): Promise<void>
  load(identity: string): Promise<KeptInventory | null>
  /** The same as JSON text, unchecked and so several times faster at 50,000 numbers: for readers that check it themselves. */
  loadText(identity: string): Promise<string | null>
  /** Replaces the numbers of one kept account after it was read again; an account that is not kept stays so. */
  patch(identity: string, accountId: string, numbers: readonly AssignedNumber[]): Promise<void>
  accountOf(identity: string, accountId: string): Promise<Holder | null>
  /** The kept accounts that hold a number (E.164). */
  holdersOf(identity: string, number: string): Promise<Holder[]>
  purge(olderThan: string): Promise<void>
}

type Row = Selectable<KeptAccounts>

function readJson<S extends z.core.$ZodType>(schema: S, text: string): z.output<S> | null {
  try {
    const parsed = z.safeParse(schema, JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

function holdingOf(row: Pick<Row, 'account' | 'numbers'>): AccountHolding | null {
  const account = readJson(holderSchema, row.account)
  const numbers = readJson(numbersSchema, row.numbers)
  return account && numbers ? { account, numbers } : null
}

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

async function replace({ queries }: Database, identity: string, readAt: string, holdings: Iterable<AccountHolding>) {
  await queries.transaction().execute(async (trx) => {
    // First, so that two instances that keep the same identity come one after the other.
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('kept_inventories')
      .values({ identity, read_at: readAt })
      .onConflict((conflict) =>
        conflict.column('identity').doUpdateSet({ read_at: readAt }).where('kept_inventories.read_at', '<=', readAt),
      )
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows === 0n) return
    await trx.deleteFrom('kept_accounts').where('identity', '=', identity).execute()
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
  })
}

async function dropOldest({ queries }: Database): Promise<void> {
  const surplus = await queries
    .selectFrom('kept_inventories')
    .select('identity')
    .orderBy('read_at', 'desc')
    .orderBy('identity')
    .limit(MOST_IDENTITIES)
    .offset(MOST_IDENTITIES)
    .execute()
  // One by one: two instances that drop the same ones in one statement each could wait for each other.
  for (const { identity } of surplus) {
    await queries.deleteFrom('kept_inventories').where('identity', '=', identity).execute()
  }
}

/** One statement, so that a `keep` in between cannot mix two inventories. */
function rowsOf({ queries }: Database, identity: string) {
  return queries
    .selectFrom('kept_inventories')
    .leftJoin('kept_accounts', 'kept_accounts.identity', 'kept_inventories.identity')
    .select(['read_at', 'account', 'numbers'])
    .where('kept_inventories.identity', '=', identity)
    .orderBy('account_id')
    .execute()
}

async function load(db: Database, identity: string): Promise<KeptInventory | null> {
  const rows = await rowsOf(db, identity)
  const readAt = rows[0]?.read_at
  if (readAt === undefined) return null
  const accounts: AccountHolding[] = []
  for (const [index, { account, numbers }] of rows.entries()) {
    if (account === null || numbers === null) continue
    const holding = holdingOf({ account, numbers })
    // An inventory that lacks an account would not be complete.
    if (!holding) return null
    accounts.push(holding)
    if (index % CHUNK === 0) await breathe()
  }
  return { readAt, accounts }
}

async function loadText(db: Database, identity: string): Promise<string | null> {
  const rows = await rowsOf(db, identity)
  const readAt = rows[0]?.read_at
  if (readAt === undefined) return null
  const accounts = rows.flatMap(({ account, numbers }) =>
    account === null || numbers === null ? [] : [`{"account":${account},"numbers":${numbers}}`],
  )
  return `{"readAt":${JSON.stringify(readAt)},"accounts":[${accounts.join(',')}]}`
}

export function createKeptInventories(db: Database): KeptInventories {
  const { queries } = db
  return {
    async keep(identity, readAt, holdings) {
      await replace(db, identity, readAt, holdings)
      await dropOldest(db)
    },
    load: (identity) => load(db, identity),
    loadText: (identity) => loadText(db, identity),
    async patch(identity, accountId, numbers) {
      await queries
        .updateTable('kept_accounts')
        .set({ numbers: JSON.stringify(numbers) })
        .where('identity', '=', identity)
        .where('account_id', '=', accountId)
        .execute()
    },
    async accountOf(identity, accountId) {
      const row = await queries
        .selectFrom('kept_accounts')
        .select('account')
        .where('identity', '=', identity)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row ? readJson(holderSchema, row.account) : null
    },
    async holdersOf(identity, number) {
      if (!/^\+\d+$/.test(number)) return []
      const rows = await queries
        .selectFrom('kept_accounts')
        .select(['account', 'numbers'])
        .where('identity', '=', identity)
        .where('numbers', 'like', `%"${number}"%`)
        .orderBy('account_id')
        .execute()
      return rows.flatMap((row) => {
        const holding = holdingOf(row)
        return holding?.numbers.some((held) => held.number === number) ? [holding.account] : []
      })
    },
    async purge(olderThan) {
      await queries.deleteFrom('kept_inventories').where('read_at', '<', olderThan).execute()
    },
  }
}
