import type { AccountRows, Inventory, NumberRow } from '@/lib/domain/inventory/rows'

/** Exactly what a confirmation is about: it does not change while the list behind it does. */
export interface ReturnTarget {
  /** E.164 */
  number: string
  national: string | null
  /** The row as the list showed it; null: typed by hand and not in the list, so nobody is known to hold it. */
  row: NumberRow | null
}

export function targetOf(row: NumberRow): ReturnTarget {
  return { number: row.number, national: row.national, row }
}

/** All places where the list shows a number. */
export function rowsOfNumber({ accounts }: Inventory, number: string): NumberRow[] {
  return accounts.flatMap(({ rows }) => rows.filter((row) => row.number === number))
}

/** Whether the account would be left without any number. `maybe`: the list is not complete. */
export function isLastNumber(
  { number, row }: ReturnTarget,
  accounts: readonly AccountRows[],
  complete: boolean,
): 'yes' | 'maybe' | 'no' {
  const held = accounts.find((account) => account.account.id === row?.account.id)
  if (held?.rows.length !== 1 || held.rows[0]?.number !== number) return 'no'
  return complete ? 'yes' : 'maybe'
}
