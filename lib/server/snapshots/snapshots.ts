import 'server-only'
import type { Account, AccountNumbers, AssignedNumber } from '@/lib/domain/accounts/account'
import type { SeenIn } from '@/lib/domain/inventory/events'
import type { Missing } from '@/lib/domain/inventory/missing'
import type { Database } from '@/lib/server/db/database'
import { createSeenNumbers } from './seen-store'
import { before, partial } from './slots'
import { createSnapshotStore } from './store'
import type { PartReading } from './write'

/**
 * The kept inventories: the last complete one of each identity, beside it what an incomplete scan brought since, and since
 * when each number has been seen.
 */
export function createSnapshots(db: Database) {
  const kept = createSnapshotStore(db)
  const seen = createSeenNumbers(db)

  /** In one go, so that an incomplete reading that becomes the kept one in between takes nothing back. */
  const patch = (identity: string, accounts: Parameters<typeof kept.patch>[1]) =>
    kept.patch([partial(identity), identity], accounts)

  return {
    /** The last complete inventory as JSON text (a `Snapshot`), null without one. */
    loadText: (identity: string): Promise<string | null> => kept.loadText(identity, before(identity)),

    /** Changes are told against the inventory that was read at `readAt` from now on, if it is still the kept one. */
    dismissChanges: (identity: string, readAt: string): Promise<boolean> =>
      kept.dropAside(identity, before(identity), readAt),

    /** Keeps a reading; a complete one replaces what was kept, an incomplete one only stands beside it. */
    async keep(
      identity: string,
      readAt: string,
      holdings: Iterable<AccountNumbers>,
      { complete, missing }: { complete: boolean; missing: Missing },
    ) {
      const reading = await seen.watch(identity, holdings)
      const taken = complete
        ? await kept.keep(identity, readAt, reading.holdings, { aside: before(identity), outdates: partial(identity) })
        : await kept.keep(partial(identity), readAt, reading.holdings, { missing, beside: identity })
      if (taken) await reading.write({ complete })
    },

    /** Puts in what a look for `number` in one account brought. Gone then, it was returned from here: that is no change. */
    async patch(identity: string, accountId: string, numbers: AssignedNumber[], number: string): Promise<void> {
      await patch(identity, [[accountId, numbers]])
      const gone = !numbers.some((held) => held.number === number)
      if (gone) await kept.takeOut(before(identity), accountId, number)
      await seen.reread(identity, accountId, numbers)
    },

    /** Puts in what reading a part again brought. The last part that an incomplete reading lacked makes it the kept one. */
    async keepPart(identity: string, part: PartReading): Promise<void> {
      const reading = await seen.watch(identity, part.holdings.all())
      await kept.copyAside(identity, before(identity))
      await patch(identity, numbersById(reading.holdings))
      await reading.write({ complete: false })
      if (await kept.complete(partial(identity), { to: identity, aside: before(identity) }, part))
        await seen.whole(identity)
    },

    accountOf: async (identity: string, accountId: string): Promise<Account | null> =>
      (await kept.accountOf(identity, accountId)) ?? kept.accountOf(partial(identity), accountId),

    /** The accounts that held `number` (E.164) when they were last read. */
    async accountsHolding(identity: string, number: string): Promise<Account[]> {
      const found = [
        ...(await kept.accountsHolding(identity, number)),
        ...(await kept.accountsHolding(partial(identity), number)),
      ]
      return [...new Map(found.map((account) => [account.id, account])).values()]
    },

    /** In which accounts `number` (E.164) is seen, and since when. */
    seenSince: (identity: string, number: string): Promise<SeenIn[]> => seen.of(identity, number),
  }
}

export type Snapshots = ReturnType<typeof createSnapshots>

function* numbersById(holdings: Iterable<AccountNumbers>): Generator<[string, AssignedNumber[]], void, undefined> {
  for (const { account, numbers } of holdings) yield [account.id, numbers]
}
