import type { Inventory, NumberRow } from '@/lib/domain/inventory/rows'
import type { Obstacle } from '@/lib/domain/inventory/selection'
import type { Batch } from './batch'
import { choiceOf, keptFromList, leftOutWording, rowsOfItems } from './choice'

/** What a batch that is over did not send, as the list has it now. */
export interface Rest {
  rows: NumberRow[]
  /** “2 of its numbers are left out: 2 are not in the list.”; empty where none is. */
  leftOut: string
}

/** The numbers that a batch did not send and that can be chosen now; what keeps the others is told. */
export function restOf(
  { items }: Pick<Batch, 'items'>,
  inventory: Inventory,
  obstacle: (row: Pick<NumberRow, 'number'>) => Obstacle | null,
): Rest {
  const notSent = items.filter(({ outcome }) => outcome === 'not_sent')
  const choice = choiceOf(notSent, keptFromList(inventory, obstacle))
  const left = notSent.length - choice.items.length
  const which = `${left.toLocaleString()} of its numbers ${left === 1 ? 'is' : 'are'} left out`
  return {
    rows: rowsOfItems(inventory, choice.items),
    leftOut: left === 0 ? '' : `${which}: ${leftOutWording(choice)}.`,
  }
}
