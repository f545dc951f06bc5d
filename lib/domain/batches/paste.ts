import type { Inventory, NumberRow } from '@/lib/domain/inventory/rows'
import type { CanBeChosen } from '@/lib/domain/inventory/selection'

/** One entry of a pasted list. `number` is E.164; `national` has the digits of an entry without a country code. */
export interface PastedEntry {
  text: string
  number: string | null
  national: string | null
}

/** Every entry is in exactly one of these lists. */
export interface ComparedPaste {
  /** `as`: the pasted text, if it matched only by its national form. */
  held: { number: string; row: NumberRow; as: string | null }[]
  /** Entries without a country code that match more than one number. */
  several: { text: string; numbers: { number: string; listed: boolean }[] }[]
  notFound: string[]
  /** Repetitions of a number. */
  again: string[]
  inTwoAccounts: string[]
  /** In the list, but waiting in a batch, or with an earlier return that is in progress or unknown. */
  notSettled: string[]
  noCountryCode: string[]
  notNumbers: string[]
}

interface Listed {
  rows: ReadonlyMap<string, NumberRow>
  /** Digits of a national form → its numbers. */
  nationals: ReadonlyMap<string, ReadonlySet<string>>
}

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

function meanings({ number, national }: PastedEntry, { nationals }: Listed): string[] {
  const same = national === null ? [] : (nationals.get(national) ?? [])
  return [...new Set([...(number === null ? [] : [number]), ...same])]
}

/** Compares with the whole inventory. An ambiguous entry matches no number: a guess could return a wrong one. */
export function comparePaste(
  inventory: Inventory,
  canBeChosen: CanBeChosen,
  entries: readonly PastedEntry[],
): ComparedPaste {
  const listed = listedOf(inventory, entries)
  const compared: ComparedPaste = {
    held: [],
    several: [],
    notFound: [],
    again: [],
    inTwoAccounts: [],
    notSettled: [],
    noCountryCode: [],
    notNumbers: [],
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
