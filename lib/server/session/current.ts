import 'server-only'
import { cache } from 'react'
import type { SignedInAccount } from '@/lib/domain/session/account'
import { type SessionTimes, sessionTimes } from '@/lib/domain/session/times'
import { type Context, context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import type { SessionRow } from '@/lib/server/session-store/session-store'
import { identityOf, openOldSeal, openSeal, type Sealed, writeSeal } from './seal'

/** A signed-in person's session as verbs use it. It holds the token: never hand it to a page or to the browser. */
export interface Session extends SessionRow {
  token: string
  /** When it ends for good, ms. */
  endsAt: number
}

/** The session of a request that was let in. */
export interface RequestSession extends Session {
  /** When it ends if it is not used until then, ms. */
  idleEndsAt: number
}

/**
 * The session that a seal names, or null when it was ended, has expired, or was opened against another Vida API: its
 * token must not be sent to this one.
 */
async function live({ sessions, settings, clock }: Context, sealed: Sealed): Promise<Session | null> {
  const row = await sessions.find(sealed.id, clock.now())
  const { vidaBaseUrl, sessionMaxSeconds } = settings
  if (row?.origin !== vidaBaseUrl) return null
  // The name changes when the oldest secret is taken out; under the old one “sign out everywhere” would miss it.
  const identity = identityOf(row.origin, row.account.id, sealed.token)
  if (row.identity !== identity) await sessions.rename(row.id, identity)
  return { ...row, identity, token: sealed.token, endsAt: sealed.startedAt + sessionMaxSeconds * 1000 }
}

/** Who is signed in and for how long, for pages, or null; read once for each page. Does not count as activity. */
export const currentSession = cache(async (): Promise<{ account: SignedInAccount; times: SessionTimes } | null> => {
  const sealed = await openSeal()
  if (!sealed) return null
  const ctx = await context()
  const session = await live(ctx, sealed)
  if (!session) return null
  return { account: session.account, times: timesOf(ctx, { ...session, idleEndsAt: idleEndOf(ctx, sealed) }) }
})

/** When a session ends, for the browser that asks now. */
export function timesOf(
  { settings, clock }: Context,
  { idleEndsAt, endsAt }: Pick<RequestSession, 'idleEndsAt' | 'endsAt'>,
): SessionTimes {
  return sessionTimes({ idleEndsAt, endsAt, now: clock.now() }, settings)
}

/**
 * The session of a route handler's request, and the context that its verbs need. Counts as activity unless the request says that it is a background poll
 * (`X-Background: 1`).
 * @throws Problem `signed_out` 401.
 */
export async function requireSession(request: Request): Promise<{ ctx: Context; session: RequestSession }> {
  const sealed = await openSeal()
  if (!sealed) throw new Problem('signed_out')
  const ctx = await context()
  const session = await live(ctx, sealed)
  if (!session) throw new Problem('signed_out')
  const used = request.headers.get('x-background') !== '1'
  return { ctx, session: { ...session, idleEndsAt: idleEndOf(ctx, used ? await touch(ctx, sealed) : sealed) } }
}

function idleEndOf({ settings }: Context, { seenAt }: Sealed): number {
  return seenAt + settings.sessionIdleSeconds * 1000
}

/**
 * Ends the session of this request's cookie, wherever the cookie was copied to; with `everywhere`, all of its identity.
 * The cookie may have expired: a copy of it that was used since then has not.
 */
export async function endSession({ everywhere }: { everywhere: boolean }): Promise<void> {
  const sealed = await openOldSeal()
  if (!sealed) return
  const { sessions } = await context()
  const row = everywhere ? await sessions.find(sealed.id, 0) : null
  if (row) await sessions.endAll(identityOf(row.origin, row.account.id, sealed.token))
  await sessions.end(sealed.id)
}

/** Moves the idle end; not with every request, because each seal costs a key derivation. Gives what is sealed now. */
async function touch({ settings, clock }: Context, sealed: Sealed): Promise<Sealed> {
  const now = clock.now()
  const step = Math.min(60_000, (settings.sessionIdleSeconds * 1000) / 10)
  if (now - sealed.seenAt < step) return sealed
  const touched = { ...sealed, seenAt: now }
  await writeSeal(touched)
  return touched
}
