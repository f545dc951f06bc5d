import { json } from '@/lib/http/problem'
import { signedIn } from '@/lib/http/signed-in'
import { checkAgain } from '@/lib/returns/reconcile'

type Context = { params: Promise<{ receiptId: string }> }

export const POST = signedIn<Context>(async (session, _request, { params }) =>
  json(await checkAgain(session, (await params).receiptId)),
)
