import { database } from '@/lib/server/db/database'
import { isHealthy } from '@/lib/server/db/health'
import { json, Problem, problemResponse } from '@/lib/server/http/problem'

export async function GET(): Promise<Response> {
  const healthy = await database().then(isHealthy, () => false)
  return healthy ? json({ status: 'ok' }) : problemResponse(new Problem('database_unavailable'))
}
