import { json, Problem } from '@/lib/server/http/problem'
import { queryOf } from '@/lib/server/http/query'
import { isE164 } from '@/lib/server/phone/e164'
import { signedIn } from '@/lib/server/routes/signed-in'

export const GET = signedIn(async ({ ctx, session: { identity }, request }) => {
  const number = queryOf(request).get('number') ?? ''
  if (!isE164(number)) throw new Problem('invalid_number')
  return json({ number, accounts: await ctx.snapshots.seenSince(identity, number) })
})
