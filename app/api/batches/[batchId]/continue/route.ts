import { continueBatch } from '@/lib/server/batches/batches'
import { ownId } from '@/lib/server/http/own-id'
import { json } from '@/lib/server/http/problem'
import { signedIn } from '@/lib/server/routes/signed-in'

type Context = { params: Promise<{ batchId: string }> }

export const POST = signedIn<Context>(async (session, _request, { params }) =>
  json(await continueBatch(session, ownId((await params).batchId))),
)
