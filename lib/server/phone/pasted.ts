import 'server-only'
import { findPhoneNumbersInText } from 'libphonenumber-js/min'
import { isE164, readTyped, type TypedNumber } from './e164'

/** Entries. */
export const PASTE_LIMIT = 5_000

export interface PastedEntry extends TypedNumber {
  text: string
}

/** Characters of an entry that are shown back. */
const SHOWN = 80

/** Splits at line ends, tabs, commas, semicolons and bars, and finds numbers in sentences. The rest stays an entry. */
export function readPasted(text: string, defaultCountry: 'US'): { entries: PastedEntry[]; more: boolean } {
  const entries: PastedEntry[] = []
  for (const cell of text.split(/[\r\n\t,;|]+/)) {
    const trimmed = cell.trim().replace(/^["']+|["']+$/g, '')
    if (trimmed === '') continue
    for (const entry of readCell(trimmed, defaultCountry)) {
      if (entries.length === PASTE_LIMIT) return { entries, more: true }
      entries.push(entry)
    }
  }
  return { entries, more: false }
}

function readCell(cell: string, defaultCountry: 'US'): PastedEntry[] {
  const whole = { text: cell.slice(0, SHOWN), ...readTyped(cell, defaultCountry) }
  if (whole.number !== null || whole.national !== null) return [whole]
  const found = cell.length > 2_000 ? [] : findPhoneNumbersInText(cell, { defaultCountry })
  const numbers = found.flatMap(({ number, startsAt, endsAt }): PastedEntry[] => {
    // To return the number is not what an extension of it means.
    if (number.ext || !isE164(number.number)) return []
    const text = cell.slice(startsAt, endsAt)
    return [{ text, number: number.number, national: readTyped(text, defaultCountry).national }]
  })
  return numbers.length > 0 ? numbers : [whole]
}
