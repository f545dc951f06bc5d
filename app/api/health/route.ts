import { database } from '@/lib/db/database'
import { isHealthy } from '@/lib/db/health'
import { methodNotAllowed } from '@/lib/http/method-not-allowed'
import { json, Problem, problemResponse } from '@/lib/http/problem'

export async function GET(): Promise<Response> {
  const healthy = await database().then(isHealthy, () => false)
  return healthy ? json({ status: 'ok' }) : problemResponse(new Problem('database_unavailable'))
}

const other = methodNotAllowed('GET, HEAD')

export { other as DELETE, other as OPTIONS, other as PATCH, other as POST, other as PUT }
