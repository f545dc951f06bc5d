import { streamed } from '@/lib/server/budgets/streamed'
import { NO_STORE, Problem } from '@/lib/server/http/problem'
import { queryOf } from '@/lib/server/http/query'
import { piecesOf, textStream } from '@/lib/server/http/text-stream'
import { inSlices } from '@/lib/server/process/slices'
import { signedIn } from '@/lib/server/routes/signed-in'

export const GET = signedIn(async ({ ctx, session: { identity }, request }) => {
  const body = await streamed(ctx, 'inventories', { identity, signal: request.signal }, async () => {
    const snapshot = await ctx.snapshots.loadText(identity)
    // The app's own pages use `none=null`, because a browser logs every 404 in its console.
    if (!snapshot && queryOf(request).get('none') !== 'null') throw new Problem('no_inventory')
    return textStream(inSlices(piecesOf(snapshot ?? 'null')))
  })
  return new Response(body, { headers: { ...NO_STORE, 'content-type': 'application/json' } })
})
