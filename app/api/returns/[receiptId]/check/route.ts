import { methodNotAllowed } from '@/lib/http/method-not-allowed'
import { json } from '@/lib/http/problem'
import { signedIn } from '@/lib/http/signed-in'
import { checkAgain } from '@/lib/returns/reconcile'

type Context = { params: Promise<{ receiptId: string }> }

export const POST = signedIn<Context>(async (session, _request, { params }) =>
  json(await checkAgain(session, (await params).receiptId)),
)

const other = methodNotAllowed('POST')

export { other as DELETE, other as GET, other as OPTIONS, other as PATCH, other as PUT }
