import type { Settings } from '../config/settings.ts'

type Door = Pick<Settings, 'appOrigin'>

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i

/**
 * Whether a request's Host header is one this app answers under: loopback names, or APP_ORIGIN's host. Anything else
 * is a foreign name that points here (DNS rebinding).
 */
export function isOwnHost(host: string | undefined | null, { appOrigin }: Door): boolean {
  if (!host) return false
  if (LOOPBACK.test(host)) return true
  return appOrigin !== null && host.toLowerCase() === new URL(appOrigin).host
}

/**
 * Whether a state-changing request comes from this app's own pages: Origin must be there and be ours, and where the
 * browser says how it got there (Sec-Fetch-Site), it must say same-origin.
 */
export function isOwnOrigin(headers: Headers, { appOrigin }: Door): boolean {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  if (!origin || (site !== null && site !== 'same-origin')) return false
  if (appOrigin !== null) return origin === appOrigin
  const host = headers.get('host')
  return host !== null && LOOPBACK.test(host) && origin === `http://${host.toLowerCase()}`
}
