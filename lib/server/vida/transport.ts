import 'server-only'
import http, { type ClientRequest, type IncomingMessage } from 'node:http'
import https from 'node:https'
import net, { type Socket } from 'node:net'
import tls from 'node:tls'

/** `not_connected`: nothing was sent. `reset`: it ended before an answer. `cut_short`: the answer is not whole HTTP. */
export type FaultKind = 'not_connected' | 'timed_out' | 'reset' | 'too_large' | 'cut_short' | 'aborted'

const MESSAGES: Record<FaultKind, string> = {
  not_connected: 'No connection to Vida could be made.',
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
  text: string
}

const BODY_LIMIT = 10 * 1024 * 1024

const agents = {
  http: new http.Agent({ keepAlive: true, maxFreeSockets: 64 }),
  https: new https.Agent({ keepAlive: true, maxFreeSockets: 64 }),
}

/** URLSearchParams alone encodes values, so an id such as `&token=x` or `../` stays a value. */
function targetOf({ baseUrl, path, query, token, body }: Call) {
  if (!/^\/[\w/]+$/.test(path)) throw new TypeError('A path of Vida’s API is made of words and slashes.')
  const url = new URL(baseUrl)
  const params = new URLSearchParams({ ...query, token }).toString().replaceAll('+', '%20')
  return {
    secure: url.protocol === 'https:',
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
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
    const text = new TextDecoder().decode(Buffer.concat(chunks))
    whole({ status: response.statusCode ?? 0, headers: { retryAfter }, text })
  })
  if (Number(response.headers['content-length']) > BODY_LIMIT) tooLarge()
}

/** No retries, redirects or compression. @throws TransportFault; TypeError for a path that is not a constant. */
export function exchange(call: Call): Promise<Answer> {
  const { secure, host, port, path, headers } = targetOf(call)
  const { method, body, fresh, deadlineMs, signal } = call
  return new Promise((resolve, reject) => {
    let settled = false
    let connected = false
    let status: number | null = null
    let socket: Socket | undefined
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
        socket?.destroy()
        reject(new TransportFault(kind, status))
      })
    const broke = () => fail(!connected ? 'not_connected' : status === null ? 'reset' : 'cut_short')
    const stop = () => fail('aborted')
    const timer = setTimeout(() => fail(connected ? 'timed_out' : 'not_connected'), deadlineMs)

    const take = (response: IncomingMessage) => {
      status = response.statusCode ?? 0
      readBody(response, { whole: (answer) => settle(() => resolve(answer)), tooLarge: () => fail('too_large'), broke })
    }
    const send = (outgoing: ClientRequest) => {
      request = outgoing
      outgoing.on('response', take)
      outgoing.on('error', (error: NodeJS.ErrnoException) =>
        error.code?.startsWith('HPE_') && connected ? fail('cut_short') : broke(),
      )
      outgoing.on('close', () => status === null && broke())
      outgoing.on('socket', (used) => {
        if (outgoing.reusedSocket) {
          connected = true
          return
        }
        used.once(secure ? 'secureConnect' : 'connect', () => {
          connected = true
        })
      })
      outgoing.end(body)
    }

    if (signal?.aborted) return stop()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      const options = { method, path, host, port, headers }
      if (!fresh) {
        send(
          secure
            ? https.request({ ...options, agent: agents.https })
            : http.request({ ...options, agent: agents.http }),
        )
        return
      }
      // The request is made only once there is a connection: “nothing was sent” is then certain, not inferred.
      const own: Socket = secure
        ? tls.connect({ host, port, servername: net.isIP(host) ? '' : host, ALPNProtocols: ['http/1.1'] })
        : net.connect({ host, port })
      socket = own
      own.on('error', () => connected || broke())
      own.on('close', () => connected || broke())
      own.once(secure ? 'secureConnect' : 'connect', () => {
        connected = true
        if (settled) return
        send(http.request({ ...options, headers: { ...headers, connection: 'close' }, createConnection: () => own }))
      })
    } catch {
      // What Node throws here may quote the path, and with it the token.
      broke()
    }
  })
}
