import { NOTHING_SELECTED, type Selection } from '@/lib/inventory/selection'
import { rowKey } from '@/lib/inventory/state'

/** What was chosen on another page, for the list to begin with. It lives as long as this document. */
let handed: Selection = NOTHING_SELECTED

/** Chooses numbers (E.164) with their accounts for the list, which is opened next. */
export function handOver(chosen: readonly { accountId: string; number: string }[]): void {
  handed = new Set(chosen.map(({ accountId, number }) => rowKey(accountId, number)))
}

/** What was handed over, once. */
export function takeOver(): Selection {
  const taken = handed
  handed = NOTHING_SELECTED
  return taken
}
