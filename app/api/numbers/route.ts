import { NO_STORE, Problem } from '@/lib/http/problem'
import { signedIn } from '@/lib/http/signed-in'
import { findHolder, isVidaId } from '@/lib/inventory/hierarchy'
import { streamInventory, streamPart } from '@/lib/inventory/running-walks'
import { log } from '@/lib/process/log'
import { settleAbsent } from '@/lib/returns/reconcile'

export const GET = signedIn(async (session, request) => {
  const query = new URL(request.url).searchParams
  const id = query.get('accountId') ?? query.get('organizationId')
  if (id === null) {
    const stream = streamInventory(session, (walk) => {
      settleAbsent(session, walk).catch(() => log('error', 'absent_not_settled'))
    })
    return ndjson(stream)
  }
  if (!isVidaId(id)) throw new Problem('invalid_account')
  const holder = await findHolder(session, id)
  const scope = query.has('accountId')
    ? ({ kind: 'account', account: holder } as const)
    : ({ kind: 'organization', organization: holder } as const)
  return ndjson(streamPart(session, scope))
})

function ndjson(stream: ReadableStream<Uint8Array>): Response {
  return new Response(stream, {
    headers: { ...NO_STORE, 'content-type': 'application/x-ndjson', 'x-accel-buffering': 'no' },
  })
}
