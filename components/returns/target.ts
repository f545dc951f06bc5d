import type { AccountRows, Inventory, NumberRow } from '@/lib/domain/inventory/rows'

/** What a confirmation is about; it does not change while the list does. */
export interface ReturnTarget {
  /** E.164 */
  number: string
  national: string | null
  /** null: typed by hand and not in the list. */
  row: NumberRow | null
}

/** What a person says with a confirmation; empty: nothing. */
export interface Said {
  reason: string
  note: string
}

export function targetOf(row: NumberRow): ReturnTarget {
  return { number: row.number, national: row.national, row }
}

export function rowsOfNumber({ accounts }: Inventory, number: string): NumberRow[] {
  return accounts.flatMap(({ rows }) => rows.filter((row) => row.number === number))
}

/** Whether the return leaves the account without any number. `maybe`: the list is not complete. */
export function isLastNumber(
  { number, row }: ReturnTarget,
  accounts: readonly AccountRows[],
  complete: boolean,
): 'yes' | 'maybe' | 'no' {
  const found = accounts.find((account) => account.account.id === row?.account.id)
  if (found?.rows.length !== 1 || found.rows[0]?.number !== number) return 'no'
  return complete ? 'yes' : 'maybe'
}
