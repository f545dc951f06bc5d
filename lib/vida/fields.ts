import 'server-only'

/** A JSON object whose fields nobody has checked yet. */
export type Fields = Readonly<Record<string, unknown>>

export function fieldsOf(value: unknown): Fields | null {
  // A cast, since TypeScript has no narrower name for “an object that is no array”; every field stays unknown.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null
}

/** JSON text as a value; undefined when it is not JSON. Its error would quote the text, so it is not kept. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * An id as text. Vida sends numbers or strings; empty ones, zero and null count as absent. A number beyond 2^53 has lost
 * digits, and text with spaces or control characters is no id: both are null rather than somebody else's id.
 */
export function idOf(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value !== 0 ? String(value) : null
  if (typeof value !== 'string') return null
  const id = value.trim()
  return id !== '0' && /^[^\p{C}\p{Z}]{1,128}$/u.test(id) ? id : null
}

export function flagOf(value: unknown): boolean | null {
  if (value === true || value === 1 || value === 'true') return true
  if (value === false || value === 0 || value === 'false') return false
  return null
}

/** A count (whole, from 0), also as digits in a string; null for anything else. */
export function countOf(value: unknown): number | null {
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null
}

/** The first of the named fields that `read` makes something of. */
export function firstOf<T>(fields: Fields, names: readonly string[], read: (value: unknown) => T | null): T | null {
  for (const name of names) {
    const value = Object.hasOwn(fields, name) ? read(fields[name]) : null
    if (value !== null) return value
  }
  return null
}
