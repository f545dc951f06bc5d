import 'server-only'
import { Problem } from './problem'

const SHAPE = /^[A-Z]-[0-9A-Z-]{1,62}$/

/** Whether a text can be an id that this app made: of a receipt, of a batch. */
export function isOwnId(text: string): boolean {
  return SHAPE.test(text)
}

/** An id of ours from a path. @throws Problem `not_found` for what can be none, before any database sees it (PostgreSQL fails on NUL). */
export function ownId(text: string): string {
  if (!isOwnId(text)) throw new Problem('not_found')
  return text
}
