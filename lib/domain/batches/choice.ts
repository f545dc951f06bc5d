import type { Inventory, NumberRow } from '@/lib/domain/inventory/rows'
import type { Obstacle } from '@/lib/domain/inventory/selection'
import { rowKey } from '@/lib/domain/inventory/state'
import type { BatchItem } from './batch'

/** What keeps a number of a batch from being chosen in the list. */
type LeftOut = Obstacle | 'not_listed'

/** The numbers of a batch that can be chosen, to be tried again, and how many can't, by the reason. */
export interface Choice {
  items: BatchItem[]
  left: Record<LeftOut, number>
}

/** Sorts numbers of a batch by whether they can be chosen; `keeps` tells what keeps one from it, besides its own outcome. */
export function choiceOf(items: readonly BatchItem[], keeps: (item: BatchItem) => LeftOut | null = () => null): Choice {
  const choice: Choice = { items: [], left: { not_settled: 0, in_batch: 0, in_two_accounts: 0, not_listed: 0 } }
  for (const item of items) {
    const why = item.outcome === 'unknown' || item.outcome === 'open' ? 'not_settled' : keeps(item)
    if (why) choice.left[why] += 1
    else choice.items.push(item)
  }
  return choice
}

/** What the list as it is now says against choosing a number of a batch. */
export function keptFromList(
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

/** The rows of these numbers of a batch in the list as it is now. */
export function rowsOfItems({ accounts }: Inventory, items: readonly BatchItem[]): NumberRow[] {
  const wanted = new Set(items.map(({ accountId, number }) => rowKey(accountId, number)))
  return accounts.flatMap(({ rows }) => rows.filter(({ key }) => wanted.has(key)))
}

const ONE: Record<LeftOut, string> = {
  not_settled: 'has a return that is not settled',
  in_batch: 'waits in a batch',
  in_two_accounts: 'is in two accounts',
  not_listed: 'is not in the list',
}
const MANY: Record<LeftOut, string> = {
  not_settled: 'have a return that is not settled',
  in_batch: 'wait in a batch',
  in_two_accounts: 'are in two accounts',
  not_listed: 'are not in the list',
}
const ORDER: readonly LeftOut[] = ['not_settled', 'in_batch', 'in_two_accounts', 'not_listed']

/** “3 have a return that is not settled, 1 is not in the list”; empty when all can be chosen. */
export function leftOutWording({ left }: Choice): string {
  return ORDER.filter((why) => left[why] > 0)
    .map((why) => `${left[why].toLocaleString()} ${left[why] === 1 ? ONE[why] : MANY[why]}`)
    .join(', ')
}

/** How many there are, whether or not they can be chosen. */
export function countOf({ items, left }: Choice): number {
  return items.length + ORDER.reduce((sum, why) => sum + left[why], 0)
}

/** “2 of 5 selected; 3 have a return that is not settled.” */
export function chosenSentence(choice: Choice): string {
  const chosen = choice.items.length
  const left = leftOutWording(choice)
  if (left === '') return `${chosen.toLocaleString()} ${chosen === 1 ? 'number' : 'numbers'} selected.`
  return `${chosen.toLocaleString()} of ${countOf(choice).toLocaleString()} selected; ${left}.`
}
