import 'server-only'
import { vidaFor } from '@/lib/server/vida/connection'
import { VidaFailure } from '@/lib/server/vida/failure'
import { type Session, sessions } from './current'

/**
 * A 401 to one call may mean “not you” or “not this” (vida-api.md): asks Vida who the token is, and only if that
 * answers 401, too, ends every session of the identity. @returns whether they were ended.
 */
export async function endIfRefused(session: Session): Promise<boolean> {
  try {
    await vidaFor(session).whoAmI()
    return false
  } catch (error) {
    if (!(error instanceof VidaFailure) || error.code !== 'unauthorized') return false
    await (await sessions()).endAll(session.identity)
    return true
  }
}
