import type { Account } from '@/lib/domain/accounts/account'
import { normalize, normalizedForms, searchText, westernDigits } from '@/lib/domain/text/normalize'
import type { AccountState, NumberRow } from './rows'

/** What the screen shows of a row beside its own texts, in each language and spelling that finds it. */
export interface ShownWording {
  countryNames: (code: string) => readonly string[]
  stateWording: (state: AccountState) => readonly string[]
}

type Test = (row: NumberRow) => boolean

/** Least letters of a word that finds countries and states. */
const LEAST_OF_WORD = 3
/** Least digits of a number in a list of numbers; fewer are still being typed. */
const LEAST_OF_LISTED = 3
/** Least digits of a whole number. */
const WHOLE = 7

const digitsOf = (text: string) => text.replace(/\D/g, '')

const names = new WeakMap<Account, string>()

function namesOf(account: Account): string {
  const { name, organizationName, id, organizationId } = account
  const text = names.get(account) ?? searchText([name, organizationName, id, organizationId])
  names.set(account, text)
  return text
}

function textOf(row: NumberRow): string {
  const { number, national, label, provider, account } = row
  row.text ??= `${searchText([number, national, label, provider])}\n${namesOf(account)}`
  return row.text
}

/** Makes what a search looks at, row by row, so that the first search need not. */
export function* preparedRows(rows: Iterable<NumberRow>): Generator<string> {
  for (const row of rows) yield textOf(row)
}

/** Memoised by value, for what many rows share. */
function once<T>(test: (value: T) => boolean): (value: T) => boolean {
  const known = new Map<T, boolean>()
  return (value) => {
    const found = known.get(value) ?? test(value)
    known.set(value, found)
    return found
  }
}

/** Whether a word begins what is shown, or a later word of it: “states” finds United States, “active” not Inactive. */
function begins(shown: readonly string[], forms: readonly string[]): boolean {
  return shown.some((text) => {
    const words = text.split(/[^\p{L}\p{N}]+/u)
    const tails = words.flatMap((_, index) => normalizedForms(words.slice(index).join(' ')))
    return forms.some((form) => form.length >= LEAST_OF_WORD && tails.some((tail) => tail.startsWith(form)))
  })
}

/** A country's code in capitals, as people write it; in small letters it is the beginning of some word. */
function codeOf(word: string): string | null {
  const code = { UK: 'GB', USA: 'US' }[word] ?? word
  return /^[A-Z]{2}$/.test(code) ? code : null
}

function wordTest(word: string, { countryNames, stateWording }: ShownWording): Test {
  const forms = normalizedForms(word)
  const meant = codeOf(word)
  const isCountry = once((code: string) => code === meant || begins(countryNames(code), forms))
  const isState = once((state: AccountState) => begins(stateWording(state), forms))
  const sms = forms.includes('sms') ? true : forms.includes('nosms') ? false : undefined
  return (row) =>
    forms.some((form) => textOf(row).includes(form)) ||
    isState(row.state) ||
    (row.country !== null && isCountry(row.country)) ||
    row.sms === sms
}

/** Digits anywhere; from five on, what follows `00` or `011` may also be how a number begins: 0044 20 is +44 20. */
function digitsTest(digits: string): Test {
  const [, abroad] = (digits.length >= 5 && /^(?:00|011)(\d+)$/.exec(digits)) || []
  const start = abroad && `+${abroad}`
  return (row) => textOf(row).includes(digits) || (start !== undefined && row.number.startsWith(start))
}

/**
 * One or two digits beside words are a word of a name or a label: any number has a 5 somewhere. They are found as they
 * were written, “1-0” also as “1 0”, and without what separates them.
 */
function shortDigitsTest(token: string): Test {
  const parts = token.split(/\D+/).filter(Boolean)
  const word = new RegExp(`(?<!\\d)(?:${parts.join('[^\\p{L}\\p{N}]+')}|${parts.join('')})(?!\\d)`, 'u')
  const isAccount = once(({ name, id, organizationName, organizationId }: Account) =>
    word.test(westernDigits([name, id, organizationName, organizationId].join('\n'))),
  )
  return ({ label, account }) => (label !== null && word.test(westernDigits(label))) || isAccount(account)
}

const isWhole = (text: string) => digitsOf(text).length >= WHOLE

/** The numbers of a list: separated by commas, lines or spaces, or each with a `+`; just one where it is no list. */
function listedNumbers(text: string): string[] {
  const parts = text.split(/[,;|\t\r\n]+/).flatMap((part) => {
    // Each with a `+`, or whole ones with spaces between; a space within a number leaves pieces that are too short.
    const ways = [part.split(/(?=\+)/), part.trim().split(/\s+/)]
    return ways.find((pieces) => pieces.length > 1 && pieces.every(isWhole)) ?? [part]
  })
  return parts.map((part) => digitsOf(normalize(part))).filter((digits) => digits.length >= LEAST_OF_LISTED)
}

function listTest(numbers: readonly string[]): Test {
  const endings = new Set(
    numbers.flatMap((digits) => {
      if (digits.length < WHOLE) return [digits]
      return [digits, digits.replace(/^0+/, ''), digits.replace(/^011/, '')].filter(Boolean)
    }),
  )
  const lengths = [...new Set([...endings].map(({ length }) => length))]
  return ({ number }) => lengths.some((length) => endings.has(number.slice(-length)))
}

/** Words; neighbouring ones that are digits alone are one run, as “(212) 555” is. */
function tokensOf(text: string): string[] {
  const isDigits = (word: string) => /^\d+$/.test(normalize(word))
  const tokens: string[] = []
  for (const word of text.replace(/\bno\s+sms\b/gi, 'nosms').split(/\s+/)) {
    const last = tokens.length - 1
    const before = tokens[last]
    if (before !== undefined && isDigits(before) && isDigits(word)) tokens[last] = `${before} ${word}`
    else if (normalize(word) !== '') tokens.push(word)
  }
  return tokens
}

/** With digits as 0 to 9, without “(0)” as in “+44 (0)20”, and `tel:` as in links. */
export function cleanedQuery(query: string): string {
  return westernDigits(query)
    .replace(/\(0\)/g, '')
    .replace(/\btel:/gi, ' ')
}

/** Whether a search narrows the list: punctuation alone does not. */
export function isSearch(query: string): boolean {
  return normalize(cleanedQuery(query)) !== ''
}

/** Whether the first search finds all that the second does: digits, without the beginning of a number as dialled abroad. */
export function narrows(before: string, search: string): boolean {
  return /^[1-9]\d*$/.test(before) && /^\d+$/.test(search) && search.startsWith(before)
}

/** A row must match every word; of several numbers, any. `account:` and an id find one account. Null: no search. */
export function searchFor(query: string, shown: ShownWording): Test | null {
  const text = cleanedQuery(query)
  const whole = normalize(text)
  if (whole === '') return null
  if (/^\d+$/.test(whole)) {
    const numbers = listedNumbers(text)
    return numbers.length > 1 ? listTest(numbers) : digitsTest(numbers[0] ?? whole)
  }
  const tests = tokensOf(text).map((token) => {
    const [, id] = /^account:(.+)$/i.exec(token) ?? []
    if (id !== undefined) return ({ account }: NumberRow) => account.id === id
    const digits = normalize(token)
    if (!/^\d+$/.test(digits)) return wordTest(token, shown)
    return digits.length < 3 && !token.includes('+') ? shortDigitsTest(token) : digitsTest(digits)
  })
  return (row) => tests.every((test) => test(row))
}
