import * as z from 'zod'
import { readJsonBody } from '@/lib/server/http/body'
import { json } from '@/lib/server/http/problem'
import { guarded } from '@/lib/server/ledger/errors'
import { noteSchema } from '@/lib/server/returns/note'
import { returnNumber } from '@/lib/server/returns/return-number'
import { signedIn } from '@/lib/server/routes/signed-in'

const returnSchema = z.strictObject({
  number: z.string(),
  accountId: z.string().nullable().default(null),
  note: noteSchema,
})

// Session and snapshot are in the ledger's database, so its failure is `ledger_unavailable` (docs/http-api.md).
export const POST = signedIn(async ({ ctx, session, request }) => {
  const order = await readJsonBody(request, returnSchema, (field) => {
    if (field === 'number') return 'invalid_number'
    return field === 'accountId' ? 'invalid_account' : 'malformed'
  })
  return json(await returnNumber(ctx, session, { ...order, note: order.note || null }))
}, guarded)
