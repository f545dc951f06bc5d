import { listedIn, meaningsOf, type Near, nearest } from '@/lib/domain/inventory/listed'
import type { Inventory, NumberRow } from '@/lib/domain/inventory/rows'
import type { CanBeChosen } from '@/lib/domain/inventory/selection'
import type { NotANumber, PastedEntry } from '@/lib/domain/text/phone'

/** Entries for which similar numbers are sought: each asks the list several hundred times. */
const MOST_SOUGHT = 100

/** Every entry is in exactly one of these lists. */
export interface ComparedPaste {
  /** `as`: the pasted text, if it has no sure country code or an extension. */
  held: { number: string; row: NumberRow; as: string | null; extension: string | null }[]
  several: { text: string; numbers: { number: string; listed: boolean }[] }[]
  notFound: string[]
  /** No number of the list, but one digit from it. */
  near: { text: string; numbers: Near[] }[]
  /** Repetitions of a number. */
  again: string[]
  inTwoAccounts: string[]
  /** In the list, but waiting in a batch, or with an earlier return that is in progress or unknown. */
  notSettled: string[]
  noCountryCode: string[]
  notNumbers: { text: string; reason: NotANumber; numbers: Near[] }[]
}

/** Compares with the whole inventory. An ambiguous entry matches no number: a guess could return a wrong one. */
export function comparePaste(
  inventory: Inventory,
  canBeChosen: CanBeChosen,
  entries: readonly PastedEntry[],
): ComparedPaste {
  const listed = listedIn(inventory)
  const compared: ComparedPaste = {
    held: [],
    several: [],
    notFound: [],
    near: [],
    again: [],
    inTwoAccounts: [],
    notSettled: [],
    noCountryCode: [],
    notNumbers: [],
  }
  const seen = new Set<string>()
  let sought = 0
  const addUnlisted = ({ text, number, reason }: PastedEntry) => {
    const isComplete = number !== null && reason === null
    const numbers = !isComplete && ++sought <= MOST_SOUGHT ? nearest(text, listed) : []
    if (reason === 'letter_for_digit') compared.notNumbers.push({ text, reason, numbers })
    else if (numbers.length > 0) compared.near.push({ text, numbers })
    else if (number !== null) compared.notFound.push(number)
    else if (reason !== null) compared.notNumbers.push({ text, reason, numbers })
    else compared.noCountryCode.push(text)
  }
  for (const entry of entries) {
    const { text, extension } = entry
    const [number, ...others] = meaningsOf(entry, listed)
    if (others.length > 0 && number !== undefined) {
      const numbers = [number, ...others].map((each) => ({ number: each, listed: listed.rows.has(each) }))
      compared.several.push({ text, numbers })
      continue
    }
    const row = number === undefined ? undefined : listed.rows.get(number)
    if (number !== undefined && seen.has(number)) compared.again.push(number)
    else if (number === undefined || !row) addUnlisted(entry)
    else if (inventory.twice.has(number)) compared.inTwoAccounts.push(number)
    else if (!canBeChosen(row)) compared.notSettled.push(number)
    else {
      const as = number === entry.number && extension === null ? null : text
      compared.held.push({ number, row, as, extension })
    }
    if (number !== undefined) seen.add(number)
  }
  return compared
}
