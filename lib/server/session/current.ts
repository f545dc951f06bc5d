import 'server-only'
import type { SignedInAccount } from '@/lib/domain/session/account'
import { type SessionTimes, sessionTimes } from '@/lib/domain/session/times'
import { settings } from '@/lib/server/config/current'
import { database } from '@/lib/server/db/database'
import { Problem } from '@/lib/server/http/problem'
import { identityOf, openOldSeal, openSeal, type Sealed, writeSeal } from './seal'
import { createSessionStore, type SessionRow } from './store'

/** A signed-in person's session as the server's rooms use it. It holds the token: never hand it to a page or a client. */
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

export async function sessions() {
  return createSessionStore(await database())
}

/**
 * The session that a seal names, or null when it was ended, has expired, or was opened against another Vida API: its
 * token must not be sent to this one.
 */
async function live(sealed: Sealed | null): Promise<Session | null> {
  if (!sealed) return null
  const store = await sessions()
  const row = await store.find(sealed.id, Date.now())
  const { vidaBaseUrl, sessionMaxSeconds } = settings()
  if (row?.origin !== vidaBaseUrl) return null
  // The name changes when the oldest secret is taken out; under the old one “sign out everywhere” would miss it.
  const identity = identityOf(row.origin, row.account.id, sealed.token)
  if (row.identity !== identity) await store.rename(row.id, identity)
  return { ...row, identity, token: sealed.token, endsAt: sealed.startedAt + sessionMaxSeconds * 1000 }
}

/** Who is signed in and for how long, for pages, or null. Does not count as activity. */
export async function currentSession(): Promise<{ account: SignedInAccount; times: SessionTimes } | null> {
  const sealed = await openSeal()
  const session = await live(sealed)
  if (!sealed || !session) return null
  return { account: session.account, times: timesOf({ ...session, idleEndsAt: idleEndOf(sealed) }) }
}

/** When a session ends, for the browser that asks now. */
export function timesOf({ idleEndsAt, endsAt }: Pick<RequestSession, 'idleEndsAt' | 'endsAt'>): SessionTimes {
  return sessionTimes({ idleEndsAt, endsAt, now: Date.now() }, settings())
}

/**
 * The session of a route handler's request. Counts as activity unless the request says that it is a background poll
 * (`X-Background: 1`).
 * @throws Problem `signed_out` 401.
 */
export async function requireSession(request: Request): Promise<RequestSession> {
  const sealed = await openSeal()
  const session = await live(sealed)
  if (!sealed || !session) throw new Problem('signed_out')
  const used = request.headers.get('x-background') !== '1'
  return { ...session, idleEndsAt: idleEndOf(used ? await touch(sealed) : sealed) }
}

function idleEndOf({ seenAt }: Sealed): number {
  return seenAt + settings().sessionIdleSeconds * 1000
}

/**
 * Ends the session of this request's cookie, wherever the cookie was copied to; with `everywhere`, all of its identity.
 * The cookie may have expired: a copy of it that was used since then has not.
 */
export async function endSession({ everywhere }: { everywhere: boolean }): Promise<void> {
  const sealed = await openOldSeal()
  if (!sealed) return
  const store = await sessions()
  const row = everywhere ? await store.find(sealed.id, 0) : null
  if (row) await store.endAll(identityOf(row.origin, row.account.id, sealed.token))
  await store.end(sealed.id)
}

/** Moves the idle end; not with every request, because each seal costs a key derivation. Gives what is sealed now. */
async function touch(sealed: Sealed): Promise<Sealed> {
  const now = Date.now()
  const step = Math.min(60_000, (settings().sessionIdleSeconds * 1000) / 10)
  if (now - sealed.seenAt < step) return sealed
  const touched = { ...sealed, seenAt: now }
  await writeSeal(touched)
  return touched
}
