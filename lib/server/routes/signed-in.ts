import 'server-only'
import type { Context } from '@/lib/server/context/context'
import { workFor } from '@/lib/server/process/slices'
import { traceAccount } from '@/lib/server/process/trace'
import { recoverOrphans } from '@/lib/server/returns/orphan-recovery'
import { type RequestSession, requireSession } from '@/lib/server/session/current'
import { handler } from './handler'

interface Call<Params> {
  ctx: Context
  session: RequestSession
  request: Request
  params: Params
}

/** `handler` with a session, else 401 `signed_out`. @param guard wraps lookup and handler, e.g. to map failures. */
export function signedIn<Params = Record<never, string>>(
  handle: (call: Call<Params>) => Promise<Response>,
  guard: <T>(act: () => Promise<T>) => Promise<T> = (act) => act(),
) {
  return handler<{ params: Promise<Params> }>((request, { params }) =>
    guard(async () => {
      const { ctx, session } = await requireSession(request)
      traceAccount(session.account.id)
      recoverOrphans(ctx, session)
      const call = { ctx, session, request, params: await params }
      return workFor(session.identity, () => handle(call))
    }),
  )
}
