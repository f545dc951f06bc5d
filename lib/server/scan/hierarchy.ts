import 'server-only'
import type { Account } from '@/lib/domain/accounts/account'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import type { Session } from '@/lib/server/session/current'
import type { Level } from '@/lib/server/vida/account'
import { isVidaId } from '@/lib/server/vida/fields'
import { knownAccount, knownReseller, rememberAccount } from './known'
import { accountsInRunningScans } from './running-scans'
import { type ScanScope, scan } from './scan'

export { isVidaId }

/** A listing that takes longer than this is ended, ms: somebody waits for what was to be done with the account. */
const LIMIT_MS = 5 * 60_000

/**
 * The account or organization `id` as it stands below the session's root: from what is known, else by listing the
 * hierarchy until it turns up.
 * @throws Problem `foreign_account` when a complete listing lacks it, `vida_unreachable` when the listing failed or took
 * longer than five minutes, `signed_out` when Vida refused the token, `stopping`; AbortError when `signal` aborts.
 */
export async function findAccount(ctx: Context, session: Session, id: string, signal?: AbortSignal): Promise<Account> {
  const known = await knownById(ctx, session, id)
  return known ?? (await list(ctx, session, (level) => level !== 'reseller', id, signal)).account
}

/** What re-reading an organization means; a partner's reseller counts as one, too. Throws as `findAccount` does. */
export async function findOrganization(
  ctx: Context,
  session: Session,
  id: string,
  signal?: AbortSignal,
): Promise<ScanScope> {
  const reseller = knownReseller(ctx, session.identity, id)
  if (reseller) return { kind: 'reseller', reseller }
  const known = await knownById(ctx, session, id)
  if (known && isOrganization(known)) return { kind: 'organization', organization: known }
  if (known) throw new Problem('foreign_account')
  const { account, level } = await list(ctx, session, (each) => each !== 'account', id, signal)
  return level === 'reseller'
    ? { kind: 'reseller', reseller: account }
    : { kind: 'organization', organization: account }
}

async function knownById(ctx: Context, { identity }: Session, id: string): Promise<Account | null> {
  return knownAccount(ctx, identity, id) ?? ctx.snapshots.accountOf(identity, id)
}

function isOrganization({ id, organizationId }: Account): boolean {
  return id === organizationId
}

interface Found {
  account: Account
  level: Level
}

/** Lists the hierarchy until a wanted one with that id turns up, the time is over, or the server is stopped. */
async function list(
  ctx: Context,
  session: Session,
  wanted: (level: Level) => boolean,
  id: string,
  signal?: AbortSignal,
): Promise<Found> {
  const { isStopping, onStop } = ctx.shutdown
  if (isStopping()) throw new Problem('stopping')
  const enough = new AbortController()
  const stop = () => enough.abort()
  const limit = setTimeout(stop, LIMIT_MS)
  const forgetStop = onStop(stop)
  try {
    return await listUntil(ctx, session, (level, account) => account.id === id && wanted(level), [enough, signal])
  } catch (error) {
    // Neither found nor given up by whoever asked: the time was over, or the server is stopped.
    if (enough.signal.aborted && !signal?.aborted) throw new Problem(isStopping() ? 'stopping' : 'vida_unreachable')
    throw error
  } finally {
    clearTimeout(limit)
    forgetStop()
  }
}

async function listUntil(
  ctx: Context,
  session: Session,
  isWanted: (level: Level, account: Account) => boolean,
  [enough, signal]: [AbortController, AbortSignal | undefined],
): Promise<Found> {
  let match: Found | null = null
  let signedOut = false
  try {
    const { complete } = await scan({
      client: ctx.vida(session),
      scope: { kind: 'root', root: session.root },
      signal: signal ? AbortSignal.any([enough.signal, signal]) : enough.signal,
      listsOffered: true,
      listOnly: true,
      emit: (event) => {
        if (event.type === 'problem' && event.code === 'signed_out') signedOut = true
      },
      found: (account, level) => {
        rememberAccount(ctx, session.identity, account, level)
        if (!isWanted(level, account)) return
        match = { account, level }
        enough.abort()
      },
    })
    if (match) return match
    if (signedOut) {
      await ctx.sessions.endAll(session.identity)
      throw new Problem('signed_out')
    }
    throw new Problem(complete || session.root === null ? 'foreign_account' : 'vida_unreachable')
  } catch (error) {
    if (match) return match
    throw error
  }
}

/** The accounts that hold `number` (E.164) as far as this app knows: scans under way, else what was kept. */
export async function knownAccountsHolding(ctx: Context, identity: string, number: string): Promise<Account[]> {
  const stored = await ctx.snapshots.accountsHolding(identity, number)
  const { read, accounts } = accountsInRunningScans(ctx, identity, number)
  const all = [...stored.filter(({ id }) => !read.has(id)), ...accounts]
  return [...new Map(all.map((account) => [account.id, account])).values()]
}
