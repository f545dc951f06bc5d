import { json } from '@/lib/server/http/problem'
import { guarded } from '@/lib/server/ledger/errors'
import { undoReturn } from '@/lib/server/returns/undo-return'
import { signedIn } from '@/lib/server/routes/signed-in'

export const POST = signedIn<{ receiptId: string }>(
  async ({ ctx, session, params }) => json(await undoReturn(ctx, session, params.receiptId)),
  guarded,
)
