import type { Inventory, NumberRow } from './rows'

/** Chosen rows by their keys (account id and number): a fixed set, whatever is searched or filtered afterwards. */
export type Selection = ReadonlySet<string>

export const NOTHING_SELECTED: Selection = new Set()

/** Adds or takes away rows. */
export function withRows(selection: Selection, keys: Iterable<string>, selected: boolean): Selection {
  const next = new Set(selection)
  for (const key of keys) {
    if (selected) next.add(key)
    else next.delete(key)
  }
  return next
}

/** The keys from one row to another in the order on screen, both included; the second alone if the first is not shown. */
export function rangeOf(order: readonly string[], from: string | null, to: string): string[] {
  const start = from === null ? -1 : order.indexOf(from)
  const end = order.indexOf(to)
  if (start < 0 || end < 0) return [to]
  return order.slice(Math.min(start, end), Math.max(start, end) + 1)
}

/** A number that two accounts hold can't be returned, so it can't be chosen. */
export function isSelectable({ twice }: Inventory, { number }: NumberRow): boolean {
  return !twice.has(number)
}

/** The selection as rows of the list as it is now: what left the list, or came to be in two accounts, drops out. */
export function selectedRows(inventory: Inventory, selection: Selection): NumberRow[] {
  if (selection.size === 0) return []
  return inventory.accounts.flatMap(({ rows }) =>
    rows.filter((row) => selection.has(row.key) && isSelectable(inventory, row)),
  )
}
