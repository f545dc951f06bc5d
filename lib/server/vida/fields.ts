import 'server-only'
import { isVidaId } from '@/lib/domain/accounts/vida-id'

export type Fields = Readonly<Record<string, unknown>>

export function fieldsOf(value: unknown): Fields | null {
  // A cast: TypeScript has no name for “an object that is no array”.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
}

/** Undefined for what is no JSON: the error would quote the text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Null for what is nested too deeply to be written, which ends in a RangeError. */
export function jsonOf(value: unknown): string | null {
  try {
    return JSON.stringify(value)
  } catch {
    return null
  }
}

/** Null for empty texts and 0; also for a number beyond 2^53, whose lost digits could make another account's id. */
export function idOf(value: unknown): string | null {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return null
  const id = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : ''
  return isVidaId(id) ? id : null
}

export function flagOf(value: unknown): boolean | null {
  if (value === true || value === 1 || value === 'true') return true
  if (value === false || value === 0 || value === 'false') return false
  return null
}

export function countOf(value: unknown): number | null {
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null
}

export function firstOf<T>(fields: Fields, names: readonly string[], read: (value: unknown) => T | null): T | null {
  for (const name of names) {
    const value = Object.hasOwn(fields, name) ? read(fields[name]) : null
    if (value !== null) return value
  }
  return null
}
