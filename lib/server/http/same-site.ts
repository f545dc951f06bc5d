import type { Settings } from '../config/settings.ts'

type Origin = Pick<Settings, 'appOrigin'>

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i

/** Whether people reach the app over https, as APP_ORIGIN says. */
export function isHttps({ appOrigin }: Origin): boolean {
  return appOrigin?.startsWith('https:') ?? false
}

/** Loopback names (a proxy beside it may rewrite Host) or APP_ORIGIN's host; anything else may be DNS rebinding. */
export function isOwnHost(host: string | undefined | null, { appOrigin }: Origin): boolean {
  if (!host) return false
  if (LOOPBACK.test(host)) return true
  if (appOrigin === null) return false
  const own = new URL(appOrigin)
  const port = own.port || (own.protocol === 'https:' ? '443' : '80')
  return [own.host, `${own.hostname}:${port}`].includes(host.toLowerCase())
}

/** Whether a write comes from our own pages: Origin must be ours, and Sec-Fetch-Site, if there, `same-origin`. */
export function isOwnOrigin(headers: Headers, { appOrigin }: Origin): boolean {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  if (!origin || (site !== null && site !== 'same-origin')) return false
  if (appOrigin !== null) return origin === appOrigin
  const host = headers.get('host')
  return host !== null && LOOPBACK.test(host) && origin === `http://${host.toLowerCase()}`
}

/** Whether a read comes from our pages, the address bar, or no browser. */
export function isOwnRead(headers: Headers): boolean {
  return [null, 'same-origin', 'none'].includes(headers.get('sec-fetch-site'))
}
