import { westernDigits } from './normalize'

export type NotANumber =
  | 'no_number'
  | 'lost_digits'
  | 'letter_for_digit'
  | 'error_value'
  | 'letters'
  | 'too_short'
  | 'too_long'
  | 'date'
  | 'impossible'

export interface PastedEntry {
  /** The line of the text in which it stands, from 1; several entries may share one. */
  line: number
  text: string
  /** E.164, as written or, where `national` is not null, as the numbering plan of the United States reads it. */
  number: string | null
  /** 6 to 15 digits without a sure country code, which may be any country's national form. */
  national: string | null
  extension: string | null
  /** Null for a number, and for digits that may only lack their country code. A `number` may be `impossible`. */
  reason: NotANumber | null
}

const PLAIN = /^[\x20-\x7e]*$/
const DASHES = /[\u2010-\u2015\u2212\u30fc]/g
const UNSEEN = /\p{Cf}/gu
const FULL_WIDTH = /[\uff01-\uff5e]/g

/** Writes digits, dashes, spaces and signs as ASCII does, and leaves out what is invisible. Line ends become spaces. */
export function foldPhone(text: string): string {
  if (PLAIN.test(text)) return text
  return westernDigits(text)
    .replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(UNSEEN, '')
    .replace(DASHES, '-')
    .replace(/\s/g, ' ')
}

/** The same, trimmed, without `tel:` and the brackets of `(+1)`; `00` before a country code is `+`. */
export function plainPhone(text: string): string {
  return foldPhone(text)
    .trim()
    .replace(/^tel: */i, '')
    .replace(/^\( *\+ *(\d{1,3}) *\)/, '+$1 ')
    .replace(/^00(?=[ \-.]?[1-9])/, '+')
}

export interface PhoneDigits {
  /** Whether a `+` or `00` says that they begin with a country code. */
  plus: boolean
  digits: string
}

/** The digits of a text that holds nothing but a number and its punctuation; else null. */
export function phoneDigits(text: string): PhoneDigits | null {
  const plain = plainPhone(text)
  if (!/^\+?[\d ().\-/]+$/.test(plain)) return null
  const plus = plain.startsWith('+')
  const digits = plain.replace(plus ? /\(0\)|\D/g : /\D/g, '')
  return digits === '' ? null : { plus, digits }
}

const LETTERS = /[OoIl]/g

/** A number in which letters stand for 0 and 1, with digits in their place; null if `text` is none. */
export function correctedLetters(text: string): string | null {
  const plain = plainPhone(text.slice(0, 60))
  if (text.length > 60 || !/^\+?[\dOoIl ().\-/]+$/.test(plain) || !/[OoIl]/.test(plain)) return null
  const corrected = plain.replace(LETTERS, (letter) => (letter === 'O' || letter === 'o' ? '0' : '1'))
  const digits = corrected.replace(/\D/g, '').length
  // Most of it must be digits: “Lille” and “oil” hold none.
  const letters = plain.match(LETTERS)?.length ?? 0
  return digits >= 7 && digits <= 15 && letters * 2 < digits ? corrected : null
}
