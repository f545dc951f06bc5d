import 'server-only'
import { Problem } from './problem'

const SHAPE = /^[A-Z]-[0-9A-Z-]{1,62}$/

export function isOwnId(text: string): boolean {
  return SHAPE.test(text)
}

/** @throws Problem `not_found` before any database sees what can be no id (PostgreSQL fails on NUL). */
export function ownId(text: string): string {
  if (!isOwnId(text)) throw new Problem('not_found')
  return text
}
