import { csvOfJob } from '@/lib/domain/batches/csv'
import { readJob } from '@/lib/server/batches/batches'
import { methodNotAllowed } from '@/lib/server/http/method-not-allowed'
import { ownId } from '@/lib/server/http/own-id'
import { json, NO_STORE } from '@/lib/server/http/problem'
import { queryOf } from '@/lib/server/http/query'
import { signedIn } from '@/lib/server/routes/signed-in'

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
