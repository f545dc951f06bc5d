import type { AccountHolding, AssignedNumber, Holder, KeptInventory } from './events'

/** What is different from an earlier complete inventory. Only two complete ones can be compared. */
export interface Changes {
  appeared: ReadonlySet<string>
  /** Number → the account that held it before. */
  moved: ReadonlyMap<string, Holder>
  left: readonly { held: AssignedNumber; from: Holder }[]
}

export const NO_CHANGES: Changes = { appeared: new Set(), moved: new Map(), left: [] }

/** The inventory that changes are told against: the one that was kept when they were last dismissed. */
export function inventoryBefore({ readAt, accounts, before }: KeptInventory): KeptInventory {
  if (!before) return { readAt, accounts }
  const others = new Set([...before.added, ...before.accounts.map(({ account }) => account.id)])
  const same = accounts.filter(({ account }) => !others.has(account.id))
  return { readAt: before.readAt, accounts: [...same, ...before.accounts] }
}

export function changeCount({ appeared, moved, left }: Changes): number {
  return appeared.size + moved.size + left.length
}

function holdersByNumber(holdings: Iterable<AccountHolding>): Map<string, Holder[]> {
  const holders = new Map<string, Holder[]>()
  for (const { account, numbers } of holdings) {
    for (const { number } of numbers) {
      const known = holders.get(number)
      if (known) known.push(account)
      else holders.set(number, [account])
    }
  }
  return holders
}

/** Compares two complete inventories. `returned`: numbers returned from here, which did not leave by themselves. */
export function compareInventories(
  before: readonly AccountHolding[],
  after: Iterable<AccountHolding>,
  returned: ReadonlySet<string>,
): Changes {
  const then = holdersByNumber(before)
  const now = holdersByNumber(after)
  const appeared = new Set<string>()
  const moved = new Map<string, Holder>()
  const left: { held: AssignedNumber; from: Holder }[] = []
  for (const [number, holders] of now) {
    const earlier = then.get(number)
    const from = earlier?.find((holder) => !holders.some(({ id }) => id === holder.id))
    if (!earlier) appeared.add(number)
    else if (from) moved.set(number, from)
  }
  for (const { account, numbers } of before) {
    for (const held of numbers)
      if (!now.has(held.number) && !returned.has(held.number)) left.push({ held, from: account })
  }
  return { appeared, moved, left }
}
