import { DEFAULT_REASONS, reasonsSchema } from '@/lib/domain/returns/reasons'
import { pricesSchema } from '@/lib/domain/settings/prices'
import { json } from '@/lib/server/http/problem'
import { signedIn } from '@/lib/server/routes/signed-in'

export const GET = signedIn(async ({ ctx, session }) => {
  const prices = pricesSchema.safeParse(await ctx.ownerSettings.get(session, 'prices'))
  const reasons = reasonsSchema.safeParse(await ctx.ownerSettings.get(session, 'reasons'))
  return json({ prices: prices.data ?? null, reasons: reasons.data ?? DEFAULT_REASONS })
})
