import { json } from '@/lib/server/http/problem'
import { scopeOf } from '@/lib/server/ledger/types'
import { signedIn } from '@/lib/server/routes/signed-in'

export const GET = signedIn(async ({ ctx, session }) => json(await ctx.ledger.choices(scopeOf(session))))
