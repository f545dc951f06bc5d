import 'server-only'
import http, { type ClientRequest, type IncomingMessage } from 'node:http'
import https from 'node:https'
import net, { type Socket } from 'node:net'
import tls from 'node:tls'
import { metrics } from '@/lib/server/process/metrics'

/** `not_connected`, `read_only`: nothing was sent. `reset`: it ended before an answer. `cut_short`: the answer is not whole HTTP. */
export type FaultKind = 'not_connected' | 'read_only' | 'timed_out' | 'reset' | 'too_large' | 'cut_short' | 'aborted'

const MESSAGES: Record<FaultKind, string> = {
  not_connected: 'No connection to Vida could be made.',
  read_only: 'Only GETs may go to Vida.',
  timed_out: 'Vida did not answer in time.',
  reset: 'The connection to Vida ended before an answer.',
  too_large: 'Vida’s answer is larger than 10 MB.',
  cut_short: 'Vida’s answer broke off.',
  aborted: 'The request was stopped.',
}

/** No URL, token or cause, as Vida's URLs hold the token. `status` is set once the answer's head had come. */
export class TransportFault extends Error {
  override readonly name = 'TransportFault'
  readonly kind: FaultKind
  readonly status: number | null
  constructor(kind: FaultKind, status: number | null) {
    super(MESSAGES[kind])
    this.kind = kind
    this.status = status
  }
}

export interface Call {
  baseUrl: string
  readOnly: boolean
  method: 'GET' | 'POST'
  /** A constant such as `/api/v2/account`; never built from ids. */
  path: string
  query: Readonly<Record<string, string>>
  token: string
  body?: string | undefined
  /** On a new connection, as a stale one could lose a write. */
  fresh: boolean
  /** For all of it, from connecting to the last byte. */
  deadlineMs: number
  signal?: AbortSignal | undefined
}

export interface Answer {
  status: number
  headers: { retryAfter: string | null }
  body: Uint8Array<ArrayBuffer>
}

const BODY_LIMIT = 10 * 1024 * 1024

const agents = {
  http: new http.Agent({ keepAlive: true, maxFreeSockets: 64 }),
  https: new https.Agent({ keepAlive: true, maxFreeSockets: 64 }),
}

function placeOf(baseUrl: string) {
  const { protocol, hostname, port } = new URL(baseUrl)
  const secure = protocol === 'https:'
  return { secure, host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 443 : 80) }
}

/** URLSearchParams alone encodes values, so an id such as `&token=x` or `../` stays a value. */
function targetOf({ baseUrl, path, query, token, body }: Exchange) {
  if (!/^\/[\w/]+$/.test(path)) throw new TypeError('A path of Vida’s API is made of words and slashes.')
  const url = new URL(baseUrl)
  const params = new URLSearchParams({ ...query, token }).toString().replaceAll('+', '%20')
  return {
    ...placeOf(baseUrl),
    path: `${url.pathname.replace(/\/+$/, '')}${path}?${params}`,
    headers: {
      host: url.host,
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': 'numberdesk',
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
    },
  }
}

interface BodyEnds {
  whole: (answer: Answer) => void
  tooLarge: () => void
  broke: () => void
}

function readBody(response: IncomingMessage, { whole, tooLarge, broke }: BodyEnds): void {
  const chunks: Buffer[] = []
  let bytes = 0
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > BODY_LIMIT) tooLarge()
    else chunks.push(chunk)
  })
  response.on('error', broke)
  response.on('close', broke)
  response.on('end', () => {
    if (!response.complete) return broke()
    const retryAfter = response.headers['retry-after'] ?? null
    whole({ status: response.statusCode ?? 0, headers: { retryAfter }, body: Buffer.concat(chunks) })
  })
  if (Number(response.headers['content-length']) > BODY_LIMIT) tooLarge()
}

/** No retries, redirects or compression. @throws TransportFault; TypeError for a path that is not a constant. */
export async function exchange({ fresh, ...call }: Call): Promise<Answer> {
  if (!fresh) return run(call, null)
  const startedAt = performance.now()
  const connection = await connect(call)
  return connection.exchange({ ...call, deadlineMs: call.deadlineMs - (performance.now() - startedAt) })
}

