import 'server-only'

const LONGEST = 4000

/**
 * Text as both databases take it. PostgreSQL rejects NUL: an outcome must not be lost over one in Vida's message.
 * Beyond 4,000 characters it is cut.
 */
export function storable(text: string): string {
  const clean = text.replaceAll('\u0000', '\uFFFD').toWellFormed()
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST).toWellFormed()}…` : clean
}

export function storableOrNull(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : storable(text)
}

/** Text as it is searched: no case, no accents. */
export function searchable(text: string): string {
  return storable(text).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The same with its accents, as intents before version 0.1.0 were written; an intent is never changed. */
export function searchableBefore(text: string): string {
  return storable(text).normalize('NFKC').toLowerCase()
}

/** A LIKE pattern (`escape '\'`) for text that contains exactly these characters. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
