import * as z from 'zod'
import { json, Problem } from '@/lib/server/http/problem'
import { queryOf } from '@/lib/server/http/query'
import { scopeOf } from '@/lib/server/ledger/types'
import { signedIn } from '@/lib/server/routes/signed-in'

const sinceSchema = z.iso.datetime({ offset: true }).optional()

export const GET = signedIn(async ({ ctx, session, request }) => {
  const since = sinceSchema.safeParse(queryOf(request).get('since'))
  if (!since.success) throw new Problem('malformed')
  return json(await ctx.ledger.marks(scopeOf(session), since.data === undefined ? null : Date.parse(since.data)))
})
