import { settings } from '@/lib/server/config/current'
import { NO_STORE, Problem, problemResponse } from '@/lib/server/http/problem'
import { mayReadMetrics, metricsText } from '@/lib/server/metrics/metrics-text'

/** Without the token there is nothing here, as for any other path that does not exist. */
export async function GET(request: Request): Promise<Response> {
  if (!mayReadMetrics(request.headers.get('authorization'), settings().metricsToken))
    return problemResponse(new Problem('not_found'))
  const { type, text } = await metricsText()
  return new Response(text, { headers: { ...NO_STORE, 'content-type': type } })
}
