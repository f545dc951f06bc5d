import { methodNotAllowed } from '@/lib/http/method-not-allowed'
import { ownId } from '@/lib/http/own-id'
import { json } from '@/lib/http/problem'
import { signedIn } from '@/lib/http/signed-in'
import { continueJob } from '@/lib/jobs/jobs'

type Context = { params: Promise<{ jobId: string }> }

export const POST = signedIn<Context>(async (session, _request, { params }) =>
  json(await continueJob(session, ownId((await params).jobId))),
)

const other = methodNotAllowed('POST')

export { other as DELETE, other as GET, other as OPTIONS, other as PATCH, other as PUT }
