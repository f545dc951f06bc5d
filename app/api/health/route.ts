import { database } from '@/lib/db/database'
import { isHealthy } from '@/lib/db/health'
import { json, NO_STORE } from '@/lib/http/problem'

export async function GET(): Promise<Response> {
  const healthy = await database().then(isHealthy, () => false)
  return healthy ? json({ status: 'ok' }) : new Response(null, { status: 503, headers: NO_STORE })
}
