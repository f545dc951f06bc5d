import * as z from 'zod'
import { readJsonBody } from '@/lib/server/http/body'
import { json } from '@/lib/server/http/problem'
import { signedIn } from '@/lib/server/routes/signed-in'

const dismissSchema = z.strictObject({ readAt: z.iso.datetime() })

export const POST = signedIn(async ({ ctx, session: { identity }, request }) => {
  const { readAt } = await readJsonBody(request, dismissSchema, 'malformed')
  return json({ dismissed: await ctx.snapshots.dismissChanges(identity, readAt) })
})
