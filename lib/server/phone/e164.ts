import 'server-only'
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { plainPhone } from '@/lib/domain/text/phone'

/** `national` and `country` (ISO 3166) are null where the numbering plans do not tell. */
export interface DescribedNumber {
  number: string
  national: string | null
  country: string | null
}

/** `+`, then 7 to 15 digits of which the first is not 0. */
export function isE164(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text)
}

/** Whether a numbering plan has numbers of this length. */
export function isPossible(e164: string): boolean {
  return parsePhoneNumberFromString(e164, { extract: false })?.isPossible() ?? false
}

/** Never throws. Toll-free `+1` numbers are called US. `min` metadata tells shared codes apart as well as `max`. */
export function describeNumber(e164: string): DescribedNumber {
  const parsed = parsePhoneNumberFromString(e164, { extract: false })
  if (!parsed) return { number: e164, national: null, country: null }
  // A parse that changed digits (a dropped trunk prefix) would show another number.
  const same = parsed.number === e164 && parsed.isPossible()
  return { number: e164, national: same ? parsed.formatNational() : null, country: parsed.country ?? null }
}

/** `+1-800-555-0202` becomes `+18005550202`: a return must name the number as Vida does. Null without a `+`. */
export function readVidaNumber(text: string): string | null {
  const trimmed = text.trim()
  if (trimmed.length > 40 || !/^\+[\d\s().\-/]+$/.test(trimmed) || /\(\s*0\s*\)/.test(trimmed)) return null
  const number = `+${trimmed.replace(/\D/g, '')}`
  return isE164(number) ? number : null
}

export interface TypedNumber {
  number: string | null
  /** 6 to 15 digits without a country code, also after `011`, which may be any country's national form; else null. */
  national: string | null
}

/** E.164 is itself. Text without `+`, `00` or the country's own prefix is of `defaultCountry` (ISO 3166). Never throws. */
export function readTyped(text: string, defaultCountry = 'US'): TypedNumber {
  const none = { number: null, national: null }
  if (text.length > 100) return none
  const typed = plainPhone(text)
  if (isE164(typed)) return { number: typed, national: null }
  if (!/^\+?[\d ().\-/]+$/.test(typed)) return none
  const digits = typed.replace(/\D/g, '')
  const supposed = !typed.startsWith('+')
  const national = supposed && /^(?:011)?\d{6,15}$/.test(digits) ? digits : null
  const country: CountryCode = isSupportedCountry(defaultCountry) ? defaultCountry : 'US'
  const parsed = parsePhoneNumberFromString(typed, { defaultCountry: country, extract: false })
  if (!parsed?.isPossible() || parsed.ext || !isE164(parsed.number)) return { number: null, national }
  // In +1 no area code begins with 0 or 1: “01 99 00 01 01” is some other country's national form.
  const elsewhere = supposed && /^\+1[01]/.test(parsed.number)
  return { number: elsewhere ? null : parsed.number, national }
}
