import 'server-only'
import type { AssignedNumber } from '@/lib/domain/accounts/account'
import type { Missing } from '@/lib/domain/inventory/missing'
import type { Database } from '@/lib/server/db/database'
import { turn } from '@/lib/server/process/slices'
import { copyToBaseline, dropBaseline, removeFromBaseline } from './baseline'
import { accountOf, accountsHolding, knownOf, loadText, numbersOf } from './read'
import type { Accounts } from './rows'
import { createSeenNumbers, type Read } from './seen-store'
import { startOf } from './start'
import { deleteUnused, forget } from './unused'
import {
  completePartial,
  dropOldest,
  type NumbersOf,
  type PartReading,
  replaceNumbers,
  saveCurrent,
  savePartial,
} from './write'

/** An identity's current and partial snapshot and baseline. Times are ISO 8601, UTC. Throws DatabaseUnavailable. */
export function createSnapshots(db: Database) {
  const seen = createSeenNumbers(db)
  return {
    loadText: (identity: string) => loadText(db, identity),
    startOf: (identity: string) => startOf(db, identity),
    accountOf: (identity: string, accountId: string) => accountOf(db, identity, accountId),
    numbersOf: (identity: string, accountId: string) => numbersOf(db, identity, accountId),
    knownOf: (identity: string, accountIds: readonly string[]) => knownOf(db, identity, accountIds),
    accountsHolding: (identity: string, number: string) => accountsHolding(db, identity, number),
    seenSince: (identity: string, number: string) => seen.of(identity, number),

    /** @returns false if the current snapshot is not that of `readAt` any more */
    dismissChanges: (identity: string, readAt: string) => dropBaseline(db, identity, readAt),

    /** For an identity that has another root now. */
    async forget(identity: string): Promise<void> {
      await forget(db, identity)
      await deleteUnused(db)
    },

    async save(
      identity: string,
      readAt: string,
      accounts: Accounts,
      { complete, missing }: { complete: boolean; missing: Missing },
    ): Promise<void> {
      const reading = await seen.watch(identity, accounts, readAt)
      const saved = complete
        ? await saveCurrent(db, identity, readAt, reading.accounts)
        : await savePartial(db, identity, readAt, reading.accounts, missing)
      await dropOldest(db)
      if (saved) await reading.write({ complete })
    },

    /** After an account read for `number`: one that is gone then was returned from here, which is no change. */
    async patch(
      identity: string,
      accountId: string,
      numbers: AssignedNumber[],
      number: string,
      readAt: string,
    ): Promise<void> {
      await replaceNumbers(db, identity, [{ accountId, numbers, readAt }])
      await turn()
      if (!numbers.some((each) => each.number === number)) await removeFromBaseline(db, identity, accountId, number)
      await turn()
      await seen.reread(identity, accountId, numbers, readAt)
    },

    /** After a part was read again: the last one that the partial snapshot lacked makes it the current one. */
    async savePart(identity: string, part: PartReading): Promise<void> {
      const reading = await seen.watch(identity, part.holdings.all(), part.startedAt)
      await copyToBaseline(db, identity)
      await replaceNumbers(db, identity, numbersById(reading.accounts))
      await reading.write({ complete: false })
      if (await completePartial(db, identity, part)) await seen.dropMissing(identity)
    },
  }
}

export type Snapshots = ReturnType<typeof createSnapshots>

async function* numbersById(accounts: AsyncIterable<Read>): AsyncGenerator<NumbersOf, void, undefined> {
  for await (const { account, numbers, readAt } of accounts) yield { accountId: account.id, numbers, readAt }
}
