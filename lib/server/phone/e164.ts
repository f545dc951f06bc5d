import 'server-only'
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** How a number is shown: E.164, its national form, and its ISO 3166 country; null where the numbering plans do not tell. */
export interface DescribedNumber {
  number: string
  national: string | null
  country: string | null
}

/** Whether the text is exactly an E.164 number: `+`, then 7 to 15 digits of which the first is not 0. */
export function isE164(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text)
}

/**
 * The national form and country of an E.164 number. Toll-free `+1` numbers belong to the whole plan and are called US.
 * `min` metadata tells the countries of a shared code apart just as `max` does; one call takes about 15 µs. Never throws.
 */
export function describeNumber(e164: string): DescribedNumber {
  const parsed = parsePhoneNumberFromString(e164, { extract: false })
  if (!parsed) return { number: e164, national: null, country: null }
  // A parse that changed digits (a dropped trunk prefix) would show a number other than the one that is held.
  const same = parsed.number === e164 && parsed.isPossible()
  return { number: e164, national: same ? parsed.formatNational() : null, country: parsed.country ?? null }
}

/**
 * What Vida lists, as E.164: `+1-800-555-0202` becomes `+18005550202` (Vida's own example). The digits are kept as they
 * are, because a return must name the number just as Vida holds it. Without a `+` it is null: no country is guessed.
 */
export function readVidaNumber(text: string): string | null {
  const trimmed = text.trim()
  if (trimmed.length > 40 || !/^\+[\d\s().\-/]+$/.test(trimmed) || /\(\s*0\s*\)/.test(trimmed)) return null
  const number = `+${trimmed.replace(/\D/g, '')}`
  return isE164(number) ? number : null
}

/** Dashes, and characters that paste along unseen: soft hyphen, zero-width, bidi controls. */
const DASHES = /[\u2010-\u2015\u2212\u30fc]/g
const UNSEEN = /\p{Cf}/gu
const EASTERN_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .replace(DASHES, '-')
    .replace(EASTERN_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf))
    .trim()
    .replace(/^tel:\s*/i, '')
    .replace(/^\(\s*\+\s*(\d{1,3})\s*\)/, '+$1 ')
    .replace(/^00(?=[\s\-.]?[1-9])/, '+')
}

/** What a person wrote: the number (E.164) that it is read as, and its digits where they may be another country's, too. */
export interface TypedNumber {
  number: string | null
  /** Written without a country code: 6 to 15 digits, which may be any country's national form. Else null. */
  national: string | null
}

/** What `readTypedNumber` reads, and whether the country was written or supposed. Never throws. */
export function readTyped(text: string, defaultCountry = 'US'): TypedNumber {
  const none = { number: null, national: null }
  if (text.length > 100) return none
  const typed = plain(text)
  if (!/^\+?[\d\s().\-/]+$/.test(typed)) return none
  const digits = typed.replace(/\D/g, '')
  const supposed = !typed.startsWith('+')
  const national = supposed && digits.length >= 6 && digits.length <= 15 ? digits : null
  const country: CountryCode = isSupportedCountry(defaultCountry) ? defaultCountry : 'US'
  const parsed = parsePhoneNumberFromString(typed, { defaultCountry: country, extract: false })
  if (!parsed?.isPossible() || parsed.ext || !isE164(parsed.number)) return { number: null, national }
  // The plan of +1 has no area code that begins with 0 or 1: “01 99 00 01 01” is the national form of some other country.
  const elsewhere = supposed && /^\+1[01]/.test(parsed.number)
  return { number: elsewhere ? null : parsed.number, national }
}

/**
 * What a person types or pastes in any usual form, as E.164; null when it is not a possible number. Without `+` (or `00`,
 * or the country's own international prefix) it is read as a number of `defaultCountry` (ISO 3166). An extension is never
 * dropped silently: text that carries one is null. Never throws.
 */
export function readTypedNumber(text: string, defaultCountry = 'US'): string | null {
  return readTyped(text, defaultCountry).number
}
