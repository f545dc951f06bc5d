import { isReady } from '@/lib/server/db/health'
import { json, Problem, problemResponse } from '@/lib/server/http/problem'
import { shutdown } from '@/lib/server/process/shutdown'

const WELL = { status: 'ok' }

/** Readiness; `?live` says only that the process answers. */
export async function GET(request: Request): Promise<Response> {
  if (new URL(request.url).searchParams.has('live')) return json(WELL)
  if (shutdown.isDraining()) return problemResponse(new Problem('stopping'))
  return (await isReady()) ? json(WELL) : problemResponse(new Problem('database_unavailable'))
}
