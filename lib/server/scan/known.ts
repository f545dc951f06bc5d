import 'server-only'
import type { Account } from '@/lib/domain/accounts/account'
import type { Context } from '@/lib/server/context/context'
import { BoundedMap } from '@/lib/server/process/bounded-map'
import type { Shared } from '@/lib/server/process/shared'
import type { Level } from '@/lib/server/vida/account'

const accounts = (shared: Shared) => shared('known-accounts', () => new BoundedMap<string, Account>(20_000))
const lists = (shared: Shared) => shared('known-lists', () => new BoundedMap<string, boolean>(1_000))

/** A reseller holds no numbers, so it has a name space of its own: nothing takes it for an account. */
const key = (identity: string, level: Level, id: string) =>
  `${identity} ${level === 'reseller' ? 'reseller ' : ''}${id}`

/** Remembers that something stands below this identity's root: a listing of Vida said so. */
export function rememberAccount(
  { shared }: Pick<Context, 'shared'>,
  identity: string,
  account: Account,
  level: Level,
): void {
  accounts(shared).set(key(identity, level, account.id), account)
}

/** The account or organization of that id, as it was listed last. */
export function knownAccount({ shared }: Pick<Context, 'shared'>, identity: string, id: string): Account | null {
  return accounts(shared).get(key(identity, 'account', id)) ?? null
}

export function knownReseller({ shared }: Pick<Context, 'shared'>, identity: string, id: string): Account | null {
  return accounts(shared).get(key(identity, 'reseller', id)) ?? null
}

/**
 * Whether this Vida lists an account's numbers: true once such a read answered 200, false once a scan met 404 alone,
 * null while nothing is known.
 */
export function listsOffered({ shared }: Pick<Context, 'shared'>, identity: string): boolean | null {
  return lists(shared).get(identity) ?? null
}

export function rememberLists({ shared }: Pick<Context, 'shared'>, identity: string, offered: boolean): void {
  lists(shared).set(identity, offered)
}
