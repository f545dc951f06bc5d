import * as z from 'zod'
import { take } from '@/lib/server/budgets/budgets'
import { readJsonBody } from '@/lib/server/http/body'
import { json } from '@/lib/server/http/problem'
import { scopeOf } from '@/lib/server/ledger/types'
import { isE164 } from '@/lib/server/phone/e164'
import { PASTE_LIMIT } from '@/lib/server/phone/pasted'
import { signedIn } from '@/lib/server/routes/signed-in'

/** Bytes: a number with its quotes and comma has 19 at most. */
const LIMIT = 128 * 1024

const numbersSchema = z.strictObject({ numbers: z.array(z.string().refine(isE164)).max(PASTE_LIMIT) })

export const POST = signedIn(async ({ ctx, session, request }) => {
  const release = take(ctx, 'pastes', session.identity)
  try {
    const { numbers } = await readJsonBody(request, numbersSchema, 'malformed', LIMIT)
    return json({ returns: await ctx.ledger.latest(scopeOf(session), numbers) })
  } finally {
    release()
  }
})
