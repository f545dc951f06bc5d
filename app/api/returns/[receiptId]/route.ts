import { methodNotAllowed } from '@/lib/http/method-not-allowed'
import { json } from '@/lib/http/problem'
import { signedIn } from '@/lib/http/signed-in'
import { readReceipt } from '@/lib/returns/receipt'

type Context = { params: Promise<{ receiptId: string }> }

export const GET = signedIn<Context>(async (session, _request, { params }) =>
  json(await readReceipt(session, (await params).receiptId)),
)

const other = methodNotAllowed('GET, HEAD')

export { other as DELETE, other as OPTIONS, other as PATCH, other as POST, other as PUT }
