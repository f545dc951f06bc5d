import 'server-only'
import { recoverOrphans } from '@/lib/server/returns/orphan-recovery'
import { type RequestSession, requireSession } from '@/lib/server/session/current'
import { handler } from './handler'

/**
 * A route handler for signed-in people: everything `handler` does, and 401 `signed_out` for everybody else. `guard` runs
 * all of it, and may give failures another name.
 */
export function signedIn<Context>(
  handle: (session: RequestSession, request: Request, context: Context) => Promise<Response>,
  guard: <T>(act: () => Promise<T>) => Promise<T> = (act) => act(),
) {
  return handler<Context>((request, context) =>
    guard(async () => {
      const session = await requireSession(request)
      recoverOrphans(session)
      return handle(session, request, context)
    }),
  )
}