/** An open connection that has carried nothing yet. */
export interface Connection {
  /** Whether the other end still has it open, as far as this process knows. */
  isOpen: () => boolean
  /** Writes the request in the same turn of the event loop. */
  exchange: (call: Exchange) => Promise<Answer>
  close: () => void
}

/** Certain, not inferred: nothing is sent before `exchange`. @throws TransportFault `not_connected`, `aborted` */
export function connect({ baseUrl, deadlineMs, signal }: Pick<Call, 'baseUrl' | 'deadlineMs' | 'signal'>) {
  const { secure, host, port } = placeOf(baseUrl)
  return new Promise<Connection>((resolve, reject) => {
    if (signal?.aborted) return reject(new TransportFault('aborted', null))
    const socket: Socket = secure
      ? tls.connect({ host, port, servername: net.isIP(host) ? '' : host, ALPNProtocols: ['http/1.1'] })
      : net.connect({ host, port })
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
    }
    const fail = (kind: FaultKind) => {
      end()
      socket.destroy()
      reject(new TransportFault(kind, null))
    }
    const stop = () => fail('aborted')
    const timer = setTimeout(() => fail('not_connected'), deadlineMs)
    signal?.addEventListener('abort', stop, { once: true })
    // These stay: an error that comes before the request would otherwise end the process.
    socket.on('error', () => fail('not_connected'))
    socket.on('close', () => fail('not_connected'))
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      end()
      resolve({
        isOpen: () => socket.writable && !socket.destroyed,
        exchange: (call) => run(call, socket),
        close: () => socket.destroy(),
      })
    })
  })
}

type Exchange = Omit<Call, 'fresh'>

function requestOver(own: Socket | null, call: Exchange): ClientRequest {
  const { secure, headers, ...target } = targetOf(call)
  const options = { method: call.method, ...target }
  if (own)
    return http.request({ ...options, headers: { ...headers, connection: 'close' }, createConnection: () => own })
  return secure
    ? https.request({ ...options, headers, agent: agents.https })
    : http.request({ ...options, headers, agent: agents.http })
}

/** Counts the call by its path, which is a constant, and by the status or what went wrong. */
async function run(call: Exchange, own: Socket | null): Promise<Answer> {
  const ended = metrics().vidaSeconds.startTimer({ method: call.method, endpoint: call.path })
  try {
    const answer = await ask(call, own)
    ended({ status: answer.status })
    return answer
  } catch (error) {
    ended({ status: error instanceof TransportFault ? error.kind : 'failed' })
    throw error
  }
}

function ask(call: Exchange, own: Socket | null): Promise<Answer> {
  const { secure } = targetOf(call)
  const { body, deadlineMs, signal } = call
  return new Promise((resolve, reject) => {
    let settled = false
    let connected = own !== null
    let status: number | null = null
    let request: ClientRequest | undefined

    const settle = (finish: () => void) => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
      finish()
    }
    const fail = (kind: FaultKind) =>
      settle(() => {
        request?.destroy()
        own?.destroy()
        reject(new TransportFault(kind, status))
      })
    const broke = () => fail(!connected ? 'not_connected' : status === null ? 'reset' : 'cut_short')
    const stop = () => fail('aborted')
    const timer = setTimeout(() => fail(connected ? 'timed_out' : 'not_connected'), deadlineMs)

    const take = (response: IncomingMessage) => {
      status = response.statusCode ?? 0
      readBody(response, { whole: (answer) => settle(() => resolve(answer)), tooLarge: () => fail('too_large'), broke })
    }
    if (call.readOnly && call.method !== 'GET') return fail('read_only')
    if (signal?.aborted) return stop()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      const outgoing = requestOver(own, call)
      request = outgoing
      outgoing.on('response', take)
      outgoing.on('error', (error: NodeJS.ErrnoException) =>
        error.code?.startsWith('HPE_') && connected ? fail('cut_short') : broke(),
      )
      outgoing.on('close', () => status === null && broke())
      outgoing.on('socket', (used) => {
        const nowConnected = () => {
          connected = true
        }
        if (outgoing.reusedSocket) nowConnected()
        else used.once(secure ? 'secureConnect' : 'connect', nowConnected)
      })
      outgoing.end(body)
    } catch {
      // What Node throws here may quote the path, and with it the token.
      broke()
    }
  })
}
