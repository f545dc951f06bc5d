import 'server-only'
import type { Account } from '@/lib/domain/accounts/account'
import { isVidaId } from '@/lib/domain/accounts/vida-id'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import type { Session } from '@/lib/server/session/current'
import { knownAccount } from './known'
import { firstListed, type Listed } from './listing'
import { accountsInRunningScans, numbersInRunningScans } from './running-scans'
import type { ScanScope } from './scan'

export { isVidaId }

/** The account or organization `id` below the session's root, a known one or by listing. @throws as `firstListed` */
export async function findAccount(ctx: Context, session: Session, id: string, signal?: AbortSignal): Promise<Account> {
  const known = await knownById(ctx, session, id)
  if (known) return known
  const isWanted = ({ account, level }: Listed) => account.id === id && level !== 'reseller'
  return (await firstListed(ctx, session, isWanted, signal)).account
}

/** All of them as `findAccount` does, where some are not known by one listing. @throws as `firstListed` */
export async function requireAccounts(
  ctx: Context,
  session: Session,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const missing = new Set(ids.filter((id) => knownAccount(ctx, session, id) === null))
  for (const id of await ctx.snapshots.knownOf(session.identity, [...missing])) missing.delete(id)
  if (missing.size === 0) return
  const isLast = ({ account, level }: Listed) =>
    level !== 'reseller' && missing.delete(account.id) && missing.size === 0
  await firstListed(ctx, session, isLast, signal)
}

/** The scope of an organization's re-read; a partner's reseller counts as one, too. Throws as `findAccount` does. */
export async function findOrganization(
  ctx: Context,
  session: Session,
  id: string,
  signal?: AbortSignal,
): Promise<ScanScope> {
  const reseller = knownAccount(ctx, session, id, 'reseller')
  if (reseller) return { kind: 'reseller', reseller }
  const known = await knownById(ctx, session, id)
  if (known && known.id !== known.organizationId) throw new Problem('foreign_account')
  if (known) return { kind: 'organization', organization: known }
  const isWanted = (listed: Listed) => listed.account.id === id && listed.level !== 'account'
  const { account, level } = await firstListed(ctx, session, isWanted, signal)
  return level === 'reseller'
    ? { kind: 'reseller', reseller: account }
    : { kind: 'organization', organization: account }
}

/** Without asking Vida; null: not known. */
export async function knownById(ctx: Context, session: Session, id: string): Promise<Account | null> {
  return knownAccount(ctx, session, id) ?? ctx.snapshots.accountOf(session.identity, id)
}

/** The accounts that hold `number` (E.164) by what was read before, and when it was last listed, ISO 8601. */
export async function accountsKnownToHold(ctx: Context, identity: string, number: string) {
  const stored = await ctx.snapshots.accountsHolding(identity, number)
  const { read, accounts } = accountsInRunningScans(ctx, identity, number)
  const all = [...stored.accounts.filter(({ id }) => !read.has(id)), ...accounts]
  const listedAt = accounts.length > 0 ? new Date(ctx.clock.now()).toISOString() : stored.listedAt
  return { accounts: [...new Map(all.map((account) => [account.id, account])).values()], listedAt }
}

/** The numbers of an account by what was read last, E.164; null: it was not read. */
export async function knownNumbers(ctx: Context, identity: string, accountId: string): Promise<string[] | null> {
  return (await numbersInRunningScans(ctx, identity, accountId)) ?? ctx.snapshots.numbersOf(identity, accountId)
}
