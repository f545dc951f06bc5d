import 'server-only'
import { findPhoneNumbersInText } from 'libphonenumber-js/min'
import { cleanLine } from '@/lib/domain/text/clean'
import { inSlices } from '@/lib/server/process/slices'
import { isE164, readTyped, type TypedNumber } from './e164'

/** Entries. */
export const PASTE_LIMIT = 5_000

export interface PastedEntry extends TypedNumber {
  text: string
}

/** Characters of an entry that are shown back. */
const SHOWN = 80

/** Characters; what is longer is an entry without a number. */
const LONGEST_SENTENCE = 2_000

/** Characters that are searched at once: the phone library may take 30 µs for each. */
const WINDOW = 250

/** Characters; a number that begins so long before a window's end is whole in it, with its extension. */
const LONGEST_NUMBER = 80

const FEWEST_DIGITS = 7

/** Splits at line ends, tabs, commas, semicolons and bars, and finds numbers in sentences. The rest stays an entry. */
export async function readPasted(
  text: string,
  defaultCountry: 'US',
  signal?: AbortSignal,
): Promise<{ entries: PastedEntry[]; more: boolean }> {
  const entries: PastedEntry[] = []
  for await (const entry of inSlices(entriesOf(text, defaultCountry), signal)) {
    if (entry === null) continue
    if (entries.length === PASTE_LIMIT) return { entries, more: true }
    entries.push(entry)
  }
  return { entries, more: false }
}

/** Null after a step that gave no entry, so that no step takes long. */
function* entriesOf(text: string, defaultCountry: 'US'): Generator<PastedEntry | null> {
  for (const [cell] of text.matchAll(/[^\r\n\t,;|]+/g)) {
    if (cell.length > LONGEST_SENTENCE) {
      yield { text: cleanLine(cell.slice(0, SHOWN)), number: null, national: null }
      continue
    }
    const trimmed = withoutQuotes(cleanLine(cell))
    if (trimmed === '') yield null
    else yield* readCell(trimmed, defaultCountry)
  }
}

/** By hand, because a pattern for the quotes at the end tries again at each quote within the text. */
function withoutQuotes(text: string): string {
  const isQuote = (index: number) => text[index] === '"' || text[index] === "'"
  let from = 0
  let to = text.length
  while (from < to && isQuote(from)) from += 1
  while (to > from && isQuote(to - 1)) to -= 1
  return text.slice(from, to)
}

function* readCell(cell: string, defaultCountry: 'US'): Generator<PastedEntry | null> {
  const whole = { text: cell.slice(0, SHOWN), ...readTyped(cell, defaultCountry) }
  if (whole.number !== null || whole.national !== null) return yield whole
  let found = 0
  for (const entry of numbersIn(cell, defaultCountry)) {
    if (entry !== null) found += 1
    yield entry
  }
  if (found === 0) yield whole
}

function* numbersIn(cell: string, defaultCountry: 'US'): Generator<PastedEntry | null> {
  if ((cell.match(/\p{Nd}/gu)?.length ?? 0) < FEWEST_DIGITS) return
  for (let from = 0; from < cell.length; ) {
    const window = cell.slice(from, from + WINDOW)
    const isLast = from + WINDOW >= cell.length
    const sure = isLast ? window.length : WINDOW - LONGEST_NUMBER
    let next = isLast ? window.length : lastSpaceBefore(window, sure)
    for (const { number, startsAt, endsAt } of findPhoneNumbersInText(window, { defaultCountry })) {
      if (startsAt >= sure) break
      next = Math.max(next, endsAt)
      // To return the number is not what an extension of it means.
      if (number.ext || !isE164(number.number)) continue
      const text = window.slice(startsAt, endsAt)
      yield { text, number: number.number, national: readTyped(text, defaultCountry).national }
    }
    from += next
    yield null
  }
}

/** So that no part of a longer row of digits is taken for a number. */
function lastSpaceBefore(text: string, end: number): number {
  const space = text.lastIndexOf(' ', end)
  return space > 0 ? space : end
}
