import 'server-only'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Selectable } from 'kysely'
import type { Database } from '@/lib/db/database'
import type { KeptAccounts } from '@/lib/db/tables'
import { type AccountHolding, type AssignedNumber, type Holder, holderSchema, type KeptInventory } from './events'
import { copyAside, dropAside, takeOut } from './kept-aside'
import { loadText, numbersSchema, readJson, rowsOf } from './kept-text'
import { CHUNK, complete, dropOldest, type KeepOptions, type PartReading, replace } from './kept-write'

/**
 * The last complete inventory of each identity. `readAt` and `olderThan` are ISO 8601, UTC. Every method throws
 * DatabaseUnavailable when the database fails; a row of another shape counts as none.
 */
export interface KeptInventories {
  /**
   * Replaces the whole of an identity's inventory, and drops the oldest beyond 200 identities.
   * @returns false if a later one is kept, which stays.
   */
  keep(identity: string, readAt: string, holdings: Iterable<AccountHolding>, options?: KeepOptions): Promise<boolean>
  /**
   * Puts a part that was read again into the incomplete reading `from`; once nothing is missing there any more, it becomes
   * the inventory of `to`. @returns whether it did.
   */
  complete(from: string, place: { to: string; aside: string }, reading: PartReading): Promise<boolean>
  /** Copies an inventory aside, unless one stands there already. */
  copyAside(identity: string, aside: string): Promise<void>
  /** Drops what stands aside if the inventory of `identity` is still the one that was read at `readAt`. @returns whether it is. */
  dropAside(identity: string, aside: string, readAt: string): Promise<boolean>
  /** Takes one number (E.164) out of a kept account. */
  takeOut(identity: string, accountId: string, number: string): Promise<void>
  load(identity: string): Promise<KeptInventory | null>
  /**
   * The same as JSON text, unchecked and so several times faster at 50,000 numbers: for readers that check it themselves.
   * With how the inventory that stands aside differs from it, if there is one.
   */
  loadText(identity: string, aside?: string): Promise<string | null>
  /** Replaces the numbers of one kept account after it was read again; an account that is not kept stays so. */
  patch(identity: string, accountId: string, numbers: readonly AssignedNumber[]): Promise<void>
  accountOf(identity: string, accountId: string): Promise<Holder | null>
  /** The kept accounts that hold a number (E.164). */
  holdersOf(identity: string, number: string): Promise<Holder[]>
  purge(olderThan: string): Promise<void>
}

type Row = Selectable<KeptAccounts>

function holdingOf(row: Pick<Row, 'account' | 'numbers'>): AccountHolding | null {
  const account = readJson(holderSchema, row.account)
  const numbers = readJson(numbersSchema, row.numbers)
  return account && numbers ? { account, numbers } : null
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

export function createKeptInventories(db: Database): KeptInventories {
  const { queries } = db
  return {
    async keep(identity, readAt, holdings, options = {}) {
      const kept = await replace(db, identity, readAt, holdings, options)
      await dropOldest(db)
      return kept
    },
    complete: (from, place, reading) => complete(db, from, place, reading),
    copyAside: (identity, aside) => copyAside(db, identity, aside),
    dropAside: (identity, aside, readAt) => dropAside(db, identity, aside, readAt),
    takeOut: (identity, accountId, number) => takeOut(db, identity, accountId, number),
    load: (identity) => load(db, identity),
    loadText: (identity, aside) => loadText(db, identity, aside),
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
