import { readBatch } from '@/lib/server/batches/batches'
import { csvOfBatch } from '@/lib/server/batches/csv'
import { ownId } from '@/lib/server/http/own-id'
import { json, NO_STORE } from '@/lib/server/http/problem'
import { queryOf } from '@/lib/server/http/query'
import { signedIn } from '@/lib/server/routes/signed-in'

export const GET = signedIn<{ batchId: string }>(async ({ ctx, session, request, params }) => {
  const batch = await readBatch(ctx, session, ownId(params.batchId))
  if (queryOf(request).get('format') !== 'csv') return json(batch)
  return new Response(await csvOfBatch(batch), {
    headers: {
      ...NO_STORE,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${batch.id}.csv"`,
    },
  })
})
