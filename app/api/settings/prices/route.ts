import * as z from 'zod'
import { pricesSchema } from '@/lib/domain/settings/prices'
import { readJsonBody } from '@/lib/server/http/body'
import { json } from '@/lib/server/http/problem'
import { signedIn } from '@/lib/server/routes/signed-in'

export const PUT = signedIn(async ({ ctx, session, request }) => {
  const prices = await readJsonBody(request, z.nullable(pricesSchema), 'malformed')
  await ctx.ownerSettings.set(session, 'prices', prices)
  return json({ prices })
})
