import { streamed } from '@/lib/server/budgets/streamed'
import type { Context } from '@/lib/server/context/context'
import { NO_STORE, Problem } from '@/lib/server/http/problem'
import { queryOf } from '@/lib/server/http/query'
import { settleFromScan } from '@/lib/server/returns/settle-from-scan'
import { signedIn } from '@/lib/server/routes/signed-in'
import { signedOutLines } from '@/lib/server/scan/events'
import { findAccount, findOrganization, isVidaId } from '@/lib/server/scan/hierarchy'
import { streamScan } from '@/lib/server/scan/running-scans'
import type { ScanScope } from '@/lib/server/scan/scan'
import { withRoot } from '@/lib/server/session/ask-again'
import type { Session } from '@/lib/server/session/current'
import { whileLive } from '@/lib/server/session/while-live'

const HEADERS = { ...NO_STORE, 'content-type': 'application/x-ndjson', 'x-accel-buffering': 'no' }

export const GET = signedIn(async ({ ctx, session: asked, request }) => {
  const { signal } = request
  const body = await streamed(ctx, 'streams', { identity: asked.identity, signal }, async () => {
    const session = await withRoot(ctx, asked)
    const part = await partOf(ctx, session, queryOf(request), signal)
    const stream = part
      ? streamScan(ctx, session, part, signal)
      : streamScan(ctx, session, { kind: 'root', root: session.root }, signal, (scan) =>
          settleFromScan(ctx, session, scan).catch(() => ctx.log('error', 'scan_not_settled')),
        )
    return whileLive(ctx, session, await stream, signal, signedOutLines)
  })
  return new Response(body, { headers: HEADERS })
})

/** Without it Next would answer HEAD by GET, with a scan that nobody reads. */
export const HEAD = signedIn(async () => new Response(null, { headers: HEADERS }))

async function partOf(
  ctx: Context,
  session: Session,
  query: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<ScanScope | null> {
  const accountId = query.get('accountId')
  const organizationId = query.get('organizationId')
  const id = accountId ?? organizationId
  if (id === undefined) return null
  if (accountId !== undefined && organizationId !== undefined) throw new Problem('malformed')
  if (!isVidaId(id)) throw new Problem('invalid_account')
  if (accountId === undefined) return findOrganization(ctx, session, id, signal)
  return { kind: 'account', account: await findAccount(ctx, session, id, signal) }
}
