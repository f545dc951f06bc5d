import type { Inventory, NumberRow } from '@/lib/domain/inventory/rows'
import type { Obstacle } from '@/lib/domain/inventory/selection'
import { rowKey } from '@/lib/domain/inventory/state'
import type { BatchItem } from './batch'

type LeftOut = Obstacle | 'not_listed'

export interface Choice<Item = BatchItem> {
  items: Item[]
  left: Record<LeftOut, number>
}

const NONE_LEFT = { not_settled: 0, protected: 0, in_batch: 0, in_two_accounts: 0, not_listed: 0 }

/** What can be chosen, and how many can't be, by the reason. */
export function choose<Item>(items: readonly Item[], reasonOf: (item: Item) => LeftOut | null): Choice<Item> {
  const choice: Choice<Item> = { items: [], left: { ...NONE_LEFT } }
  for (const item of items) {
    const reason = reasonOf(item)
    if (reason) choice.left[reason] += 1
    else choice.items.push(item)
  }
  return choice
}

export function choiceOf(
  items: readonly BatchItem[],
  reasonOf: (item: BatchItem) => LeftOut | null = () => null,
): Choice {
  return choose(items, (item) =>
    item.outcome === 'unknown' || item.outcome === 'open' ? 'not_settled' : reasonOf(item),
  )
}

export function whyNotChoosable(
  { accounts }: Inventory,
  obstacle: (row: Pick<NumberRow, 'number'>) => Obstacle | null,
): (item: BatchItem) => LeftOut | null {
  let listed: Set<string> | undefined
  return (item) => {
    listed ??= new Set(accounts.flatMap(({ rows }) => rows.map(({ key }) => key)))
    if (!listed.has(rowKey(item.accountId, item.number))) return 'not_listed'
    return obstacle(item)
  }
}

export function rowsOfItems({ accounts }: Inventory, items: readonly BatchItem[]): NumberRow[] {
  const wanted = new Set(items.map(({ accountId, number }) => rowKey(accountId, number)))
  return accounts.flatMap(({ rows }) => rows.filter(({ key }) => wanted.has(key)))
}

const LEFT_OUT: readonly [reason: LeftOut, one: string, many: string][] = [
  ['not_settled', 'has a return that is not settled', 'have a return that is not settled'],
  ['protected', 'is protected', 'are protected'],
  ['in_batch', 'waits in a batch', 'wait in a batch'],
  ['in_two_accounts', 'is in two accounts', 'are in two accounts'],
  ['not_listed', 'is not in the list', 'are not in the list'],
]

/** “3 have a return that is not settled, 1 is not in the list”; empty when all can be chosen. */
export function leftOutWording({ left }: Pick<Choice, 'left'>): string {
  return LEFT_OUT.filter(([reason]) => left[reason] > 0)
    .map(([reason, one, many]) => `${left[reason].toLocaleString()} ${left[reason] === 1 ? one : many}`)
    .join(', ')
}

function leftOutCount({ left }: Pick<Choice, 'left'>): number {
  return LEFT_OUT.reduce((sum, [reason]) => sum + left[reason], 0)
}

export function countOf(choice: Choice): number {
  return choice.items.length + leftOutCount(choice)
}

/** “3 of its numbers are left out: 3 wait in a batch.”; empty when all can be chosen. `Its`: a batch's or a customer's. */
export function leftOutSentence(choice: Pick<Choice, 'left'>): string {
  const left = leftOutCount(choice)
  if (left === 0) return ''
  const which = `${left.toLocaleString()} of its numbers ${left === 1 ? 'is' : 'are'} left out`
  return `${which}: ${leftOutWording(choice)}.`
}

export function chosenSentence(choice: Choice): string {
  const chosen = choice.items.length
  const left = leftOutWording(choice)
  if (left === '') return `${chosen.toLocaleString()} ${chosen === 1 ? 'number' : 'numbers'} selected.`
  return `${chosen.toLocaleString()} of ${countOf(choice).toLocaleString()} selected; ${left}.`
}
