import type { Inventory, NumberRow } from '@/lib/domain/inventory/rows'
import type { Obstacle } from '@/lib/domain/inventory/selection'
import type { Batch } from './batch'
import { choiceOf, leftOutSentence, rowsOfItems, whyNotChoosable } from './choice'

export interface Rest {
  rows: NumberRow[]
  leftOut: string
}

/** The numbers that an ended batch did not send and that can be selected now. */
export function restOf(
  { items }: Pick<Batch, 'items'>,
  inventory: Inventory,
  obstacle: (row: Pick<NumberRow, 'number'>) => Obstacle | null,
): Rest {
  const notSent = items.filter(({ outcome }) => outcome === 'not_sent')
  const choice = choiceOf(notSent, whyNotChoosable(inventory, obstacle))
  return { rows: rowsOfItems(inventory, choice.items), leftOut: leftOutSentence(choice) }
}
