import 'server-only'
import type { Holder } from '@/lib/domain/inventory/events'
import { BoundedMap } from '@/lib/server/process/bounded-map'
import { shared } from '@/lib/server/process/shared'
import type { Level } from '@/lib/server/vida/account'

const holders = () => shared('known-holders', () => new BoundedMap<string, Holder>(20_000))
const lists = () => shared('known-lists', () => new BoundedMap<string, boolean>(1_000))

/** A reseller holds no numbers, so it has a name space of its own: nothing takes it for an account. */
const key = (identity: string, level: Level, id: string) =>
  `${identity} ${level === 'reseller' ? 'reseller ' : ''}${id}`

/** Remembers that something stands below this identity's root: a listing of Vida said so. */
export function rememberHolder(identity: string, holder: Holder, level: Level): void {
  holders().set(key(identity, level, holder.id), holder)
}

/** The account or organization of that id, as it was listed last. */
export function knownHolder(identity: string, id: string): Holder | null {
  return holders().get(key(identity, 'account', id)) ?? null
}

export function knownReseller(identity: string, id: string): Holder | null {
  return holders().get(key(identity, 'reseller', id)) ?? null
}

/**
 * Whether this Vida lists an account's numbers: true once such a read answered 200, false once a scan met 404 alone,
 * null while nothing is known.
 */
export function listsOffered(identity: string): boolean | null {
  return lists().get(identity) ?? null
}

export function rememberLists(identity: string, offered: boolean): void {
  lists().set(identity, offered)
}
