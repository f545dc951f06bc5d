import 'server-only'
import { isSameRoot } from '@/lib/domain/session/account'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { BoundedMap } from '@/lib/server/process/bounded-map'
import { VidaFailure } from '@/lib/server/vida/failure'
import type { VidaCaller } from '@/lib/server/vida/identity'
import type { Session } from './current'
import { endSessions } from './end-sessions'
import { requireMayReturn } from './may-return'
import { type Stated, statedBy } from './stated'

/** How long what Vida states of the signed-in account is believed, ms. */
const BELIEVED_MS = 10 * 60_000

/** How soon a second refusal, or a reading without a root, asks again, ms. */
const ASKED_NOW_MS = 5_000

interface Asked {
  at: number
  stated: Promise<Stated>
}

const asked = ({ shared }: Context) => shared('asked-accounts', () => new BoundedMap<string, Asked>(10_000))

/** A sign-in asks by itself, and is believed rather than what was asked before. */
export function forgetAsked(ctx: Context, identity: string): void {
  asked(ctx).delete(identity)
}

/**
 * The session with the role and the root that Vida states, which is asked ten minutes after the last answer.
 * @throws Problem `read_only`, `not_allowed`, `signed_out`, `vida_unreachable`
 */
export async function mayStillReturn(ctx: Context, session: Session): Promise<Session> {
  const oldest = ctx.clock.now() - BELIEVED_MS
  const last = asked(ctx).get(session.identity)
  if (last && last.at > oldest) return allowed(ctx, session, await last.stated)
  if (session.endsAt - ctx.settings.sessionMaxSeconds * 1000 > oldest) return allowed(ctx, session, session)
  return allowed(ctx, session, await askAgain(ctx, session))
}

/** For a return that Vida refused. A 401 may concern one call alone, so sessions end only if this gets one, too. */
export async function endIfRefused(ctx: Context, session: Session): Promise<boolean> {
  try {
    await askedNow(ctx, session)
    return false
  } catch (error) {
    return error instanceof Problem && error.code === 'signed_out'
  }
}

/** For a reading: a session without a root gets one if Vida tells now what it did not tell before. */
export async function withRoot(ctx: Context, session: Session): Promise<Session> {
  if (session.root !== null) return session
  try {
    return { ...session, ...(await askedNow(ctx, session)) }
  } catch (error) {
    if (error instanceof Problem && error.code === 'vida_unreachable') return session
    throw error
  }
}

function askedNow(ctx: Context, session: Session): Promise<Stated> {
  const last = asked(ctx).get(session.identity)
  return last && last.at > ctx.clock.now() - ASKED_NOW_MS ? last.stated : askAgain(ctx, session)
}

function allowed(ctx: Context, session: Session, { account, root }: Stated): Session {
  requireMayReturn(ctx, account)
  return { ...session, account, root }
}

function askAgain(ctx: Context, session: Session): Promise<Stated> {
  const before = asked(ctx)
    .get(session.identity)
    ?.stated.catch(() => session)
  const asking = ask(ctx, session, before ?? Promise.resolve(session))
  const entry = { at: ctx.clock.now(), stated: asking.then(({ stated }) => stated) }
  asked(ctx).set(session.identity, entry)
  // The next one asks again.
  const forget = () => asked(ctx).get(session.identity) === entry && asked(ctx).delete(session.identity)
  asking.then(({ isAnswered }) => isAnswered || forget(), forget)
  return entry.stated
}

/** @param before what Vida stated last: a batch's session is as old as the batch */
async function ask(ctx: Context, session: Session, before: Promise<Stated>) {
  const { identity, account } = session
  let caller: VidaCaller
  try {
    caller = await ctx.vida(session).whoAmI()
  } catch (error) {
    if (!(error instanceof VidaFailure)) throw error
    if (error.code !== 'unauthorized') throw new Problem('vida_unreachable')
    await endSessions(ctx, { identity }, 'token_refused')
    throw new Problem('signed_out')
  }
  // A token of another account is not the one that signed in.
  if (caller.id !== account.id) {
    await endSessions(ctx, { identity }, 'account_changed')
    throw new Problem('signed_out')
  }
  const last = await before
  const answer = await statedBy(ctx, session, caller, last)
  const { stated } = answer
  const { account: lastAccount, root: lastRoot } = last
  const isMoved = !isSameRoot(stated.root, lastRoot)
  if (isMoved) await ctx.snapshots.forget(identity)
  if (JSON.stringify(stated) !== JSON.stringify({ account: lastAccount, root: lastRoot }))
    await ctx.sessions.restate(identity, { origin: session.origin, ...stated })
  // A scan that ended in between was saved, as the sessions had the old root.
  if (isMoved) await ctx.snapshots.forget(identity)
  return answer
}
