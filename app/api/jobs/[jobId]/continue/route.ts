import { json } from '@/lib/http/problem'
import { signedIn } from '@/lib/http/signed-in'
import { continueJob } from '@/lib/jobs/jobs'

type Context = { params: Promise<{ jobId: string }> }

export const POST = signedIn<Context>(async (session, _request, { params }) =>
  json(await continueJob(session, (await params).jobId)),
)
