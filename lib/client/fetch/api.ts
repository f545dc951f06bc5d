import { shaped } from './shape'

/** The server answered with a problem; `message` is its sentence for people. */
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

/** No answer, or half of one: whether the request arrived is not known. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'signed_out'
}

/** The server understood and said no: asking again would bring the same. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ApiProblem && error.status < 500
}

interface Call {
  method?: 'GET' | 'POST' | 'DELETE'
  body?: unknown
  /** A poll that nobody asked for: it does not keep the session alive. */
  background?: boolean
  signal?: AbortSignal
}

/** How long an answer may take to begin, ms. A change may ask Vida several times before it answers. */
const PATIENCE: Record<NonNullable<Call['method']>, number> = { GET: 30_000, POST: 180_000, DELETE: 30_000 }

const isProblem = shaped<{ code: string; detail: string }>('code', 'detail')

async function problemOf(response: Response): Promise<Error> {
  const body: unknown = await response.json().catch(() => null)
  if (isProblem(body)) return new ApiProblem(response.status, body.code, body.detail)
  return new NoAnswer(`The app answered with status ${response.status} and no reason.`)
}

/** Waits for the browser's next task. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

/**
 * Sends one request to the app's own API and hands on a good response, unread.
 * @throws ApiProblem for an answer with a reason, NoAnswer without one or when none begins in time; an aborted call throws
 * the signal's reason.
 */
export async function send(path: string, { method = 'GET', body, background, signal }: Call = {}): Promise<Response> {
  const headers = new Headers({ accept: 'application/json, application/x-ndjson' })
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (background) headers.set('x-background', '1')
  const late = new AbortController()
  const init: RequestInit = { method, headers, cache: 'no-store', credentials: 'same-origin' }
  if (body !== undefined) init.body = JSON.stringify(body)
  init.signal = signal ? AbortSignal.any([signal, late.signal]) : late.signal
  // To begin a request takes a browser some milliseconds. What reads is begun by what was drawn, and lets that be shown first.
  if (method === 'GET') await nextTask()
  const timer = setTimeout(() => late.abort(), PATIENCE[method])
  let response: Response
  try {
    response = await fetch(path, init)
  } catch (error) {
    if (signal?.aborted) throw error
    if (late.signal.aborted) throw new NoAnswer('The app did not answer in time. Check the connection and try again.')
    throw new NoAnswer('The app cannot be reached. Check the connection.')
  } finally {
    clearTimeout(timer)
  }
  if (!response.ok) throw await problemOf(response)
  return response
}

/** One JSON answer of the app's own API, if it has the shape that was asked for. @throws as `send`. */
export async function request<T>(path: string, isT: (value: unknown) => value is T, call: Call = {}): Promise<T> {
  const response = await send(path, call)
  const body: unknown = await response.json().catch((error: unknown) => {
    if (call.signal?.aborted) throw error
    return undefined
  })
  if (!isT(body)) throw new NoAnswer('The app’s answer was cut off or not understood. Reload the page.')
  return body
}
