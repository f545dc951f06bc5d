import 'server-only'
import { cleanLine } from '@/lib/domain/text/clean'
import { fold } from '@/lib/domain/text/normalize'

const LONGEST = 4000

/** Cleaned here again: PostgreSQL rejects NUL and lone surrogates, and the outcome of a return must not be lost. */
export function storable(text: string): string {
  return cleanLine(text, LONGEST)
}

export function storableOrNull(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : storable(text)
}

export function searchable(text: string): string {
  return fold(storable(text))
}

/** As `searchable` was until ł, ø, ß and others were folded; the ledger's older lines have it and never change. */
export function searchableBefore(text: string): string {
  return storable(text).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** A LIKE pattern (`escape '\'`) for text that contains exactly these characters. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
