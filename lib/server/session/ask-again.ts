import 'server-only'
import { isSameRoot, type SignedInAccount } from '@/lib/domain/session/account'
import { cleanLine } from '@/lib/domain/text/clean'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { BoundedMap } from '@/lib/server/process/bounded-map'
import type { SessionRow } from '@/lib/server/session-store/session-store'
import { VidaFailure } from '@/lib/server/vida/failure'
import type { VidaCaller } from '@/lib/server/vida/identity'
import type { Session } from './current'
import { endSessions } from './end-sessions'
import { canReturn, requireMayReturn } from './may-return'

/** How long what Vida states of the signed-in account is believed, ms. */
const BELIEVED_MS = 10 * 60_000

const NAME_LIMIT = 200

type Stated = Pick<SessionRow, 'account' | 'root'>

/** How soon a second refusal asks again, ms. */
const ASKED_NOW_MS = 5_000

interface Asked {
  at: number
  stated: Promise<Stated>
}

const asked = ({ shared }: Context) => shared('asked-accounts', () => new BoundedMap<string, Asked>(10_000))

export function statedBy({ settings }: Context, caller: VidaCaller): Stated {
  const account: SignedInAccount = {
    id: caller.id,
    name: cleanLine(caller.name, NAME_LIMIT),
    role: caller.role,
    canReturn: canReturn(settings, caller.role),
  }
  return { account, root: caller.root && { ...caller.root, name: account.name } }
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
    const last = asked(ctx).get(session.identity)
    await (last && last.at > ctx.clock.now() - ASKED_NOW_MS ? last.stated : askAgain(ctx, session))
    return false
  } catch (error) {
    return error instanceof Problem && error.code === 'signed_out'
  }
}

function allowed(ctx: Context, session: Session, { account, root }: Stated): Session {
  requireMayReturn(ctx, account)
  return { ...session, account, root }
}

function askAgain(ctx: Context, session: Session): Promise<Stated> {
  const before = asked(ctx)
    .get(session.identity)
    ?.stated.catch(() => session)
  const stated = ask(ctx, session, before ?? Promise.resolve(session))
  const entry = { at: ctx.clock.now(), stated }
  asked(ctx).set(session.identity, entry)
  // The next return asks again.
  stated.catch(() => asked(ctx).get(session.identity) === entry && asked(ctx).delete(session.identity))
  return stated
}

/** @param before what Vida stated last: a batch's session is as old as the batch */
async function ask(ctx: Context, session: Session, before: Promise<Stated>): Promise<Stated> {
  const { identity, account } = session
  let caller: VidaCaller
  try {
    caller = await ctx.vida(session).whoAmI()
  } catch (error) {
    if (!(error instanceof VidaFailure)) throw error
    if (error.code !== 'unauthorized') throw new Problem('vida_unreachable')
    await endSessions(ctx, { identity })
    throw new Problem('signed_out')
  }
  // A token of another account is not the one that signed in.
  if (caller.id !== account.id) {
    await endSessions(ctx, { identity })
    throw new Problem('signed_out')
  }
  const stated = statedBy(ctx, caller)
  const { account: lastAccount, root: lastRoot } = await before
  const isMoved = !isSameRoot(stated.root, lastRoot)
  if (isMoved) await ctx.snapshots.forget(identity)
  if (JSON.stringify(stated) !== JSON.stringify({ account: lastAccount, root: lastRoot }))
    await ctx.sessions.restate(identity, { origin: session.origin, ...stated })
  // A scan that ended in between was saved, as the sessions had the old root.
  if (isMoved) await ctx.snapshots.forget(identity)
  return stated
}
