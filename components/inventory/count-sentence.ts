import { plural } from '@/lib/client/format/format'
import type { InventoryModel } from './use-inventory'

type Reading = Pick<InventoryModel, 'state' | 'reading' | 'waiting' | 'asOf'>

/** How many numbers are known, of all or of a part, and what is left out on a phone without room. */
export function countSentence(
  { state, reading, waiting, asOf }: Reading,
  total: number,
  accounts: number,
): [text: string, more: string] {
  // Without a number: the first use of Intl would delay the first paint.
  if (waiting) return ['Reading the list from Vida', '']
  const numbers = plural(total, 'number')
  if (state.complete) return [numbers, ` in ${plural(accounts, 'account')}`]
  if (reading) return [numbers, asOf ? ', reading again' : ' so far']
  return [asOf || total > 0 ? `${numbers} shown` : 'Nothing could be read', '']
}
