import 'server-only'
import { cache } from 'react'
import type { SignedInAccount } from '@/lib/domain/session/account'
import { type SessionTimes, sessionTimes } from '@/lib/domain/session/times'
import { type Context, context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { traceAccount } from '@/lib/server/process/trace'
import type { SessionRow } from '@/lib/server/session-store/session-store'
import { isAllowedAccount } from './allowed-account'
import { endSessions } from './end-sessions'
import { canReturn } from './may-return'
import { identityOf, openOldSeal, openSeal, type Sealed, writeSeal } from './seal'

/** A session as verbs use it. It holds the token: never pass it to a page or to the browser. */
export interface Session extends SessionRow {
  token: string
  endsAt: number
}

export interface RequestSession extends Session {
  idleEndsAt: number
}

/**
 * Null also for a session of another Vida API, which this one must not get the token of, of no listed account, or without
 * a name where one is required.
 */
async function live({ sessions, settings, clock }: Context, sealed: Sealed): Promise<Session | null> {
  const row = await sessions.find(sealed.id, clock.now())
  const { vidaBaseUrl, sessionMaxSeconds, requireOperator } = settings
  if (row?.origin !== vidaBaseUrl || !isAllowedAccount(settings, row.account.id)) return null
  if (requireOperator && row.operator === null) return null
  // The identity changes when the oldest secret is removed; “sign out everywhere” would miss the old one.
  const identity = identityOf(row.origin, row.account.id, sealed.token)
  if (row.identity !== identity) await sessions.rename(row.id, identity)
  // The settings may be others than when the row was written.
  const account = { ...row.account, canReturn: canReturn(settings, row.account.role) }
  return { ...row, account, identity, token: sealed.token, endsAt: sealed.startedAt + sessionMaxSeconds * 1000 }
}

interface SignedIn {
  /** Whose data it sees; see `identityOf`. */
  identity: string
  account: SignedInAccount
  operator: string | null
  times: SessionTimes
}

/** Who is signed in and for how long, for pages; read once for each page. Does not count as activity. */
export const currentSession = cache(async (): Promise<SignedIn | null> => {
  const sealed = await openSeal()
  if (!sealed) return null
  const ctx = await context()
  const session = await live(ctx, sealed)
  if (!session) return null
  const { identity, account, operator } = session
  return { identity, account, operator, times: timesOf(ctx, { ...session, idleEndsAt: idleEndOf(ctx, sealed) }) }
})

export function timesOf(
  { settings, clock }: Context,
  { idleEndsAt, endsAt }: Pick<RequestSession, 'idleEndsAt' | 'endsAt'>,
): SessionTimes {
  return sessionTimes({ idleEndsAt, endsAt, now: clock.now() }, settings)
}

/** Counts as activity unless the request is a background poll (`X-Background: 1`). @throws Problem `signed_out` */
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

/** Ends the session and its copies, or all of its identity; also by an expired cookie, as a copy may still be live. */
export async function endSession({ everywhere }: { everywhere: boolean }): Promise<void> {
  const sealed = await openOldSeal()
  if (!sealed) return
  const ctx = await context()
  const row = await ctx.sessions.find(sealed.id, 0)
  if (row) traceAccount(row.account.id)
  if (row && everywhere)
    await endSessions(ctx, { identity: identityOf(row.origin, row.account.id, sealed.token) }, 'signed_out')
  await endSessions(ctx, { sessionId: sealed.id }, 'signed_out')
}

/** Extends the idle end; not with every request, because each seal costs a key derivation. */
async function touch({ settings, clock }: Context, sealed: Sealed): Promise<Sealed> {
  const now = clock.now()
  const step = Math.min(60_000, (settings.sessionIdleSeconds * 1000) / 10)
  if (now - sealed.seenAt < step) return sealed
  const touched = { ...sealed, seenAt: now }
  await writeSeal(touched)
  return touched
}
