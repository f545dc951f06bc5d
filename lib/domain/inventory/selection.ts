import type { Inventory, NumberRow } from './rows'

/** Chosen rows by their keys (account id and number): a fixed set, whatever is searched or filtered afterwards. */
export type Selection = ReadonlySet<string>

export const NOTHING_SELECTED: Selection = new Set()

export function withRows(selection: Selection, keys: Iterable<string>, selected: boolean): Selection {
  const next = new Set(selection)
  for (const key of keys) {
    if (selected) next.add(key)
    else next.delete(key)
  }
  return next
}

/** The keys from one row to another as on screen, both included; the second alone if the first is not shown. */
export function rangeOf(order: readonly string[], from: string | null, to: string): string[] {
  const start = from === null ? -1 : order.indexOf(from)
  const end = order.indexOf(to)
  if (start < 0 || end < 0) return [to]
  return order.slice(Math.min(start, end), Math.max(start, end) + 1)
}

export type Obstacle = 'in_two_accounts' | 'not_settled' | 'protected' | 'in_batch'

interface Numbers {
  has: (number: string) => boolean
}

/** `unsettled`: numbers (E.164) with a return in progress or of unknown outcome; `inBatch`: waiting in a batch. */
export function obstacleTo(
  { number }: Pick<NumberRow, 'number'>,
  { twice }: Pick<Inventory, 'twice'>,
  unsettled: Numbers,
  inBatch: Numbers,
  protectedBy: Numbers,
): Obstacle | null {
  if (twice.has(number)) return 'in_two_accounts'
  if (unsettled.has(number)) return 'not_settled'
  if (protectedBy.has(number)) return 'protected'
  return inBatch.has(number) ? 'in_batch' : null
}

export type CanBeChosen = (row: Pick<NumberRow, 'number'>) => boolean

/** The selection as rows of the list as it is now: what left the list, or can't be chosen any more, drops out. */
export function selectedRows(inventory: Inventory, selection: Selection, canBeChosen: CanBeChosen): NumberRow[] {
  if (selection.size === 0) return []
  return inventory.accounts.flatMap(({ rows }) => rows.filter((row) => selection.has(row.key) && canBeChosen(row)))
}

/** The selection without what left the list or can't be chosen any more. What the scan has not read yet stays in it. */
export function stillSelected(inventory: Inventory, selection: Selection, canBeChosen: CanBeChosen): Selection {
  if (selection.size === 0) return selection
  const rows = new Set(selectedRows(inventory, selection, canBeChosen).map(({ key }) => key))
  const ids = new Set(inventory.accounts.map(({ account }) => account.id))
  const waits = (key: string) => {
    // A number has no spaces in it.
    const end = key.lastIndexOf(' ')
    const id = key.slice(0, end)
    if (!canBeChosen({ number: key.slice(end + 1) })) return false
    return ids.has(id) ? inventory.earlier.has(id) : !inventory.complete
  }
  const still = [...selection].filter((key) => rows.has(key) || waits(key))
  return still.length === selection.size ? selection : new Set(still)
}
