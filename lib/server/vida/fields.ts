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
 * Whether a text can be one of Vida's ids, wherever it comes from: what Vida lists can be read again and returned from.
 * Nothing else gets into a URL, and nothing that means something in one.
 */
export function isVidaId(text: string): boolean {
  return text !== '0' && /^[A-Za-z0-9._~:@|+=-]{1,64}$/.test(text)
}

/**
 * An id as text. Vida sends numbers or strings; empty ones, zero and null count as absent. A number that is not whole or
 * beyond 2^53 has lost digits, and other text is no id: both are null rather than somebody else's id.
 */
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
