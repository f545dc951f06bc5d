import 'server-only'
import { type ProblemCode, problemWording } from '@/lib/domain/problems/codes'
import { traceId } from '@/lib/server/process/trace'

export const NO_STORE = { 'cache-control': 'private, no-store' }

export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly detail: string
  readonly headers: Readonly<Record<string, string>>
  constructor(code: ProblemCode, options: { detail?: string; headers?: Record<string, string> } = {}) {
    super(code)
    this.code = code
    this.detail = options.detail ?? problemWording(code).detail
    this.headers = options.headers ?? {}
  }
}

/** RFC 9457. */
export function problemResponse(problem: Problem): Response {
  const { code, detail } = problem
  const { status, title } = problemWording(code)
  const body = { type: `/problems/${code}`, title, status, detail, code, traceId: traceId() }
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...NO_STORE, ...problem.headers, 'content-type': 'application/problem+json' },
  })
}

export function json(body: unknown, headers: Record<string, string> = {}, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...NO_STORE, ...headers, 'content-type': 'application/json' },
  })
}
