import 'server-only'
import type { Context } from '@/lib/server/context/context'
import { VidaFailure } from '@/lib/server/vida/failure'
import type { Session } from './current'

/**
 * A 401 to one call may concern that call alone (docs/vida-api.md): ends every session of the identity only if Vida also
 * answers 401 to the question whose token it is. @returns whether they were ended.
 */
export async function endIfRefused(ctx: Context, session: Session): Promise<boolean> {
  try {
    await ctx.vida(session).whoAmI()
    return false
  } catch (error) {
    if (!(error instanceof VidaFailure) || error.code !== 'unauthorized') return false
    await ctx.sessions.endAll(session.identity)
    return true
  }
}
