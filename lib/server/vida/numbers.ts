import 'server-only'
import { readVidaNumber } from '@/lib/server/phone/e164'
import { lineOf } from './account'
import { VidaFailure } from './failure'
import { type Fields, fieldsOf, firstOf, flagOf, jsonOf } from './fields'
import { findList, type ListKind } from './find-list'
import type { Page } from './judge'
import { sanitizeLine } from './sanitize'

export interface VidaNumber {
  /** E.164. */
  number: string
  /** ISO 3166, as Vida states it. */
  country: string | null
  label: string | null
  provider: string | null
  sms: boolean | null
}

const SHORT = 100

function shortOf(value: unknown): string | null {
  return typeof value === 'string' ? sanitizeLine(value, SHORT) : null
}

function providerOf(value: unknown): string | null {
  const inside = fieldsOf(value)
  return inside ? firstOf(inside, ['name'], shortOf) : shortOf(value)
}

function countryOf(value: unknown): string | null {
  return typeof value === 'string' && /^[a-z]{2}$/i.test(value.trim()) ? value.trim().toUpperCase() : null
}

/** A flag of its own, or capabilities as a list of words or an object of flags. */
function smsOf(fields: Fields): boolean | null {
  const own = firstOf(fields, ['smsEnabled', 'sms'], flagOf)
  if (own !== null) return own
  const { capabilities } = fields
  if (Array.isArray(capabilities)) {
    return capabilities.some((word) => typeof word === 'string' && word.trim().toLowerCase() === 'sms')
  }
  const flags = fieldsOf(capabilities)
  return flags ? firstOf(flags, ['sms', 'SMS'], flagOf) : null
}

function e164Of(value: unknown): string | null {
  const line = lineOf(value)
  return line === null ? null : readVidaNumber(line)
}

function numberIn(entry: unknown, fields: Fields | null): string | null {
  return fields ? firstOf(fields, ['number', 'phoneNumber'], e164Of) : e164Of(entry)
}

/** An entry of a number list that is no number in E.164. */
export interface OddEntry {
  /** One bounded line for a person. */
  quote: string
  /** The digits that it states; null: it states none, so it may be any number. */
  digits: string | null
}

const QUOTE_LIMIT = 60

function textOf(value: unknown): string | null {
  return typeof value === 'number' ? String(value) : lineOf(value)
}

function oddEntry(entry: unknown, fields: Fields | null): OddEntry {
  const text = fields ? firstOf(fields, ['number', 'phoneNumber'], textOf) : textOf(entry)
  const digits = text?.replace(/\D/g, '') || null
  return { quote: sanitizeLine(text ?? jsonOf(entry) ?? '…', QUOTE_LIMIT) ?? '', digits }
}

/** Of which nothing else is stated. */
export function bareNumber(number: string): VidaNumber {
  return { number, country: null, label: null, provider: null, sms: null }
}

function parseEntry(entry: unknown): VidaNumber | OddEntry {
  const fields = fieldsOf(entry)
  const number = numberIn(entry, fields)
  if (number === null) return oddEntry(entry, fields)
  if (!fields) return bareNumber(number)
  return {
    number,
    country: firstOf(fields, ['country', 'countryCode'], countryOf),
    label: firstOf(fields, ['label', 'friendlyName', 'name'], shortOf),
    provider: firstOf(fields, ['provider', 'providerName'], providerOf),
    sms: smsOf(fields),
  }
}

export interface NumbersPage extends Page {
  unknownName: string | null
  numbers: VidaNumber[]
  odd: OddEntry[]
}

const NUMBER_LIST: ListKind<VidaNumber | OddEntry> = {
  names: ['phoneNumbers', 'numbers'],
  totals: ['totalPhoneNumbers', 'totalNumbers', 'totalCount', 'total', 'totalElements'],
  parse: parseEntry,
  isReadable: (entry) => 'number' in entry,
}

/** The body is not published (docs/vida-api.md). @throws VidaFailure `unknown_shape`, also if no entry states digits */
export async function parseNumbersPage(value: unknown, nameBefore: string | null = null): Promise<NumbersPage> {
  const { entries, ...found } = await findList(value, NUMBER_LIST, nameBefore)
  const numbers = entries.filter((entry) => 'number' in entry)
  const odd = entries.filter((entry) => 'quote' in entry)
  if (odd.length > 0 && numbers.length === 0 && odd.every(({ digits }) => digits === null))
    throw new VidaFailure('unknown_shape', 200)
  const keys = entries.map((entry) => ('number' in entry ? entry.number : `odd ${entry.quote}`))
  return { ...found, numbers, odd, keys, length: entries.length }
}
