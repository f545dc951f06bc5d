import { NOTHING_SELECTED, type Selection } from '@/lib/domain/inventory/selection'
import { rowKey } from '@/lib/domain/inventory/state'

export interface Chosen {
  keys: Selection
  note: string
}

const NONE_CHOSEN: Chosen = { keys: NOTHING_SELECTED, note: '' }

/** What was chosen on another page, for the list to begin with. It lives as long as this document. */
let handed = NONE_CHOSEN

/** Chooses numbers (E.164) with their accounts for the list, which is opened next. */
export function handOver(chosen: readonly { accountId: string; number: string }[], note: string | null): void {
  handed = { keys: new Set(chosen.map(({ accountId, number }) => rowKey(accountId, number))), note: note ?? '' }
}

export function takeOver(): Chosen {
  const taken = handed
  handed = NONE_CHOSEN
  return taken
}
