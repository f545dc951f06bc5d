import { json } from '@/lib/http/problem'
import { signedIn } from '@/lib/http/signed-in'
import { stopJob } from '@/lib/jobs/jobs'

type Context = { params: Promise<{ jobId: string }> }

export const POST = signedIn<Context>(async (session, _request, { params }) =>
  json(await stopJob(session, (await params).jobId)),
)
