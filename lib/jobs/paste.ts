import type { Inventory, NumberRow } from '../inventory/rows'
import type { CanBeChosen } from '../inventory/selection'

/** One entry of a pasted list as the server read it: the text, and the number (E.164) that it is, or null. */
export interface PastedEntry {
  text: string
  number: string | null
}

/** A pasted list, sorted. Every entry is in exactly one of the six; `again` holds the repetitions of a number. */
export interface SortedPaste {
  held: { number: string; row: NumberRow }[]
  notFound: string[]
  again: string[]
  inTwoAccounts: string[]
  /** Held, but waiting in a batch, or with an earlier return under way or of unknown outcome. */
  notSettled: string[]
  notNumbers: string[]
}

/** Sorts pasted entries by what the list knows about them; every one of `held` can be chosen. */
export function sortPaste(
  { accounts, twice }: Inventory,
  canBeChosen: CanBeChosen,
  entries: readonly PastedEntry[],
): SortedPaste {
  const wanted = new Set(entries.flatMap(({ number }) => number ?? []))
  const rows = new Map<string, NumberRow>()
  for (const account of accounts) {
    for (const row of account.rows) if (wanted.has(row.number)) rows.set(row.number, row)
  }
  const sorted: SortedPaste = { held: [], notFound: [], again: [], inTwoAccounts: [], notSettled: [], notNumbers: [] }
  const seen = new Set<string>()
  for (const { text, number } of entries) {
    const row = number === null ? undefined : rows.get(number)
    if (number === null) sorted.notNumbers.push(text)
    else if (seen.has(number)) sorted.again.push(number)
    else if (twice.has(number)) sorted.inTwoAccounts.push(number)
    else if (!row) sorted.notFound.push(number)
    else if (canBeChosen(row)) sorted.held.push({ number, row })
    else sorted.notSettled.push(number)
    if (number !== null) seen.add(number)
  }
  return sorted
}
