import 'server-only'
import { type Fields, fieldsOf, firstOf, flagOf, idOf } from './fields'
import { plainLine } from './words'

/** A reseller, an organization or an agent account, as Vida's lists and `GET /api/v2/account` describe it. */
export interface VidaAccount {
  id: string
  name: string
  /** null: Vida does not say. */
  active: boolean | null
  /** ISO 8601, UTC. */
  canceledAt: string | null
  canceledReason: string | null
  /** `vidaPhoneNumber` as Vida wrote it, not always E.164. */
  mainNumber: string | null
  organizationId: string | null
  resellerId: string | null
}

export type Level = 'reseller' | 'organization' | 'account'

const NAMES: Record<Level, readonly string[]> = {
  reseller: ['orgName', 'accountName', 'name', 'username'],
  organization: ['orgName', 'accountName', 'name', 'username'],
  account: ['accountName', 'name', 'username', 'orgName'],
}

export function lineOf(value: unknown): string | null {
  return typeof value === 'string' ? plainLine(value) : null
}

/** The name that is shown for an object of this level: always some text, at worst the id. */
export function nameOf(fields: Fields, level: Level, id: string): string {
  return firstOf(fields, NAMES[level], lineOf) ?? id
}

/** Unix seconds (documented), Unix ms, digits in a string, or ISO 8601 as ISO 8601 in UTC; null and 0 are null. */
function timeOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : ''
  const number = typeof value === 'number' ? value : /^\d+(\.\d+)?$/.test(text) ? Number(text) : null
  // Seconds pass 10^11 in the year 5138; milliseconds did in 1973.
  const ms =
    number !== null ? (number < 1e11 ? number * 1000 : number) : /^\d{4}-\d\d/.test(text) ? Date.parse(text) : 0
  return ms > 0 && ms < 8.64e15 ? new Date(ms).toISOString() : null
}

/**
 * The fields of one object, wherever it keeps them (seen: flat, under `account`, under `details`): the outer one wins, and
 * empty values do not count.
 */
export function flatten(value: unknown): Fields | null {
  const outer = fieldsOf(value)
  if (!outer) return null
  const account = fieldsOf(outer.account)
  const layers = [fieldsOf(account?.details), fieldsOf(outer.details), account, outer]
  const flat: Record<string, unknown> = Object.create(null)
  for (const layer of layers) {
    for (const [key, field] of Object.entries(layer ?? {})) {
      if (field !== null && field !== '') flat[key] = field
    }
  }
  return flat
}

/** An account object as this app uses it; null when it has no id, which is an answer in an unknown shape. */
export function readAccount(value: unknown, level: Level): VidaAccount | null {
  const fields = flatten(value)
  const id = fields && idOf(fields.id)
  if (!fields || !id) return null
  return {
    id,
    name: nameOf(fields, level, id),
    active: flagOf(fields.active),
    canceledAt: timeOf(fields.vidaPremiumCanceled),
    canceledReason: lineOf(fields.canceledReason),
    mainNumber: lineOf(fields.vidaPhoneNumber),
    organizationId: idOf(fields.organizationId),
    resellerId: idOf(fields.resellerId),
  }
}
