import 'server-only'
import { findPhoneNumbersInText } from 'libphonenumber-js/min'
import { isE164, readTyped, type TypedNumber } from './e164'

/** Most entries that a pasted list may have. */
export const PASTE_LIMIT = 5_000

/** One entry of a pasted list: the text as it stood there, and what it is read as. */
export interface PastedEntry extends TypedNumber {
  text: string
}

/** Longest text of an entry that is shown back. */
const SHOWN = 80

/**
 * Takes a pasted text apart: numbers in any usual format, one a line or separated by tab, comma, semicolon or bar, or
 * standing in a sentence. What is no number stays an entry of its own, so that nothing vanishes.
 * @returns at most `PASTE_LIMIT` entries and whether there were more.
 */
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
    // An extension names a line behind the number; to return the number is not what was written.
    if (number.ext || !isE164(number.number)) return []
    const text = cell.slice(startsAt, endsAt)
    return [{ text, number: number.number, national: readTyped(text, defaultCountry).national }]
  })
  return numbers.length > 0 ? numbers : [whole]
}
