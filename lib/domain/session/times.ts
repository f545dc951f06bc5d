/** When a session ends: what the browser is told. Times are ISO 8601 by the server's clock, which reads `now`. */
export interface SessionTimes {
  now: string
  /** When it ends if nobody does anything until then. */
  idleEndsAt: string
  /** When it ends for good. */
  endsAt: string
  /** How long before an end to warn of it, in seconds. */
  warnSeconds: number
}

/** The same by the clock of this browser, which may be wrong; Unix ms. */
export interface LocalTimes {
  /** When the server was asked. */
  askedAt: number
  idleEndsAt: number
  endsAt: number
  warnMs: number
}

/** WCAG 2.2.1 asks for twenty seconds at the least. */
const WARN_SECONDS = 120

interface Limits {
  sessionIdleSeconds: number
  sessionMaxSeconds: number
}

/** @param idleEndsAt, endsAt, now Unix ms. */
export function sessionTimes(
  { idleEndsAt, endsAt, now }: { idleEndsAt: number; endsAt: number; now: number },
  { sessionIdleSeconds, sessionMaxSeconds }: Limits,
): SessionTimes {
  const iso = (ms: number) => new Date(ms).toISOString()
  // Sessions of seconds are none that people work in, but even those are not warned about from their first moment on.
  const warnSeconds = Math.min(WARN_SECONDS, Math.floor(Math.min(sessionIdleSeconds, sessionMaxSeconds) / 4))
  return { now: iso(now), idleEndsAt: iso(Math.min(idleEndsAt, endsAt)), endsAt: iso(endsAt), warnSeconds }
}

/** @param askedAt when these times were asked for, by this browser's clock; Unix ms. */
export function localTimes({ now, idleEndsAt, endsAt, warnSeconds }: SessionTimes, askedAt: number): LocalTimes {
  const local = (iso: string) => Date.parse(iso) - Date.parse(now) + askedAt
  return { askedAt, idleEndsAt: local(idleEndsAt), endsAt: local(endsAt), warnMs: warnSeconds * 1000 }
}

/** The end that is to be warned of, or null: `idle` can be put off. `at` is Unix ms. */
export function nearEnd(times: LocalTimes): { kind: 'idle' | 'last'; at: number } | null {
  const { askedAt, idleEndsAt, endsAt, warnMs } = times
  if (askedAt < idleEndsAt - warnMs) return null
  return idleEndsAt < endsAt ? { kind: 'idle', at: idleEndsAt } : { kind: 'last', at: endsAt }
}

/**
 * When the server is to be asked again, Unix ms: other requests and tabs may have put the end off before there is anything to
 * warn of, and once it was warned of it comes.
 */
export function nextLook({ idleEndsAt, warnMs }: LocalTimes, { warned }: { warned: boolean }): number {
  return warned ? idleEndsAt : idleEndsAt - warnMs
}
