import { nextTask } from './next-task'
import { shaped } from './shape'

/** The server answered with a problem; `message` is its detail. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly code: string
  readonly status: number
  constructor(status: number, code: string, detail: string) {
    super(detail)
    this.status = status
    this.code = code
  }
}

/** No answer, or a part of one: the request may have arrived. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'signed_out'
}

/** The server refused: another attempt would get the same answer. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ApiProblem && error.status < 500
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  body?: unknown
  /** A POST that changes nothing: it is repeated as a GET is. */
  onlyReads?: boolean
  /** Polling: it does not extend the session. */
  background?: boolean
  /** The page's head asks for it, too: with headers of its own, a request is not answered by what came for that. */
  preloaded?: boolean
  signal?: AbortSignal
}

/** Time until an answer begins, ms. A POST may read from Vida several times before it answers. */
const TIMEOUT_MS: Record<NonNullable<Call['method']>, number> = {
  GET: 30_000,
  POST: 180_000,
  PUT: 30_000,
  DELETE: 30_000,
}

const isProblem = shaped<{ code: string; detail: string }>('code', 'detail')

async function problemOf(response: Response): Promise<Error> {
  const body: unknown = await response.json().catch(() => null)
  if (isProblem(body)) return new ApiProblem(response.status, body.code, body.detail)
  return new NoAnswer(`The app answered with status ${response.status} and no reason. Try again.`)
}

/** How often a read that came while too many others were under way is repeated. */
const MOST_REPEATS = 3
const MOST_WAIT_SECONDS = 30

/** @throws ApiProblem for a problem, NoAnswer for anything else; an aborted call throws the signal's reason. */
export async function send(path: string, call: Call = {}): Promise<Response> {
  for (let repeats = 0; ; repeats += 1) {
    const response = await sendOnce(path, call)
    if (response.ok) return response
    const seconds = Number(response.headers.get('retry-after') ?? Number.POSITIVE_INFINITY)
    const isRead = call.onlyReads ?? (call.method ?? 'GET') === 'GET'
    const repeat = response.status === 429 && isRead && repeats < MOST_REPEATS && seconds <= MOST_WAIT_SECONDS
    if (!repeat) throw await problemOf(response)
    await response.body?.cancel()
    await pause(seconds * 1000, call.signal)
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', abort, { once: true })
  })
}

async function sendOnce(
  path: string,
  { method = 'GET', body, background, preloaded, signal }: Call,
): Promise<Response> {
  const headers = new Headers(preloaded ? {} : { accept: 'application/json, application/x-ndjson' })
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (background) headers.set('x-background', '1')
  const late = new AbortController()
  const init: RequestInit = { method, headers, cache: 'no-store', credentials: 'same-origin' }
  if (body !== undefined) init.body = JSON.stringify(body)
  init.signal = signal ? AbortSignal.any([signal, late.signal]) : late.signal
  // Starting a request takes milliseconds: let what was drawn be shown first.
  if (method === 'GET') await nextTask()
  const timer = setTimeout(() => late.abort(), TIMEOUT_MS[method])
  try {
    return await fetch(path, init)
  } catch (error) {
    if (signal?.aborted) throw error
    if (late.signal.aborted) throw new NoAnswer('The app did not answer in time. Check the connection and try again.')
    throw new NoAnswer('The app cannot be reached. Check the connection.')
  } finally {
    clearTimeout(timer)
  }
}

/** @throws as `send`, and NoAnswer if the body is not a `T`. */
export async function request<T>(path: string, isT: (value: unknown) => value is T, call: Call = {}): Promise<T> {
  const response = await send(path, call)
  const body: unknown = await response.json().catch((error: unknown) => {
    if (call.signal?.aborted) throw error
    return undefined
  })
  if (!isT(body)) throw new NoAnswer('The app’s answer was cut off or not understood. Reload the page.')
  return body
}
