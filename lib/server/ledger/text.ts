import 'server-only'

const LONGEST = 4000

/** Text that both databases accept, at most 4,000 characters: PostgreSQL rejects NUL, which Vida's message may hold. */
export function storable(text: string): string {
  const clean = text.replaceAll('\u0000', '\uFFFD').toWellFormed()
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST).toWellFormed()}…` : clean
}

export function storableOrNull(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : storable(text)
}

export function searchable(text: string): string {
  return storable(text).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** A LIKE pattern (`escape '\'`) for text that contains exactly these characters. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
