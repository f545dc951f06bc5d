import 'server-only'
import { database } from '@/lib/db/database'
import type { AccountHolding, AssignedNumber, Holder } from './events'
import { createKeptInventories } from './kept'

/** Where the last incomplete reading stands: it never replaces the complete one, but tells who held a number. */
const partial = (identity: string) => `${identity}:partial`

/** The kept inventories: the last complete one of each identity, and beside it what an incomplete walk brought since. */
export async function keptInventories() {
  const kept = createKeptInventories(await database())
  return {
    /** The last complete inventory as JSON text (a `KeptInventory`), null without one. */
    loadText: (identity: string): Promise<string | null> => kept.loadText(identity),

    /** Keeps a reading; a complete one replaces what was kept, an incomplete one only stands beside it. */
    async keep(
      identity: string,
      readAt: string,
      holdings: Iterable<AccountHolding>,
      { complete }: { complete: boolean },
    ) {
      await kept.keep(complete ? identity : partial(identity), readAt, holdings)
      if (complete) await kept.keep(partial(identity), readAt, [])
    },

    /** Puts in what a later read of one account brought. */
    async patch(identity: string, accountId: string, numbers: AssignedNumber[]): Promise<void> {
      for (const slot of [identity, partial(identity)]) await kept.patch(slot, accountId, numbers)
    },

    async accountOf(identity: string, accountId: string): Promise<Holder | null> {
      return (await kept.accountOf(identity, accountId)) ?? kept.accountOf(partial(identity), accountId)
    },

    /** The accounts that held `number` (E.164) when they were last read. */
    async holdersOf(identity: string, number: string): Promise<Holder[]> {
      const found = [...(await kept.holdersOf(identity, number)), ...(await kept.holdersOf(partial(identity), number))]
      return [...new Map(found.map((holder) => [holder.id, holder])).values()]
    },
  }
}
