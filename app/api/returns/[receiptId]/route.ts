import { json } from '@/lib/server/http/problem'
import { readReceipt } from '@/lib/server/returns/receipt'
import { signedIn } from '@/lib/server/routes/signed-in'

type Context = { params: Promise<{ receiptId: string }> }

export const GET = signedIn<Context>(async (session, _request, { params }) =>
  json(await readReceipt(session, (await params).receiptId)),
)
