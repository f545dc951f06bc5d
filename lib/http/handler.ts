import 'server-only'
import { settings } from '@/lib/config/current'
import { DatabaseUnavailable } from '@/lib/db/unavailable'
import { LedgerUnavailable } from '@/lib/ledger/errors'
import { log } from '@/lib/process/log'
import { VidaFailure } from '@/lib/vida/failure'
import { Problem, problemResponse } from './problem'
import { isOwnHost, isOwnOrigin } from './same-site'

const SAFE = new Set(['GET', 'HEAD'])

/**
 * Wraps a route handler: refuses foreign hosts and cross-site writes before anything else runs, and turns every
 * failure into problem+json. Stacks and causes stay here: only a code is logged.
 */
export function handler<Context>(
  handle: (request: Request, context: Context) => Promise<Response>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    try {
      admit(request)
      return await handle(request, context)
    } catch (error) {
      return problemResponse(asProblem(error))
    }
  }
}

function admit(request: Request): void {
  const { headers, method } = request
  if (!isOwnHost(headers.get('host'), settings())) throw new Problem('foreign_host')
  if (SAFE.has(method)) {
    if (headers.get('sec-fetch-site') === 'cross-site') throw new Problem('foreign_origin')
  } else if (!isOwnOrigin(headers, settings())) {
    throw new Problem('foreign_origin')
  } else if (method === 'POST' && !isJson(headers)) {
    throw new Problem('not_json')
  }
}

/** A form on another site can't send this type without asking first, so it is demanded even where no body is read. */
function isJson(headers: Headers): boolean {
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

/** What a failed call to Vida means for the caller of a route. */
function vidaProblem(failure: VidaFailure): Problem {
  if (failure.code === 'unauthorized') return new Problem('signed_out')
  const transient = ['read_failed', 'read_timed_out', 'read_busy', 'read_unreachable']
  return new Problem(transient.includes(failure.code) ? 'vida_unreachable' : 'vida_nonsense')
}
