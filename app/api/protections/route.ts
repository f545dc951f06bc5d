import * as z from 'zod'
import { PROTECTION_LEVELS } from '@/lib/domain/protections/protection'
import { readJsonBody } from '@/lib/server/http/body'
import { isOwnId } from '@/lib/server/http/own-id'
import { json, Problem } from '@/lib/server/http/problem'
import { queryOf } from '@/lib/server/http/query'
import { scopeOf } from '@/lib/server/ledger/types'
import { listChanges, protect } from '@/lib/server/protections/protections'
import { reasonSchema, wrongField } from '@/lib/server/protections/reason'
import { signedIn } from '@/lib/server/routes/signed-in'

const time = z.iso.datetime({ offset: true }).optional()
const historySchema = z.object({ from: time, to: time, before: z.string().refine(isOwnId).optional() })

const protectionSchema = z.strictObject({
  level: z.enum(PROTECTION_LEVELS),
  target: z.string(),
  reason: reasonSchema,
})

export const GET = signedIn(async ({ ctx, session, request }) => {
  const query = queryOf(request)
  if (query.get('history') !== '1') return json({ protections: await ctx.ledger.protections.active(scopeOf(session)) })
  const filter = historySchema.safeParse(Object.fromEntries(query))
  if (!filter.success) throw new Problem('malformed')
  const { from, to, before } = filter.data
  return json(await listChanges(ctx, session, { from, to, before }))
})

export const POST = signedIn(async ({ ctx, session, request }) =>
  json(await protect(ctx, session, await readJsonBody(request, protectionSchema, wrongField))),
)
