import type { Inventory, NumberRow } from '@/lib/domain/inventory/rows'
import type { CanBeChosen } from '@/lib/domain/inventory/selection'

/**
 * One entry of a pasted list as the server read it: the text, and the number (E.164) that it is, or null. `national`: its
 * digits where no country code was written; then they may be the national form of another number.
 */
export interface PastedEntry {
  text: string
  number: string | null
  national: string | null
}

/** A pasted list beside the list. Every entry is in exactly one of the eight; `again` holds the repetitions of a number. */
export interface ComparedPaste {
  /** `as`: what was written, where it is this number only by being its national form in the list. */
  held: { number: string; row: NumberRow; as: string | null }[]
  /** Without a country code it may be any of `numbers`: none of them is chosen. */
  several: { text: string; numbers: { number: string; listed: boolean }[] }[]
  notFound: string[]
  again: string[]
  inTwoAccounts: string[]
  /** Held, but waiting in a batch, or with an earlier return under way or of unknown outcome. */
  notSettled: string[]
  /** May be a number, but no country code was written, and it is no number's national form in the list. */
  noCountryCode: string[]
  notNumbers: string[]
}

interface Listed {
  rows: ReadonlyMap<string, NumberRow>
  /** The digits of a national form → the numbers that have it. */
  nationals: ReadonlyMap<string, ReadonlySet<string>>
}

/** What the list has of the numbers and national forms that are asked for. */
function listedOf({ accounts }: Inventory, entries: readonly PastedEntry[]): Listed {
  const forms = new Set(entries.flatMap(({ national }) => national ?? []))
  const rows = new Map<string, NumberRow>()
  const nationals = new Map<string, Set<string>>()
  for (const account of accounts) {
    for (const row of account.rows) {
      rows.set(row.number, row)
      const form = row.national?.replace(/\D/g, '') ?? ''
      if (forms.has(form)) nationals.set(form, (nationals.get(form) ?? new Set()).add(row.number))
    }
  }
  return { rows, nationals }
}

/** Every number that an entry may be: as it was read, and whichever the list shows in that national form. */
function meanings({ number, national }: PastedEntry, { nationals }: Listed): string[] {
  const same = national === null ? [] : (nationals.get(national) ?? [])
  return [...new Set([...(number === null ? [] : [number]), ...same])]
}

/**
 * Compares pasted entries with all that the list knows, whatever is filtered; every one of `held` can be chosen. What may
 * be more than one number is none of them: a wrong guess would cut somebody else's line.
 */
export function comparePaste(
  inventory: Inventory,
  canBeChosen: CanBeChosen,
  entries: readonly PastedEntry[],
): ComparedPaste {
  const listed = listedOf(inventory, entries)
  const compared: ComparedPaste = {
    ...{ held: [], several: [], notFound: [], again: [] },
    ...{ inTwoAccounts: [], notSettled: [], noCountryCode: [], notNumbers: [] },
  }
  const seen = new Set<string>()
  for (const entry of entries) {
    const { text, national } = entry
    const [number, ...others] = meanings(entry, listed)
    if (number === undefined) (national === null ? compared.notNumbers : compared.noCountryCode).push(text)
    else if (others.length > 0) {
      const numbers = [number, ...others].map((each) => ({ number: each, listed: listed.rows.has(each) }))
      compared.several.push({ text, numbers })
    } else {
      const row = listed.rows.get(number)
      if (seen.has(number)) compared.again.push(number)
      else if (inventory.twice.has(number)) compared.inTwoAccounts.push(number)
      else if (!row) compared.notFound.push(number)
      else if (canBeChosen(row)) compared.held.push({ number, row, as: entry.number === null ? text : null })
      else compared.notSettled.push(number)
      seen.add(number)
    }
  }
  return compared
}
