import type { Account, AccountNumbers, AssignedNumber } from '@/lib/domain/accounts/account'
import type { Snapshot } from './events'

/** What is different from an earlier complete inventory. Only two complete ones can be compared. */
export interface Changes {
  appeared: ReadonlySet<string>
  /** Number → the account that held it before. */
  moved: ReadonlyMap<string, Account>
  left: readonly { held: AssignedNumber; from: Account }[]
}

export const NO_CHANGES: Changes = { appeared: new Set(), moved: new Map(), left: [] }

/** The inventory that changes are compared with: the one when they were last dismissed. */
export function inventoryBefore({ readAt, accounts, before }: Snapshot): Snapshot {
  if (!before) return { readAt, accounts }
  const others = new Set([...before.added, ...before.accounts.map(({ account }) => account.id)])
  const same = accounts.filter(({ account }) => !others.has(account.id))
  return { readAt: before.readAt, accounts: [...same, ...before.accounts] }
}

export function changeCount({ appeared, moved, left }: Changes): number {
  return appeared.size + moved.size + left.length
}

function accountsByNumber(holdings: Iterable<AccountNumbers>): Map<string, Account[]> {
  const accounts = new Map<string, Account[]>()
  for (const { account, numbers } of holdings) {
    for (const { number } of numbers) {
      const known = accounts.get(number)
      if (known) known.push(account)
      else accounts.set(number, [account])
    }
  }
  return accounts
}

/** Compares two complete inventories. `returned`: numbers returned from here, which did not leave by themselves. */
export function compareInventories(
  before: readonly AccountNumbers[],
  after: Iterable<AccountNumbers>,
  returned: ReadonlySet<string>,
): Changes {
  const then = accountsByNumber(before)
  const now = accountsByNumber(after)
  const appeared = new Set<string>()
  const moved = new Map<string, Account>()
  const left: { held: AssignedNumber; from: Account }[] = []
  for (const [number, accounts] of now) {
    const earlier = then.get(number)
    const from = earlier?.find((account) => !accounts.some(({ id }) => id === account.id))
    if (!earlier) appeared.add(number)
    else if (from) moved.set(number, from)
  }
  for (const { account, numbers } of before) {
    for (const held of numbers)
      if (!now.has(held.number) && !returned.has(held.number)) left.push({ held, from: account })
  }
  return { appeared, moved, left }
}
