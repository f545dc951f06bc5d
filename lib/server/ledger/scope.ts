import 'server-only'
import type { Scope } from './types'

/** Whose returns a session sees: those of its API origin and account id, whichever session made them. */
export function scopeOf({ origin, account }: { origin: string; account: { id: string } }): Scope {
  return { origin, ownerId: account.id }
}
