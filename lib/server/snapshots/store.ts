import 'server-only'
import type { Selectable } from 'kysely'
import { type Account, type AccountNumbers, type AssignedNumber, accountSchema } from '@/lib/domain/accounts/account'
import type { Database } from '@/lib/server/db/database'
import type { KeptAccounts } from '@/lib/server/db/tables'
import { copyAside, dropAside, takeOut } from './baseline'
import { loadText, numbersSchema, readJson } from './text'
import { complete, dropOldest, type KeepOptions, type PartReading, patch, replace } from './write'

/**
 * Inventories, each in a slot: the last complete one of an identity, and those that stand beside it. `readAt` is ISO 8601, UTC.
 * Every method throws DatabaseUnavailable when the database fails; for those that take rows apart, one of another shape counts
 * as none. Whoever holds several slots at once takes them in the order incomplete, complete, aside.
 */
export interface SnapshotStore {
  /**
   * Replaces the whole of an inventory, and drops the oldest beyond 200 identities.
   * @returns false if a later one is kept, which stays.
   */
  keep(identity: string, readAt: string, holdings: Iterable<AccountNumbers>, options?: KeepOptions): Promise<boolean>
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
  /**
   * An inventory (a `Snapshot`) as JSON text that nobody has checked, which is several times faster at 50,000 numbers: for
   * readers that check it themselves. With how the inventory that stands aside differs from it, if there is one.
   */
  loadText(identity: string, aside?: string): Promise<string | null>
  /**
   * Replaces the numbers of kept accounts (by id) after they were read again, in each of the slots; an account that is not
   * kept there stays so.
   */
  patch(slots: readonly string[], accounts: Iterable<readonly [string, readonly AssignedNumber[]]>): Promise<void>
  accountOf(identity: string, accountId: string): Promise<Account | null>
  /** The kept accounts that hold a number (E.164). */
  accountsHolding(identity: string, number: string): Promise<Account[]>
}

type Row = Selectable<KeptAccounts>

function holdingOf(row: Pick<Row, 'account' | 'numbers'>): AccountNumbers | null {
  const account = readJson(accountSchema, row.account)
  const numbers = readJson(numbersSchema, row.numbers)
  return account && numbers ? { account, numbers } : null
}

export function createSnapshotStore(db: Database): SnapshotStore {
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
    loadText: (identity, aside) => loadText(db, identity, aside),
    patch: (slots, accounts) => patch(db, slots, accounts),
    async accountOf(identity, accountId) {
      const row = await queries
        .selectFrom('kept_accounts')
        .select('account')
        .where('identity', '=', identity)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      return row ? readJson(accountSchema, row.account) : null
    },
    async accountsHolding(identity, number) {
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
  }
}
