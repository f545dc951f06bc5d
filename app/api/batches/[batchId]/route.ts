import { csvOfBatch } from '@/lib/domain/batches/csv'
import { readBatch } from '@/lib/server/batches/batches'
import { ownId } from '@/lib/server/http/own-id'
import { json, NO_STORE } from '@/lib/server/http/problem'
import { queryOf } from '@/lib/server/http/query'
import { signedIn } from '@/lib/server/routes/signed-in'

type Context = { params: Promise<{ batchId: string }> }

export const GET = signedIn<Context>(async (session, request, { params }) => {
  const batch = await readBatch(session, ownId((await params).batchId))
  if (queryOf(request).get('format') !== 'csv') return json(batch)
  return new Response(csvOfBatch(batch), {
    headers: {
      ...NO_STORE,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${batch.id}.csv"`,
    },
  })
})
