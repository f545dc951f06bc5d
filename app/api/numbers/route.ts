import { methodNotAllowed } from '@/lib/http/method-not-allowed'
import { NO_STORE, Problem } from '@/lib/http/problem'
import { queryOf } from '@/lib/http/query'
import { signedIn } from '@/lib/http/signed-in'
import { log } from '@/lib/process/log'
import { settleAbsent } from '@/lib/returns/absent'
import type { Session } from '@/lib/session/current'
import { whileLive } from '@/lib/session/while-live'
import { findHolder, findOrganization, isVidaId } from '@/lib/walk/hierarchy'
import { streamInventory, streamPart } from '@/lib/walk/running-walks'
import { signedOutLines } from '@/lib/walk/signed-out-lines'
import type { WalkScope } from '@/lib/walk/walk'

const HEADERS = { ...NO_STORE, 'content-type': 'application/x-ndjson', 'x-accel-buffering': 'no' }

export const GET = signedIn(async (session, request) => {
  const { signal } = request
  const scope = await partOf(session, queryOf(request), signal)
  const stream = scope
    ? streamPart(session, signal, scope)
    : streamInventory(session, signal, (walk) =>
        settleAbsent(session, walk).catch(() => log('error', 'absent_not_settled')),
      )
  return new Response(whileLive(session, stream, signal, signedOutLines), { headers: HEADERS })
})

/** Of its own, because Next would answer it by GET: with a walk that nobody reads or stops. */
export const HEAD = signedIn(async () => new Response(null, { headers: HEADERS }))

/** The part that a query names; null for the whole inventory. */
async function partOf(
  session: Session,
  query: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<WalkScope | null> {
  const accountId = query.get('accountId')
  const organizationId = query.get('organizationId')
  const id = accountId ?? organizationId
  if (id === undefined) return null
  if (accountId !== undefined && organizationId !== undefined) throw new Problem('malformed')
  if (!isVidaId(id)) throw new Problem('invalid_account')
  if (accountId === undefined) return findOrganization(session, id, signal)
  return { kind: 'account', account: await findHolder(session, id, signal) }
}

const other = methodNotAllowed('GET, HEAD')

export { other as DELETE, other as OPTIONS, other as PATCH, other as POST, other as PUT }
