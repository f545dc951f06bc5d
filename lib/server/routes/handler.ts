import 'server-only'
import { type ProblemCode, problemWording } from '@/lib/domain/problems/codes'
import { settings } from '@/lib/server/config/current'
import { DatabaseUnavailable } from '@/lib/server/db/unavailable'
import { Problem, problemResponse } from '@/lib/server/http/problem'
import { refusedEvent } from '@/lib/server/http/refused-event'
import { isOwnHost, isOwnOrigin, isOwnRead } from '@/lib/server/http/same-site'
import { LedgerUnavailable } from '@/lib/server/ledger/errors'
import { log } from '@/lib/server/process/log'
import { VidaFailure } from '@/lib/server/vida/failure'

const SAFE = new Set(['GET', 'HEAD'])

/** What happens to everybody: a page that outlived its session, an account that was never read. */
const UNLOGGED = new Set<ProblemCode>(['signed_out', 'no_inventory'])

/** Refuses foreign hosts and cross-site writes, and answers failures as problem+json. Logs only their codes. */
export function handler<Context>(
  handle: (request: Request, context: Context) => Promise<Response>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    try {
      admit(request)
      const response = await handle(request, context)
      if (request.method !== 'HEAD') return response
      // Next never reads the body of an answer to HEAD, so a stream would retain its source.
      await response.body?.cancel()
      return new Response(null, response)
    } catch (error) {
      const problem = asProblem(error)
      note(problem, error)
      return problemResponse(problem)
    }
  }
}

/** `cause`: the code of what failed behind it, a broken TLS connection to the database, say. */
function note({ code }: Problem, error: unknown): void {
  if (UNLOGGED.has(code)) return
  const cause = error instanceof DatabaseUnavailable || error instanceof VidaFailure ? error.code : null
  if (problemWording(code).status < 500) log('info', refusedEvent(code), { code })
  else log('error', 'failed', { code, cause })
}

function admit(request: Request): void {
  const { headers, method } = request
  if (!isOwnHost(headers.get('host'), settings())) throw new Problem('foreign_host')
  if (SAFE.has(method)) {
    if (!isOwnRead(headers)) throw new Problem('foreign_origin')
  } else if (!isOwnOrigin(headers, settings())) {
    throw new Problem('foreign_origin')
  } else if (!isJson(headers, method === 'DELETE')) {
    throw new Problem('not_json')
  }
}

/** A form on another site can't send this type without a preflight, so it is required even where no body is read. */
function isJson(headers: Headers, mayLack: boolean): boolean {
  if (mayLack && !headers.has('content-type')) return true
  return headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() === 'application/json'
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof LedgerUnavailable) return new Problem('ledger_unavailable')
  if (error instanceof DatabaseUnavailable) return new Problem('database_unavailable')
  if (error instanceof VidaFailure) return vidaProblem(error)
  log('error', 'unexpected_failure', { name: error instanceof Error ? error.name : typeof error })
  return new Problem('internal')
}

function vidaProblem(failure: VidaFailure): Problem {
  if (failure.code === 'unauthorized') return new Problem('signed_out')
  const transient = ['read_failed', 'read_timed_out', 'read_busy', 'read_unreachable']
  return new Problem(transient.includes(failure.code) ? 'vida_unreachable' : 'vida_not_understood')
}
