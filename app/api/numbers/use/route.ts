import { json, NO_STORE, Problem } from '@/lib/server/http/problem'
import { queryOf } from '@/lib/server/http/query'
import { isE164 } from '@/lib/server/phone/e164'
import { signedIn } from '@/lib/server/routes/signed-in'
import { isVidaId } from '@/lib/server/scan/hierarchy'
import { readNumberUse } from '@/lib/server/use/read-use'

export const GET = signedIn(async ({ ctx, session, request }) => {
  const { signal } = request
  const query = queryOf(request)
  const number = query.get('number') ?? ''
  const accountId = query.get('accountId') ?? ''
  if (!isE164(number)) throw new Problem('invalid_number')
  if (!isVidaId(accountId)) throw new Problem('invalid_account')
  try {
    return json(await readNumberUse(ctx, session, { number, accountId }, signal))
  } catch (error) {
    // A confirmation that was closed is no failure.
    if (signal.aborted) return new Response(null, { status: 499 })
    throw error
  }
})

/** Without it Next would answer HEAD by GET, and ask Vida. */
export const HEAD = signedIn(async () => new Response(null, { headers: NO_STORE }))
