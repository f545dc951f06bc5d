import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Settings } from '../config/settings.ts'
import { isOwnHost } from '../http/same-site.ts'
import { problemWords } from '../problems/codes.ts'

/** Header in which a request carries its client's address from here to the routes; never taken from outside. */
export const CLIENT_HEADER = 'x-numberdesk-client'

const OURS = /^(?:x-forwarded-.*|forwarded|x-real-ip|x-middleware-.*|x-nonce|x-numberdesk-.*)$/

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

/**
 * What every request passes before Next sees it: foreign host names are refused, headers that only this server may
 * set are taken off, and the client's address is written down where the operator vouches for the proxies.
 */
export function doorman(settings: Settings, handle: Handle): Handle {
  const secure = settings.appOrigin?.startsWith('https:') ?? false
  return async (request, response) => {
    const client = clientAddress(request.headers['x-forwarded-for'], settings.trustedProxyHops)
    for (const name of Object.keys(request.headers)) if (OURS.test(name)) delete request.headers[name]
    if (client) request.headers[CLIENT_HEADER] = client
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('referrer-policy', 'no-referrer')
    response.setHeader('cross-origin-opener-policy', 'same-origin')
    response.setHeader('cross-origin-resource-policy', 'same-origin')
    response.setHeader('x-frame-options', 'DENY')
    response.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
    if (secure) response.setHeader('strict-transport-security', 'max-age=63072000; includeSubDomains')
    const health = request.url === '/api/health'
    if (!health && !isOwnHost(request.headers.host, settings)) return refuse(response)
    await handle(request, response)
  }
}

/** The address that the outermost trusted proxy saw: the entry `hops` from the right. Null where none is vouched for. */
export function clientAddress(forwarded: string | string[] | undefined, hops: number): string | null {
  if (hops === 0 || forwarded === undefined) return null
  const entries = [forwarded].flat().join(',').split(',')
  return entries.at(-hops)?.trim().slice(0, 64) || null
}

function refuse(response: ServerResponse): void {
  const { status, ...words } = problemWords('foreign_host')
  response.writeHead(status, { 'content-type': 'application/problem+json', 'cache-control': 'private, no-store' })
  response.end(JSON.stringify({ type: '/problems/foreign_host', status, ...words, code: 'foreign_host' }))
}
