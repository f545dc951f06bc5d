import { json } from '@/lib/server/http/problem'
import { readReceipt } from '@/lib/server/returns/receipt'
import { signedIn } from '@/lib/server/routes/signed-in'

export const GET = signedIn<{ receiptId: string }>(async ({ ctx, session, params }) =>
  json(await readReceipt(ctx, session, params.receiptId)),
)
