import 'server-only'
import { readVidaNumber } from '@/lib/server/phone/e164'
import { lineOf, timeOf } from './account'
import { type Fields, fieldsOf, firstOf, idOf } from './fields'

/** One call or text, as far as it leaves this folder: no text, no summary and nobody's number but Vida's own. */
export interface UseEntry {
  /** Unix ms. */
  at: number
  /** Null: neither, or not stated. */
  kind: 'call' | 'text' | null
  /** Vida's own number, E.164; null: not stated. */
  number: string | null
}

/** Null where an entry does not say. */
export interface ParsedEntry extends Omit<UseEntry, 'at'> {
  at: number | null
  /** The agent's; only logs state it. */
  accountId: string | null
}

function wordOf(value: unknown): string | null {
  return typeof value === 'string' ? value.toLowerCase() : null
}

function kindOf(value: unknown): 'call' | 'text' | null {
  const word = wordOf(value) ?? ''
  if (/call|voice/.test(word)) return 'call'
  return /sms|mms|text/.test(word) ? 'text' : null
}

function sideOf(value: unknown): 'toNumber' | 'fromNumber' | null {
  const word = wordOf(value) ?? ''
  if (/^in(bound|coming)?\b/.test(word)) return 'toNumber'
  return /^out(bound|going)?\b/.test(word) ? 'fromNumber' : null
}

function millisecondsOf(value: unknown): number | null {
  const time = timeOf(value)
  return time === null ? null : Date.parse(time)
}

function numberOf(value: unknown): string | null {
  const line = lineOf(value)
  return line === null ? null : readVidaNumber(line)
}

/** Vida's side by the direction; without one, the side that is a number which the account holds, if one is. */
function ownNumber(fields: Fields, held: ReadonlySet<string>): string | null {
  const side = firstOf(fields, ['direction', 'eventType'], sideOf)
  if (side) return numberOf(fields[side])
  const [number, other] = [numberOf(fields.toNumber), numberOf(fields.fromNumber)].filter(
    (each) => each !== null && held.has(each),
  )
  return other === undefined ? (number ?? null) : null
}

/** Of `messages/recent` or `logs`. `held`: the account's numbers, as far as they are known. */
export function parseUseEntry(entry: unknown, held: ReadonlySet<string>): ParsedEntry {
  const outer = fieldsOf(entry) ?? {}
  const fields = { ...fieldsOf(outer.metadata), ...outer }
  return {
    at: firstOf(fields, ['timestamp', 'date'], millisecondsOf),
    kind: firstOf(fields, ['type', 'eventType', 'source'], kindOf),
    number: ownNumber(fields, held),
    accountId: firstOf(fields, ['account_id', 'accountId'], idOf),
  }
}
