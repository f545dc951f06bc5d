import type { IncomingMessage, ServerResponse } from 'node:http'
import { isIPv4, isIPv6 } from 'node:net'
import { type ProblemCode, problemWording } from '../domain/problems/codes.ts'
import type { Settings } from './config/settings.ts'
import { apiMethods } from './http/api-methods.ts'
import { CLIENT_HEADER } from './http/client-header.ts'
import { refusedEvent } from './http/refused-event.ts'
import { readTarget } from './http/request-path.ts'
import { isHttps, isOwnHost } from './http/same-site.ts'
import { log } from './process/log.ts'
import { traced, traceId, traceIdOf } from './process/trace.ts'

const OURS = /^(?:x-forwarded-.*|forwarded|x-real-ip|x-middleware-.*|x-nonce|x-numberdesk-.*)$/

/** Pages get a policy with a nonce instead of this one. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** A worker's own parts load by the policy of the file that it begins with. */
const WORKER_POLICY = `${HEADERS['content-security-policy']}; script-src 'self'`

/** A client that takes nothing of its answer is disconnected after 30 s: Node waits a second time if it took something. */
const UNREAD_MS = 15_000

/** Balancers and collectors ask an instance by its own address. */
const FOR_MACHINES = new Set(['/api/health', '/api/metrics'])

const PAGE_METHODS = ['GET', 'HEAD']

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

/** Runs before Next: refuses foreign hosts and methods, removes this server's own headers, adds the client address. */
export function requestGuard(settings: Settings, handle: Handle): Handle {
  const guard = guardOf(settings, handle)
  return (request, response) => {
    const { headers } = request
    const client = clientAddress(headers['x-forwarded-for'], settings.trustedProxyHops)
    const trace = { traceId: traceIdOf(headers, settings.trustedProxyHops), client }
    return traced(trace, () => guard(request, response, client))
  }
}

function guardOf(settings: Settings, handle: Handle) {
  const secure = isHttps(settings)
  return (request: IncomingMessage, response: ServerResponse, client: string | null) => {
    const { method = '', headers } = request
    const target = readTarget(request.url ?? '')
    // The time begins anew with each byte that is sent; an answer that is still being made has none waiting.
    response.setTimeout(UNREAD_MS, () => {
      if (response.writableLength > 0) response.destroy()
    })
    for (const name of Object.keys(headers)) if (OURS.test(name)) delete headers[name]
    if (client) headers[CLIENT_HEADER] = client
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value)
    if (secure) response.setHeader('strict-transport-security', 'max-age=63072000; includeSubDomains')
    // Next gives the built files, whose names change with their content, a year.
    if (target?.path.startsWith('/_next/static/')) response.setHeader('content-security-policy', WORKER_POLICY)
    else response.setHeader('cache-control', 'private, no-store')

    // Also for `GET http://elsewhere/`, which Next would redirect, and for what it can't decode and answers with 500.
    if (!target) return refuse(response, 'malformed')
    const { path, query } = target
    request.url = path + query
    if (!FOR_MACHINES.has(path) && !isOwnHost(headers.host, settings)) return refuse(response, 'foreign_host')
    const methods = path.startsWith('/api/') ? apiMethods(path) : PAGE_METHODS
    if (methods.includes(method)) return handle(request, response)
    // The form of a page whose scripts have not run yet: nothing of it was sent, so the page is shown again.
    if (method === 'POST' && path === '/sign-in') {
      return void response.writeHead(303, { location: '/sign-in', connection: 'close' }).end()
    }
    response.setHeader('allow', methods.join(', '))
    return refuse(response, 'method_not_allowed')
  }
}

/**
 * The entry `hops` from the right, without a port; of an IPv6 address the /64, as one client has all of it. Null
 * without one: the socket's address would be a proxy's, and so everybody's.
 */
export function clientAddress(forwarded: string | string[] | undefined, hops: number): string | null {
  if (hops === 0 || forwarded === undefined) return null
  const entry = [forwarded].flat().join(',').split(',').at(-hops)?.trim().slice(0, 64) ?? ''
  const address = entry.replace(/^\[(.*)\](?::\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1')
  if (isIPv6(address)) return firstHalf(address)
  return isIPv4(address) ? address : null
}

function firstHalf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)
  if (mapped) return mapped[1] ?? address
  const [left = '', right] = address.toLowerCase().split('%', 1).join('').split('::')
  const groups = left === '' ? [] : left.split(':')
  const after = right ? right.split(':') : []
  const zeros = right === undefined ? 0 : 8 - groups.length - after.length
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...after]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

/** The rest of the request is not read, so the connection ends with the answer. */
function refuse(response: ServerResponse, code: ProblemCode): void {
  log('info', refusedEvent(code), { code })
  const { status, ...wording } = problemWording(code)
  response.writeHead(status, { 'content-type': 'application/problem+json', connection: 'close' })
  response.end(JSON.stringify({ type: `/problems/${code}`, status, ...wording, code, traceId: traceId() }))
}
