import 'server-only'
import { BoundedMap } from '@/lib/process/bounded-map'
import { shared } from '@/lib/process/shared'
import type { Holder } from './events'

const holders = () => shared('known-holders', () => new BoundedMap<string, Holder>(20_000))
const lists = () => shared('known-lists', () => new BoundedMap<string, boolean>(1_000))

const key = (identity: string, accountId: string) => `${identity} ${accountId}`

/** Remembers that an account stands below this identity's root: a listing of Vida said so. */
export function rememberHolder(identity: string, holder: Holder): void {
  holders().set(key(identity, holder.id), holder)
}

export function knownHolder(identity: string, accountId: string): Holder | null {
  return holders().get(key(identity, accountId)) ?? null
}

/**
 * Whether this Vida lists an account's numbers: true once such a read answered 200, false once a walk met 404 alone,
 * null while nothing is known.
 */
export function listsOffered(identity: string): boolean | null {
  return lists().get(identity) ?? null
}

export function rememberLists(identity: string, offered: boolean): void {
  lists().set(identity, offered)
}
