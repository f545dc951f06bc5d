/** Times are ISO 8601 by the server's clock, which reads `now`. */
export interface SessionTimes {
  now: string
  idleEndsAt: string
  /** The absolute end, activity or not. */
  endsAt: string
  warnSeconds: number
}

/** The same by this browser's clock, which may be wrong; Unix ms. */
export interface LocalTimes {
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
  // A very short session does not begin with its warning.
  const warnSeconds = Math.min(WARN_SECONDS, Math.floor(Math.min(sessionIdleSeconds, sessionMaxSeconds) / 4))
  return { now: iso(now), idleEndsAt: iso(Math.min(idleEndsAt, endsAt)), endsAt: iso(endsAt), warnSeconds }
}

/** @param askedAt when the request was sent, by this browser's clock; Unix ms. */
export function localTimes({ now, idleEndsAt, endsAt, warnSeconds }: SessionTimes, askedAt: number): LocalTimes {
  const local = (iso: string) => Date.parse(iso) - Date.parse(now) + askedAt
  return { askedAt, idleEndsAt: local(idleEndsAt), endsAt: local(endsAt), warnMs: warnSeconds * 1000 }
}

/** The end to warn of; `idle` can be postponed. `at` is Unix ms. */
export function nearEnd(times: LocalTimes): { kind: 'idle' | 'last'; at: number } | null {
  const { askedAt, idleEndsAt, endsAt, warnMs } = times
  if (askedAt < idleEndsAt - warnMs) return null
  return idleEndsAt < endsAt ? { kind: 'idle', at: idleEndsAt } : { kind: 'last', at: endsAt }
}

/** When to read the session again, Unix ms: before the warning (another tab may have extended it), then at the end. */
export function nextRead({ idleEndsAt, warnMs }: LocalTimes, { warned }: { warned: boolean }): number {
  return warned ? idleEndsAt : idleEndsAt - warnMs
}
