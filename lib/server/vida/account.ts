import 'server-only'
import { type Fields, fieldsOf, firstOf, flagOf, idOf, jsonOf } from './fields'
import { sanitizeLine } from './sanitize'

/** As Vida wrote it, JSON where it is no text. Null: empty; undefined: no such field, which proves nothing. */
export type MainNumber = string | null | undefined

export interface VidaAccount {
  id: string
  name: string
  /** null: Vida does not say. */
  active: boolean | null
  /** ISO 8601, UTC. */
  canceledAt: string | null
  canceledReason: string | null
  mainNumber: MainNumber
  organizationId: string | null
  resellerId: string | null
  partnerId: string | null
}

export type Level = 'reseller' | 'organization' | 'account'

const NAMES: Record<Level, readonly string[]> = {
  reseller: ['orgName', 'accountName', 'name', 'username'],
  organization: ['orgName', 'accountName', 'name', 'username'],
  account: ['accountName', 'name', 'username', 'orgName'],
}

export function lineOf(value: unknown): string | null {
  return typeof value === 'string' ? sanitizeLine(value) : null
}

/** At worst the id. */
export function nameOf(fields: Fields, level: Level, id: string): string {
  return firstOf(fields, NAMES[level], lineOf) ?? id
}

/** From Unix seconds (documented), Unix ms, digits in a string, or ISO 8601. */
export function timeOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : ''
  const number = typeof value === 'number' ? value : /^\d+(\.\d+)?$/.test(text) ? Number(text) : null
  // Seconds pass 10^11 in the year 5138; milliseconds did in 1973.
  const ms =
    number !== null ? (number < 1e11 ? number * 1000 : number) : /^\d{4}-\d\d/.test(text) ? Date.parse(text) : 0
  return ms > 0 && ms < 8.64e15 ? new Date(ms).toISOString() : null
}

/** Seen: flat, under `account`, under `details`. The inner ones come first. */
function layersOf(value: unknown): Fields[] {
  const outer = fieldsOf(value)
  const account = fieldsOf(outer?.account)
  const layers = [account?.details, outer?.details, account, outer].map(fieldsOf)
  return layers.filter((layer) => layer !== null)
}

/** The outer field wins, and empty values do not count. */
export function flatten(value: unknown): Fields | null {
  if (!fieldsOf(value)) return null
  const flat: Record<string, unknown> = Object.create(null)
  for (const layer of layersOf(value)) {
    for (const [key, field] of Object.entries(layer)) {
      if (field !== null && field !== '') flat[key] = field
    }
  }
  return flat
}

function mainNumberOf(value: unknown, { vidaPhoneNumber }: Fields): MainNumber {
  if (typeof vidaPhoneNumber === 'string') return lineOf(vidaPhoneNumber)
  if (vidaPhoneNumber !== undefined) return lineOf(jsonOf(vidaPhoneNumber) ?? '…')
  return layersOf(value).some((layer) => Object.hasOwn(layer, 'vidaPhoneNumber')) ? null : undefined
}

/** Null without an id: an answer in an unknown shape. */
export function parseAccount(value: unknown, level: Level): VidaAccount | null {
  const fields = flatten(value)
  const id = fields && idOf(fields.id)
  if (!fields || !id) return null
  return {
    id,
    name: nameOf(fields, level, id),
    active: flagOf(fields.active),
    canceledAt: timeOf(fields.vidaPremiumCanceled),
    canceledReason: lineOf(fields.canceledReason),
    mainNumber: mainNumberOf(value, fields),
    organizationId: idOf(fields.organizationId),
    resellerId: idOf(fields.resellerId),
    partnerId: idOf(fields.partnerId),
  }
}
