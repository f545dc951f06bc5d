import { stopBatch } from '@/lib/server/batches/batches'
import { ownId } from '@/lib/server/http/own-id'
import { json } from '@/lib/server/http/problem'
import { signedIn } from '@/lib/server/routes/signed-in'

export const POST = signedIn<{ batchId: string }>(async ({ ctx, session, params }) =>
  json(await stopBatch(ctx, session, ownId(params.batchId))),
)
