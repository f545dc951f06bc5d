import { NO_STORE, Problem } from '@/lib/server/http/problem'
import { queryOf } from '@/lib/server/http/query'
import { signedIn } from '@/lib/server/routes/signed-in'

export const GET = signedIn(async ({ ctx, session: { identity }, request }) => {
  const kept = await ctx.snapshots.loadText(identity)
  // The app's own pages ask with `none=null`: a browser writes every 404 into its console.
  if (!kept && queryOf(request).get('none') !== 'null') throw new Problem('no_inventory')
  return new Response(kept ?? 'null', { headers: { ...NO_STORE, 'content-type': 'application/json' } })
})
