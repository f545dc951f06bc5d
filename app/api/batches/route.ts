import * as z from 'zod'
import { LISTED, listBatches, startBatch } from '@/lib/server/batches/batches'
import { BODY_LIMIT, readJsonBody } from '@/lib/server/http/body'
import { isOwnId } from '@/lib/server/http/own-id'
import { json, Problem } from '@/lib/server/http/problem'
import { queryOf } from '@/lib/server/http/query'
import { confirmationSchema } from '@/lib/server/returns/confirmation'
import { signedIn } from '@/lib/server/routes/signed-in'

const returnSchema = z.strictObject({ number: z.string(), accountId: z.string() })

/** The returns are parsed one by one: zod would collect what is wrong with each of thousands. */
const batchSchema = z.strictObject({ returns: z.array(z.unknown()), ...confirmationSchema })

function parseReturn(value: unknown) {
  const { success, data } = returnSchema.safeParse(value)
  if (!success) throw new Problem('malformed')
  return data
}

const ITEM_BYTES = 160

const idsSchema = z
  .string()
  .transform((list) => list.split(','))
  .pipe(z.array(z.string().refine(isOwnId)).max(LISTED))
  .optional()

export const GET = signedIn(async ({ ctx, session, request }) => {
  const ids = idsSchema.safeParse(queryOf(request).get('ids'))
  if (!ids.success) throw new Problem('malformed')
  return json({ batches: await listBatches(ctx, session, ids.data) })
})

export const POST = signedIn(async ({ ctx, session, request }) => {
  const limit = BODY_LIMIT + ctx.settings.maxBatch * ITEM_BYTES
  const { holdSeconds, returns, ...order } = await readJsonBody(request, batchSchema, 'malformed', limit)
  const parsed = { ...order, returns: returns.map(parseReturn) }
  return json(await startBatch(ctx, session, { ...parsed, holdMs: holdSeconds * 1000 }))
})
