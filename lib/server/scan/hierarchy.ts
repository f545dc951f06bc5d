import 'server-only'
import type { Account } from '@/lib/domain/accounts/account'
import { isVidaId } from '@/lib/domain/accounts/vida-id'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import type { Session } from '@/lib/server/session/current'
import { endSessions } from '@/lib/server/session/end-sessions'
import type { Level } from '@/lib/server/vida/account'
import { knownAccount, rememberAccount } from './known'
import { accountsInRunningScans } from './running-scans'
import { type ScanScope, scan } from './scan'

export { isVidaId }

const LIMIT_MS = 5 * 60_000

/**
 * The account or organization `id` below the session's root: a known one, else found by listing the hierarchy.
 * @throws Problem `foreign_account` when a complete listing lacks it, `vida_unreachable` when that failed or took five
 * minutes, `signed_out` when Vida refused the token, `stopping`; AbortError when `signal` aborts.
 */
export async function findAccount(ctx: Context, session: Session, id: string, signal?: AbortSignal): Promise<Account> {
  const known = await knownById(ctx, session, id)
  return known ?? (await list(ctx, session, (level) => level !== 'reseller', id, signal)).account
}

/** The scope of an organization's re-read; a partner's reseller counts as one, too. Throws as `findAccount` does. */
export async function findOrganization(
  ctx: Context,
  session: Session,
  id: string,
  signal?: AbortSignal,
): Promise<ScanScope> {
  const reseller = knownAccount(ctx, session.identity, id, 'reseller')
  if (reseller) return { kind: 'reseller', reseller }
  const known = await knownById(ctx, session, id)
  if (known && known.id !== known.organizationId) throw new Problem('foreign_account')
  if (known) return { kind: 'organization', organization: known }
  const { account, level } = await list(ctx, session, (each) => each !== 'account', id, signal)
  return level === 'reseller'
    ? { kind: 'reseller', reseller: account }
    : { kind: 'organization', organization: account }
}

/** Without asking Vida; null: not known. */
export async function knownById(ctx: Context, { identity }: Session, id: string): Promise<Account | null> {
  return knownAccount(ctx, identity, id) ?? ctx.snapshots.accountOf(identity, id)
}

interface Found {
  account: Account
  level: Level
}

async function list(
  ctx: Context,
  session: Session,
  wanted: (level: Level) => boolean,
  id: string,
  signal?: AbortSignal,
): Promise<Found> {
  const { isStopping, signal: shutdownSignal } = ctx.shutdown
  if (isStopping()) throw new Problem('stopping')
  const ending = new AbortController()
  const stop = () => ending.abort()
  const limit = setTimeout(stop, LIMIT_MS)
  let match: Found | null = null
  let signedOut = false
  try {
    const { complete } = await scan({
      client: ctx.vida(session),
      scope: { kind: 'root', root: session.root },
      signal: AbortSignal.any([ending.signal, shutdownSignal(), ...(signal ? [signal] : [])]),
      listsOffered: true,
      listOnly: true,
      emit: (event) => {
        if (event.type === 'problem' && event.code === 'signed_out') signedOut = true
      },
      found: (account, level) => {
        rememberAccount(ctx, session.identity, account, level)
        if (account.id !== id || !wanted(level)) return
        match = { account, level }
        stop()
      },
    })
    if (match) return match
    if (signedOut) {
      await endSessions(ctx, { identity: session.identity })
      throw new Problem('signed_out')
    }
    throw new Problem(complete || session.root === null ? 'foreign_account' : 'vida_unreachable')
  } catch (error) {
    if (match) return match
    // The caller did not abort: the time was over, or the server stops.
    if (signal?.aborted) throw error
    if (isStopping()) throw new Problem('stopping')
    if (ending.signal.aborted) throw new Problem('vida_unreachable')
    throw error
  } finally {
    clearTimeout(limit)
  }
}

/** The accounts that hold `number` (E.164) by what was read before, and when it was last listed, ISO 8601. */
export async function knownHolders(ctx: Context, identity: string, number: string) {
  const stored = await ctx.snapshots.holdersOf(identity, number)
  const { read, accounts } = accountsInRunningScans(ctx, identity, number)
  const all = [...stored.accounts.filter(({ id }) => !read.has(id)), ...accounts]
  const listedAt = accounts.length > 0 ? new Date(ctx.clock.now()).toISOString() : stored.listedAt
  return { accounts: [...new Map(all.map((account) => [account.id, account])).values()], listedAt }
}
