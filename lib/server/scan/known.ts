import 'server-only'
import type { Account } from '@/lib/domain/accounts/account'
import type { Context } from '@/lib/server/context/context'
import { BoundedMap } from '@/lib/server/process/bounded-map'
import type { Session } from '@/lib/server/session/current'
import type { Level } from '@/lib/server/vida/account'

type State = Pick<Context, 'shared'>

const accounts = ({ shared }: State) => shared('known-accounts', () => new BoundedMap<string, Account>(20_000))

type Owner = Pick<Session, 'identity' | 'root'>

/** What was below another root is not known. A reseller holds no numbers: it is never found as an account. */
const key = ({ identity, root }: Owner, level: Level, id: string) =>
  `${identity} ${root?.kind} ${root?.id} ${level === 'reseller' ? 'reseller ' : ''}${id}`

export function rememberAccount(ctx: State, owner: Owner, account: Account, level: Level): void {
  accounts(ctx).set(key(owner, level, account.id), account)
}

export function knownAccount(ctx: State, owner: Owner, id: string, level: Level = 'account'): Account | null {
  return accounts(ctx).get(key(owner, level, id)) ?? null
}
