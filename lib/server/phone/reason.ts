import 'server-only'
import { correctedLetters, type NotANumber, phoneDigits } from '@/lib/domain/text/phone'

const LOST_DIGITS = /^[+-]?\d{1,20}(?:\.\d{1,20})?E[+-]?\d{1,3}$/i
const ERROR_VALUE = /^#(?:N\/?[AV]|[\p{Lu}\d/_]{2,20}[!?]|#+)$/iu

const DATE = /^(?:\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d\d-\d\d)$/

/** Why `text`, which is read as no number, is none; null for 7 to 15 digits, which may lack their country code alone. */
export function reasonOf(text: string): NotANumber | null {
  const short = text.slice(0, 60).trim()
  if (DATE.test(short)) return 'date'
  if (LOST_DIGITS.test(short)) return 'lost_digits'
  if (ERROR_VALUE.test(short)) return 'error_value'
  if (correctedLetters(text) !== null) return 'letter_for_digit'
  if (!/\d/.test(text)) return 'no_number'
  const read = phoneDigits(text)
  if (read === null) return 'letters'
  if (read.digits.length < 7) return 'too_short'
  if (!/^(?:011)?\d{1,15}$/.test(read.digits)) return 'too_long'
  return read.plus ? 'impossible' : null
}
