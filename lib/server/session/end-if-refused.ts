import 'server-only'
import type { Context } from '@/lib/server/context/context'
import { VidaFailure } from '@/lib/server/vida/failure'
import type { Session } from './current'
import { endSessions } from './end-sessions'

/** A 401 may concern one call alone (docs/vida-api.md), so sessions end only if `whoAmI` gets one. @returns whether */
export async function endIfRefused(ctx: Context, session: Session): Promise<boolean> {
  try {
    await ctx.vida(session).whoAmI()
    return false
  } catch (error) {
    if (!(error instanceof VidaFailure) || error.code !== 'unauthorized') return false
    await endSessions(ctx, { identity: session.identity })
    return true
  }
}
