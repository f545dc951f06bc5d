import { streamDiagnosis } from '@/lib/server/diagnosis/stream-diagnosis'
import { NO_STORE } from '@/lib/server/http/problem'
import { signedIn } from '@/lib/server/routes/signed-in'

const HEADERS = { ...NO_STORE, 'content-type': 'application/x-ndjson', 'x-accel-buffering': 'no' }

export const POST = signedIn(
  async ({ ctx, session, request }) =>
    new Response(await streamDiagnosis(ctx, session, request.signal), { headers: HEADERS }),
)
