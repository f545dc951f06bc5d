import 'server-only'
import type { Account } from '@/lib/domain/accounts/account'
import { take } from '@/lib/server/budgets/budgets'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import type { Session } from '@/lib/server/session/current'
import { endSessions } from '@/lib/server/session/end-sessions'
import type { Level } from '@/lib/server/vida/account'
import { rememberAccount } from './known'
import { scan } from './scan'

const LIMIT_MS = 5 * 60_000

export interface Listed {
  account: Account
  level: Level
}

interface Waiter {
  isWanted: (listed: Listed) => boolean
  found: (listed: Listed) => void
  failed: (error: unknown) => void
}

interface Listing {
  listed: Listed[]
  waiters: Set<Waiter>
  stop: () => void
}

const running = ({ shared }: Context) => shared('listings', () => new Map<string, Listing>())

/**
 * The first account that is wanted, by listing the hierarchy below the session's root. One identity's callers share it.
 * @throws Problem `foreign_account` when a complete listing lacks it, `vida_unreachable` when that failed or took five
 * minutes, `signed_out` when Vida refused the token, `stopping`, 429; AbortError when `signal` aborts.
 */
export async function firstListed(
  ctx: Context,
  session: Session,
  isWanted: (listed: Listed) => boolean,
  signal?: AbortSignal,
): Promise<Listed> {
  const before = running(ctx).get(session.identity)
  if (!before) return wait(start(ctx, session), isWanted, signal)
  try {
    return await wait(before, isWanted, signal)
  } catch (error) {
    // It began earlier: what it lacks may be new.
    if (!(error instanceof Problem && error.code === 'foreign_account')) throw error
    return wait(running(ctx).get(session.identity) ?? start(ctx, session), isWanted, signal)
  }
}

function wait(listing: Listing, isWanted: Waiter['isWanted'], signal?: AbortSignal): Promise<Listed> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      signal?.removeEventListener('abort', abandon)
      listing.waiters.delete(waiter)
      if (listing.waiters.size === 0) listing.stop()
    }
    const abandon = () => {
      reject(signal?.reason)
      leave()
    }
    const waiter: Waiter = {
      isWanted,
      found: (listed) => {
        resolve(listed)
        leave()
      },
      failed: (error) => {
        reject(error)
        leave()
      },
    }
    listing.waiters.add(waiter)
    const known = listing.listed.find(isWanted)
    if (known) return waiter.found(known)
    if (signal?.aborted) return abandon()
    signal?.addEventListener('abort', abandon, { once: true })
  })
}

function start(ctx: Context, session: Session): Listing {
  if (ctx.shutdown.isStopping()) throw new Problem('stopping')
  const release = take(ctx, 'listings', session.identity)
  const ending = new AbortController()
  const limit = setTimeout(() => ending.abort(), LIMIT_MS)
  const listing: Listing = {
    listed: [],
    waiters: new Set(),
    stop: () => {
      // Whoever comes now starts another one.
      if (running(ctx).get(session.identity) === listing) running(ctx).delete(session.identity)
      release()
      clearTimeout(limit)
      ending.abort()
    },
  }
  running(ctx).set(session.identity, listing)
  void list(ctx, session, listing, ending.signal).then((error) => {
    for (const { failed } of [...listing.waiters]) failed(error)
  })
  return listing
}

/** @returns why those that still wait get nothing */
async function list(ctx: Context, session: Session, { listed, waiters }: Listing, signal: AbortSignal) {
  let signedOut = false
  try {
    const { complete } = await scan({
      client: ctx.vida(session),
      scope: { kind: 'root', root: session.root },
      signal: AbortSignal.any([signal, ctx.shutdown.signal()]),
      listsOffered: true,
      listOnly: true,
      emit: (event) => {
        if (event.type === 'problem' && event.code === 'signed_out') signedOut = true
      },
      found: (account, level) => {
        rememberAccount(ctx, session, account, level)
        const found = { account, level }
        listed.push(found)
        for (const waiter of [...waiters]) if (waiter.isWanted(found)) waiter.found(found)
      },
    })
    if (signedOut) {
      await endSessions(ctx, { identity: session.identity }, 'token_refused')
      return new Problem('signed_out')
    }
    return new Problem(complete || session.root === null ? 'foreign_account' : 'vida_unreachable')
  } catch (error) {
    // Nobody waits for one that was stopped for another reason than its time.
    if (ctx.shutdown.isStopping()) return new Problem('stopping')
    return signal.aborted ? new Problem('vida_unreachable') : error
  }
}
