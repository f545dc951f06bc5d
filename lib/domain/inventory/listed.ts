import { correctedLetters, foldPhone, type PastedEntry, phoneDigits } from '@/lib/domain/text/phone'
import type { Inventory, NumberRow } from './rows'

/** The numbers of the list by the ways in which people write them. */
export interface Listed {
  rows: ReadonlyMap<string, NumberRow>
  /** Digits of a national form, with and without its trunk prefix → numbers. Those of +1 need none: +1 is before them. */
  nationals: ReadonlyMap<string, readonly string[]>
}

const made = new WeakMap<Inventory, Listed>()

/** Digits that are compared with the list: of fewer, or of more, none is a number or nearly one. */
const LEAST = 6
const MOST = 16

/** The longest trunk prefixes have two digits. */
const TRUNK = [1, 2]

function formsOf({ number, national }: NumberRow): string[] {
  const form = national?.replace(/\D/g, '') ?? ''
  if (form === '') return []
  if (number.endsWith(form)) return [form]
  const prefix = TRUNK.find((length) => number.endsWith(form.slice(length)))
  return prefix === undefined ? [form] : [form, form.slice(prefix)]
}

export function listedIn(inventory: Inventory): Listed {
  const known = made.get(inventory)
  if (known) return known
  const rows = new Map<string, NumberRow>()
  const nationals = new Map<string, string[]>()
  for (const account of inventory.accounts) {
    for (const row of account.rows) {
      if (!row.number.startsWith('+1') && !rows.has(row.number)) {
        for (const form of formsOf(row)) {
          const same = nationals.get(form)
          if (same) same.push(row.number)
          else nationals.set(form, [row.number])
        }
      }
      rows.set(row.number, row)
    }
  }
  const listed = { rows, nationals }
  made.set(inventory, listed)
  return listed
}

function* withDigits(digits: string, { rows, nationals }: Listed): Generator<string> {
  const written = `+${digits}`
  if (rows.has(written)) yield written
  const american = `+1${digits}`
  if (rows.has(american)) yield american
  yield* nationals.get(digits) ?? []
}

const shown = (text: string) => foldPhone(text).trim().replace(/ +/g, ' ')

/**
 * The numbers (E.164) that a text may mean. What the list shows goes before any numbering plan; digits alone may mean
 * any listed number that has them, and what the numbering plan reads.
 */
export function meaningsOf(entry: Pick<PastedEntry, 'text' | 'number' | 'national'>, listed: Listed): string[] {
  const { text, number, national } = entry
  const typed = phoneDigits(text)
  if (typed?.plus && listed.rows.has(`+${typed.digits}`)) return [`+${typed.digits}`]
  const read = number === null ? [] : [number]
  if (national === null) return read
  const abroad = `+${national.slice(3)}`
  const same = [
    ...withDigits(national, listed),
    ...(national.startsWith('011') && listed.rows.has(abroad) ? [abroad] : []),
  ]
  const isShown = same.some((each) => shown(listed.rows.get(each)?.national ?? '') === shown(text))
  return [...new Set(isShown ? same : [...read, ...same])]
}

/** The same for a text typed by hand. `number` (E.164) is what the numbering plans read, if anything. */
export function meaningsOfTyped(text: string, number: string | null, listed: Listed): string[] {
  const typed = phoneDigits(text)
  const national = typed && !typed.plus && typed.digits.length >= LEAST ? typed.digits : null
  return meaningsOf({ text, number, national }, listed)
}

export type Difference = 'short' | 'long' | 'wrong' | 'swapped' | 'letters'

export interface Near {
  number: string
  difference: Difference
}

function* editsOf(digits: string): Generator<[Difference, string]> {
  for (let index = 0; index <= digits.length; index += 1) {
    const [before, after] = [digits.slice(0, index), digits.slice(index)]
    const [first = '', second = ''] = after
    for (const digit of '0123456789') {
      yield ['short', before + digit + after]
      if (first !== '' && first !== digit) yield ['wrong', before + digit + after.slice(1)]
    }
    if (first !== '') yield ['long', before + after.slice(1)]
    if (first !== second && second !== '') yield ['swapped', before + second + first + after.slice(2)]
  }
}

/** Listed numbers that differ from a text by one digit, or by letters in place of digits. Never what the text means. */
export function nearest(text: string, listed: Listed): Near[] {
  const corrected = correctedLetters(text)
  const digits = phoneDigits(corrected ?? text)?.digits ?? ''
  if (digits.length < LEAST || digits.length > MOST) return []
  const edits: Iterable<[Difference, string]> = corrected === null ? editsOf(digits) : [['letters', digits]]
  const found = new Map<string, Difference>()
  for (const [difference, edited] of edits)
    for (const number of withDigits(edited, listed)) found.set(number, difference)
  return Array.from(found, ([number, difference]) => ({ number, difference }))
}
