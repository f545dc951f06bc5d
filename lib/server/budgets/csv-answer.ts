import 'server-only'
import { NO_STORE } from '@/lib/server/http/problem'
import type { Shared } from '@/lib/server/process/shared'
import { type Reader, streamed } from './streamed'

/** A file that is made as it is sent, within the budget of streams. @throws as `make`; Problem 429 */
export async function csvAnswer(
  ctx: { shared: Shared },
  reader: Reader,
  name: string,
  make: () => Promise<ReadableStream<Uint8Array>>,
): Promise<Response> {
  return new Response(await streamed(ctx, 'streams', reader, make), {
    headers: {
      ...NO_STORE,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
    },
  })
}
