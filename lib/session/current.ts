import 'server-only'
import { settings } from '@/lib/config/current'
import { database } from '@/lib/db/database'
import { Problem } from '@/lib/http/problem'
import type { SignedInAccount } from './account'
import { openSeal, type Sealed, writeSeal } from './seal'
import { createSessionStore, type SessionRow } from './store'

/** A signed-in person's session as the server's rooms use it. It holds the token: never hand it to a page or a client. */
export interface Session extends SessionRow {
  token: string
  /** The Vida API that this session was opened against. */
  origin: string
  /** When it ends for good, ms. */
  endsAt: number
}

export async function sessions() {
  return createSessionStore(await database())
}

async function live(sealed: Sealed | null): Promise<Session | null> {
  if (!sealed) return null
  const row = await (await sessions()).find(sealed.id, Date.now())
  if (!row) return null
  const endsAt = sealed.startedAt + settings().sessionMaxSeconds * 1000
  return { ...row, token: sealed.token, origin: settings().vidaBaseUrl, endsAt }
}

/** Who is signed in, for pages: the account alone, or null. Does not count as activity. */
export async function currentSession(): Promise<{ account: SignedInAccount } | null> {
  const session = await live(await openSeal())
  return session && { account: session.account }
}

/**
 * The session of a route handler's request. Counts as activity unless the request says that it is a background poll
 * (`X-Background: 1`).
 * @throws Problem `signed_out` 401.
 */
export async function requireSession(request: Request): Promise<Session> {
  const sealed = await openSeal()
  const session = await live(sealed)
  if (!sealed || !session) throw new Problem('signed_out')
  if (request.headers.get('x-background') !== '1') await touch(sealed)
  return session
}

/** Moves the idle end; not with every request, because each seal costs a key derivation. */
async function touch(sealed: Sealed): Promise<void> {
  const now = Date.now()
  const step = Math.min(60_000, (settings().sessionIdleSeconds * 1000) / 10)
  if (now - sealed.seenAt >= step) await writeSeal({ ...sealed, seenAt: now })
}
