import http from 'node:http'
import { API_METHODS } from '../../lib/server/http/api-methods.ts'

export interface Asked {
  status: number
  headers: http.IncomingHttpHeaders
  text: string
  code: string | null
}

export interface Asking {
  method?: string
  headers?: Record<string, string>
  /** A text is sent with its length, an iterable as chunks without one. */
  body?: string | Iterable<string>
}

/** One request on its own connection with exactly these headers, which `fetch` would not send. Follows no redirects. */
export function ask(url: string, path: string, { method = 'GET', headers = {}, body }: Asking = {}): Promise<Asked> {
  const { hostname, port } = new URL(url)
  const length = typeof body === 'string' ? { 'content-length': Buffer.byteLength(body) } : {}
  return new Promise((resolve, reject) => {
    const request = http.request(
      { hostname, port, path, method, headers: { ...length, ...headers }, agent: false },
      async (response) => {
        let text = ''
        try {
          for await (const chunk of response.setEncoding('utf8')) text += chunk
        } catch (error) {
          return reject(error)
        }
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, code: codeOf(text) })
      },
    )
    // After an early answer the connection may end while the body is sent; resolve() has run by then.
    request.on('error', reject)
    for (const part of typeof body === 'string' ? [body] : (body ?? [])) request.write(part)
    request.end()
  })
}

function codeOf(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'code' in value ? String(value.code) : null
  } catch {
    return null
  }
}

export function ownHeaders(url: string, cookie?: string): Record<string, string> {
  const headers = { origin: new URL(url).origin, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' }
  return cookie === undefined ? headers : { ...headers, cookie }
}

export interface ApiRoute {
  path: string
  reads: boolean
  writes: ('POST' | 'PUT' | 'DELETE')[]
}

/** Every route that needs a session, with an id in place of `*`. */
export const ROUTES: readonly ApiRoute[] = Object.entries(API_METHODS)
  .filter(([path]) => path !== '/api/health' && path !== '/api/metrics')
  .map(([path, methods]) => ({
    path: path
      .replace('batches/*', 'batches/B-1')
      .replace('protections/*', 'protections/P-1')
      .replace('returns/*', 'returns/R-1'),
    reads: methods.includes('GET'),
    writes: (['POST', 'PUT', 'DELETE'] as const).filter((method) => methods.includes(method)),
  }))

export const WRITES = ROUTES.flatMap(({ path, writes }) => writes.map((method) => ({ path, method })))
export const READS = ROUTES.filter(({ reads }) => reads).map(({ path }) => path)
