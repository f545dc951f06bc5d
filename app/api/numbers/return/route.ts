import * as z from 'zod'
import { readJsonBody } from '@/lib/server/http/body'
import { json } from '@/lib/server/http/problem'
import { guarded } from '@/lib/server/ledger/errors'
import { confirmationSchema } from '@/lib/server/returns/confirmation'
import { holdReturn, returnNumber } from '@/lib/server/returns/return-number'
import { signedIn } from '@/lib/server/routes/signed-in'

const returnSchema = z.strictObject({
  number: z.string(),
  accountId: z.string().nullable().default(null),
  ...confirmationSchema,
})

// Guarded: session and snapshot are in the ledger's database, so its failure is `ledger_unavailable` (docs/http-api.md).
export const POST = signedIn(async ({ ctx, session, request }) => {
  const { holdSeconds, ...order } = await readJsonBody(request, returnSchema, (field) => {
    if (field === 'number') return 'invalid_number'
    return field === 'accountId' ? 'invalid_account' : 'malformed'
  })
  if (holdSeconds === 0) return json(await returnNumber(ctx, session, order))
  return json(await holdReturn(ctx, session, order, holdSeconds * 1000), {}, 202)
}, guarded)
