import 'server-only'
import { readVidaNumber } from '@/lib/phone/e164'
import { lineOf } from './account'
import { VidaFailure } from './failure'
import { countOf, type Fields, fieldsOf, firstOf, flagOf } from './fields'

/** One number of an account, E.164, with what Vida's answer brings besides. */
export interface VidaNumber {
  number: string
  label: string | null
  provider: string | null
  sms: boolean | null
}

function providerOf(value: unknown): string | null {
  const inside = fieldsOf(value)
  return inside ? firstOf(inside, ['name'], lineOf) : lineOf(value)
}

/** Whether it takes texts: a flag of its own, or capabilities as a list of words or an object of flags. */
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

function readEntry(entry: unknown): VidaNumber | null {
  const fields = fieldsOf(entry)
  const text = fields ? firstOf(fields, ['number', 'phoneNumber'], lineOf) : entry
  const number = typeof text === 'string' ? readVidaNumber(text) : null
  if (number === null) return null
  if (!fields) return { number, label: null, provider: null, sms: null }
  return {
    number,
    label: firstOf(fields, ['label', 'friendlyName', 'name'], lineOf),
    provider: firstOf(fields, ['provider', 'providerName'], providerOf),
    sms: smsOf(fields),
  }
}

/**
 * Reads `GET /api/v2/phoneNumbers`: a bare array, or one under `phoneNumbers` or `numbers`, of strings or objects (the body
 * is not published). A number listed twice is one. @throws VidaFailure `unknown_shape` for anything else, an unreadable entry
 * included; `list_short` when the answer states more than it brings. It is never an empty list by mistake.
 */
export function readNumbers(value: unknown): VidaNumber[] {
  const fields = fieldsOf(value)
  const found: unknown = Array.isArray(value) ? value : fields && (fields.phoneNumbers ?? fields.numbers)
  if (!Array.isArray(found)) throw new VidaFailure('unknown_shape', 200)
  const list: readonly unknown[] = found
  const stated = fields && firstOf(fields, ['totalPhoneNumbers', 'totalNumbers', 'totalCount', 'total'], countOf)
  const numbers = new Map<string, VidaNumber>()
  for (const entry of list) {
    const read = readEntry(entry)
    if (!read) throw new VidaFailure('unknown_shape', 200)
    if (!numbers.has(read.number)) numbers.set(read.number, read)
  }
  if (stated !== null && stated > list.length) throw new VidaFailure('list_short', 200)
  return [...numbers.values()]
}
