import { expect, it } from 'vitest'
import { localTimes, nearEnd, nextRead, sessionTimes } from './times'

const MINUTE = 60_000
const NOON = Date.UTC(2026, 10, 24, 12)
const LIMITS = { sessionIdleSeconds: 1800, sessionMaxSeconds: 28_800 }

/** What a browser makes of a session with these minutes left, asked at noon by the server's clock. */
function left(idle: number, last: number, { slow = 0, limits = LIMITS } = {}) {
  const ends = { idleEndsAt: NOON + idle * MINUTE, endsAt: NOON + last * MINUTE, now: NOON }
  return localTimes(sessionTimes(ends, limits), NOON - slow)
}

it('no end is near until two minutes before it, and then the first one is', () => {
  expect(nearEnd(left(2.01, 400))).toBeNull()
  expect(nearEnd(left(2, 400))).toEqual({ kind: 'idle', at: NOON + 2 * MINUTE })
  expect(nearEnd(left(1.5, 1.8))).toEqual({ kind: 'idle', at: NOON + 1.5 * MINUTE })
  expect(nearEnd(left(29, 2))).toEqual({ kind: 'last', at: NOON + 2 * MINUTE })
  expect(nearEnd(left(29, 3))).toBeNull()
})

it('a browser whose clock is wrong warns at the same moment, and says the time by its own clock', () => {
  const slow = 37 * MINUTE
  expect(nearEnd(left(2.01, 400, { slow }))).toBeNull()
  expect(nearEnd(left(2, 400, { slow }))).toEqual({ kind: 'idle', at: NOON - slow + 2 * MINUTE })
})

it('the server is asked when a warning is due, and after a warning when the end has come', () => {
  expect(nextRead(left(30, 400), { warned: false })).toBe(NOON + 28 * MINUTE)
  expect(nextRead(left(30, 20), { warned: false })).toBe(NOON + 18 * MINUTE)
  expect(nextRead(left(1, 400), { warned: true })).toBe(NOON + MINUTE)
})

it('a session of seconds is warned about in its last quarter', () => {
  const limits = { sessionIdleSeconds: 60, sessionMaxSeconds: 28_800 }
  expect(nearEnd(left(0.26, 400, { limits }))).toBeNull()
  expect(nearEnd(left(0.25, 400, { limits }))?.kind).toBe('idle')
})
