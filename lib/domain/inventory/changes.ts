import type { Account, AccountNumbers, AssignedNumber } from '@/lib/domain/accounts/account'
import { customerOf } from '@/lib/domain/accounts/customer'
import type { Snapshot } from './events'
import { accountState, isChurnedState } from './rows'

/** What is different from an earlier complete inventory. Only two complete ones can be compared. */
export interface Changes {
  appeared: ReadonlySet<string>
  /** Number → the account that held it before. */
  moved: ReadonlyMap<string, Account>
  /** By account id: accounts that were active and are cancelled or inactive now, and their numbers that stayed there. */
  cancelled: ReadonlyMap<string, { account: Account; count: number }>
  left: readonly { held: AssignedNumber; from: Account }[]
}

export const NO_CHANGES: Changes = { appeared: new Set(), moved: new Map(), cancelled: new Map(), left: [] }

/** The inventory that changes are compared with: the one when they were last dismissed. */
export function inventoryBefore({ readAt, accounts, before }: Snapshot): Snapshot {
  if (!before) return { readAt, accounts }
  const others = new Set([...before.added, ...before.accounts.map(({ account }) => account.id)])
  const restated = new Map(before.restated?.map((account) => [account.id, account]))
  const same = accounts.flatMap((holding) => {
    if (others.has(holding.account.id)) return []
    const account = restated.get(holding.account.id)
    return account ? { ...holding, account } : holding
  })
  return { readAt: before.readAt, accounts: [...same, ...before.accounts] }
}

interface ChangeCounts {
  appeared: number
  moved: number
  left: number
  /** Numbers of newly cancelled or inactive accounts, and how many customers these belong to. */
  cancelled: number
  customers: number
}

export function changeCounts({ appeared, moved, left, cancelled }: Changes): ChangeCounts {
  const accounts = [...cancelled.values()]
  return {
    appeared: appeared.size,
    moved: moved.size,
    left: left.length,
    cancelled: accounts.reduce((sum, { count }) => sum + count, 0),
    customers: new Set(accounts.map(({ account }) => customerOf(account).id)).size,
  }
}

export function changeCount(changes: Changes): number {
  const { appeared, moved, left, cancelled } = changeCounts(changes)
  return appeared + moved + left + cancelled
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

type NumberChanges = Pick<Changes, 'appeared' | 'moved' | 'left'>

function compareNumbers(
  before: readonly AccountNumbers[],
  after: readonly AccountNumbers[],
  returned: ReadonlySet<string>,
): NumberChanges {
  const known = new Set(before.map(({ numbers }) => numbers))
  // A stored inventory mostly has the very lists of before, and comparing 50,000 numbers takes long.
  if (before.length === after.length && after.every(({ numbers }) => known.has(numbers))) return NO_CHANGES
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

/** Whether an account that Vida called active is one of the churn queue now. `then` and `now` in ms. */
function isNewlyCancelled(before: Account, then: number, after: Account, now: number): boolean {
  if (accountState(before, then) !== 'active' || !isChurnedState(accountState(after, now))) return false
  if (before.organizationActive !== null) return true
  // What Vida did not say of the organization then may have been so already.
  return isChurnedState(accountState({ ...after, organizationActive: null, organizationCanceledAt: null }, now))
}

/** Compares two complete inventories. `returned`: numbers returned from here, which did not leave by themselves. */
export function compareInventories(
  before: Snapshot,
  after: Iterable<AccountNumbers>,
  returned: ReadonlySet<string>,
  now = Date.now(),
): Changes {
  const holdings = [...after]
  const changes = compareNumbers(before.accounts, holdings, returned)
  const { appeared, moved } = changes
  const then = Date.parse(before.readAt)
  const earlier = new Map(before.accounts.map(({ account }) => [account.id, account]))
  const cancelled = new Map<string, { account: Account; count: number }>()
  for (const { account, numbers } of holdings) {
    const known = earlier.get(account.id)
    if (!known || !isNewlyCancelled(known, then, account, now)) continue
    const stayed = numbers.filter(({ number }) => !appeared.has(number) && !moved.has(number) && !returned.has(number))
    if (stayed.length > 0) cancelled.set(account.id, { account, count: stayed.length })
  }
  return { ...changes, cancelled }
}
