import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { shared } from './shared.ts'

/** Whose request it is. Work that goes on after its answer, a batch's say, keeps it. */
interface Trace {
  readonly traceId: string
  /** The client's address; null: not known. */
  readonly client: string | null
  /** Who is signed in, once that is known. */
  account: string | null
}

const traces = () =>
  shared('traces', () => ({ storage: new AsyncLocalStorage<Trace>(), ofProcess: { traceId: newTraceId() } }))

const newTraceId = () => randomBytes(16).toString('hex')

/** What every line of the log has: of the request that caused it, else of the process. */
export const currentTrace = (): Pick<Trace, 'traceId'> & Partial<Trace> =>
  traces().storage.getStore() ?? traces().ofProcess

export const traceId = (): string => currentTrace().traceId

export function traced<T>(trace: Omit<Trace, 'account'>, work: () => T): T {
  return traces().storage.run({ ...trace, account: null }, work)
}

/** Adds to the trace of this request who is signed in. */
export function traceAccount(account: string): void {
  const trace = traces().storage.getStore()
  if (trace) trace.account = account
}

/** W3C Trace Context, or `X-Request-Id`, where a trusted proxy is in front; otherwise a new one. */
export function traceIdOf({ traceparent, 'x-request-id': requestId }: IncomingHttpHeaders, hops: number): string {
  if (hops === 0) return newTraceId()
  const [, parent] = /^[\da-f]{2}-(?!0{32})([\da-f]{32})-[\da-f]{16}-[\da-f]{2}(?:-|$)/.exec(`${traceparent}`) ?? []
  if (parent) return parent
  return typeof requestId === 'string' && /^[\w-]{8,64}$/.test(requestId) ? requestId : newTraceId()
}
