import { json } from '@/lib/server/http/problem'
import { checkAgain } from '@/lib/server/returns/reconcile'
import { signedIn } from '@/lib/server/routes/signed-in'

type Context = { params: Promise<{ receiptId: string }> }

export const POST = signedIn<Context>(async (session, _request, { params }) =>
  json(await checkAgain(session, (await params).receiptId)),
)
