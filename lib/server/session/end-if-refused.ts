import 'server-only'
import type { Context } from '@/lib/server/context/context'
import { VidaFailure } from '@/lib/server/vida/failure'
import type { Session } from './current'

/**
 * A 401 to one call may mean “not you” or “not this” (docs/vida-api.md): asks Vida who the token is, and only if that
 * answers 401, too, ends every session of the identity. @returns whether they were ended.
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
