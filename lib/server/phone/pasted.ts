import 'server-only'
import { cleanLines } from '@/lib/domain/text/clean'
import { foldPhone, type PastedEntry } from '@/lib/domain/text/phone'
import { inSlices } from '@/lib/server/process/slices'
import { isPossible, readTyped } from './e164'
import { partsOf } from './parts'
import { reasonOf } from './reason'

/** Entries. */
export const PASTE_LIMIT = 5_000

/** Characters of an entry that are shown back. */
const SHOWN = 80

/** Characters; a longer cell is not read as one number, only searched for numbers. */
const LONGEST_NUMBER = 100

const FEWEST_DIGITS = 6

/** A comma or a semicolon before an extension does not end a cell. */
const CELLS = /[^\r\n\t,;|]+(?:[,;] {0,3}(?:ext(?:ension|n)?|x)[ .:=]{0,3}\d{1,5}(?![^\r\n\t,;| ]))?/gi

const LINE_ENDS = /\r\n|[\r\n]/g

const EXTENSION = String.raw`[ ,;]{0,3}(?:ext(?:ension|n)?|x|#)[ .:=]{0,3}(\d{1,5})`
const EXTENSION_AT_END = new RegExp(`${EXTENSION}$`, 'i')
const BETWEEN = String.raw`(?: {1,3}(?:[-/] {0,3})?|[-/] {0,3}|\.)`
const GROUPS = String.raw`(?:${BETWEEN}?\(\d{1,6}\)|${BETWEEN}\d+|(?<=\))\d+)*`
/** Digits in groups, with what may stand between them, and an extension. A full stop before a space ends it. */
const NUMBERS = String.raw`(?:\+ ?)?(?:\(\+?\d{1,6}\)|\d+)${GROUPS}(?:${EXTENSION}(?![\p{L}\d]))?`

type ReadEntry = Omit<PastedEntry, 'line'>

const NO_NUMBER = { number: null, national: null, extension: null }

const IN_WORD = /[\p{L}\p{N}_@]/u

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
function* entriesOf(pasted: string, defaultCountry: 'US'): Generator<PastedEntry | null> {
  let line = 1
  let counted = 0
  for (const { 0: cell, index } of pasted.matchAll(CELLS)) {
    line += pasted.slice(counted, index).match(LINE_ENDS)?.length ?? 0
    counted = index
    const text = yield* cleaned(cell)
    const trimmed = withoutQuotes(text.trim())
    if (trimmed === '') yield null
    else for (const entry of readCell(trimmed, defaultCountry)) yield entry && { line, ...entry }
  }
}

const PIECE = 4_000

function* cleaned(cell: string): Generator<null, string> {
  let text = ''
  for (let from = 0; from < cell.length; from += PIECE) {
    text += cleanLines(cell.slice(from, from + PIECE))
    yield null
  }
  return text
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

function readOne(text: string, defaultCountry: 'US'): ReadEntry {
  const start = text.slice(0, LONGEST_NUMBER + 1)
  const extension = EXTENSION_AT_END.exec(start)?.[1] ?? null
  const alone = extension === null ? start : start.replace(EXTENSION_AT_END, '')
  const { number, national } = readTyped(alone, defaultCountry)
  const isSure = number === null || national !== null || isPossible(number)
  const reason = number === null ? reasonOf(alone) : isSure ? null : 'impossible'
  return { text: text.slice(0, SHOWN), number, national, extension, reason }
}

function* readCell(cell: string, defaultCountry: 'US'): Generator<ReadEntry | null> {
  const folded = foldPhone(cell)
  const whole = readOne(folded, defaultCountry)
  const isNamed = whole.reason === 'lost_digits' || whole.reason === 'letter_for_digit'
  if (whole.number !== null || isNamed) return yield whole
  let found = 0
  for (const entry of numbersIn(folded, defaultCountry)) {
    if (entry !== null) found += 1
    yield entry
  }
  if (found === 0) yield { ...whole, text: cell.slice(0, SHOWN) }
}

const isLong = (text: string) => text.replace(/\D/g, '').length >= FEWEST_DIGITS

/** Null for digits that are too few. */
function* numbersIn(cell: string, defaultCountry: 'US'): Generator<ReadEntry | null> {
  const numbers = new RegExp(NUMBERS, 'giu')
  let read = 0
  for (let match = numbers.exec(cell); match; match = numbers.exec(cell)) {
    const [text] = match
    yield null
    const afterLetter = !text.startsWith('+') && IN_WORD.test(cell.charAt(match.index - 1))
    const beforeLetter = IN_WORD.test(cell.charAt(numbers.lastIndex))
    // The group beside a letter is a part of a word and no number.
    const wordAt = afterLetter ? match.index : text.lastIndexOf(' ') + 1 + match.index
    const alone = afterLetter || beforeLetter ? cell.slice(match.index, wordAt).trim() : text
    if (isLong(alone)) for (const part of partsOf(alone, EXTENSION_AT_END)) yield readOne(part, defaultCountry)
    if (afterLetter || beforeLetter) {
      const end = cell.indexOf(' ', wordAt)
      numbers.lastIndex = end < 0 ? cell.length : end
      const word = cell.slice(Math.max(read, cell.lastIndexOf(' ', wordAt - 1) + 1), numbers.lastIndex)
      const isLongWord = isLong(cell.slice(wordAt, numbers.lastIndex))
      if (isLongWord) yield { ...NO_NUMBER, text: word.slice(0, SHOWN), reason: reasonOf(word) ?? 'letters' }
    }
    read = numbers.lastIndex
  }
}
