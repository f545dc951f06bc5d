import { csvOfJob } from '@/lib/domain/batches/csv'
import { methodNotAllowed } from '@/lib/http/method-not-allowed'
import { ownId } from '@/lib/http/own-id'
import { json, NO_STORE } from '@/lib/http/problem'
import { queryOf } from '@/lib/http/query'
import { signedIn } from '@/lib/http/signed-in'
import { readJob } from '@/lib/jobs/jobs'

type Context = { params: Promise<{ jobId: string }> }

export const GET = signedIn<Context>(async (session, request, { params }) => {
  const job = await readJob(session, ownId((await params).jobId))
  if (queryOf(request).get('format') !== 'csv') return json(job)
  return new Response(csvOfJob(job), {
    headers: {
      ...NO_STORE,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${job.id}.csv"`,
    },
  })
})

const other = methodNotAllowed('GET, HEAD')

export { other as DELETE, other as OPTIONS, other as PATCH, other as POST, other as PUT }
