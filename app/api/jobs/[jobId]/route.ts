import { json, NO_STORE } from '@/lib/http/problem'
import { signedIn } from '@/lib/http/signed-in'
import { csvOfJob } from '@/lib/jobs/csv'
import { readJob } from '@/lib/jobs/jobs'

type Context = { params: Promise<{ jobId: string }> }

export const GET = signedIn<Context>(async (session, request, { params }) => {
  const job = await readJob(session, (await params).jobId)
  if (new URL(request.url).searchParams.get('format') !== 'csv') return json(job)
  return new Response(csvOfJob(job), {
    headers: {
      ...NO_STORE,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${job.id}.csv"`,
    },
  })
})
