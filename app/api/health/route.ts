import { context } from '@/lib/server/context/context'
import { isHealthy } from '@/lib/server/db/health'
import { json, Problem, problemResponse } from '@/lib/server/http/problem'

export async function GET(): Promise<Response> {
  const healthy = await context().then(
    ({ db }) => isHealthy(db),
    () => false,
  )
  return healthy ? json({ status: 'ok' }) : problemResponse(new Problem('database_unavailable'))
}
