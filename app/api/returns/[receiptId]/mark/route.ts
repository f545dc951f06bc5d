import { json } from '@/lib/server/http/problem'
import { markNotReturned } from '@/lib/server/returns/reconcile'
import { signedIn } from '@/lib/server/routes/signed-in'

export const POST = signedIn<{ receiptId: string }>(async ({ ctx, session, params }) =>
  json(await markNotReturned(ctx, session, params.receiptId)),
)
