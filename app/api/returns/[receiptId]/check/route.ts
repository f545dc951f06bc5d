import { json } from '@/lib/server/http/problem'
import { checkAgain } from '@/lib/server/returns/reconcile'
import { signedIn } from '@/lib/server/routes/signed-in'

export const POST = signedIn<{ receiptId: string }>(async ({ ctx, session, params }) =>
  json(await checkAgain(ctx, session, params.receiptId)),
)
