import { pricesSchema } from '@/lib/domain/settings/schema'
import { json } from '@/lib/server/http/problem'
import { signedIn } from '@/lib/server/routes/signed-in'

export const GET = signedIn(async ({ ctx, session }) => {
  const prices = pricesSchema.safeParse(await ctx.ownerSettings.get(session, 'prices'))
  return json({ prices: prices.data ?? null })
})
