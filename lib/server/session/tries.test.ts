import { beforeEach, describe, expect, it } from 'vitest'
import { Problem } from '@/lib/server/http/problem'
import { BoundedMap } from '@/lib/server/process/bounded-map'
import { type Shared, sharedIn } from '@/lib/server/process/shared'
import { countTry } from './tries'

let shared: Shared
const START = Date.UTC(2026, 10, 24)

/** Seconds that a try must wait; 0 for one that may go on. */
function wait(client: string | null, now: number): number {
  try {
    countTry(shared, client, now)
    return 0
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'too_many_tries') throw error
    return Number(error.headers['retry-after'])
  }
}

/** How many of `count` tries, evenly spread over `ms`, may go on. */
function admitted(count: number, ms: number, client: (index: number) => string | null): number {
  return Array.from({ length: count }, (_, index) => wait(client(index), START + (index * ms) / count)).filter(
    (seconds) => seconds === 0,
  ).length
}

beforeEach(() => {
  shared = sharedIn({})
})

describe('the limit of tries to sign in', () => {
  it('allows forty at once and one more each second, for all clients together', () => {
    expect(admitted(60, 0, () => null)).toBe(40)
    expect(wait(null, START)).toBe(1)
    expect(wait(null, START + 1_000)).toBe(0)
    expect(wait(null, START + 1_001)).toBe(1)
  })

  it('refuses some of sixty tries within ten seconds, at any rate and from any client', () => {
    for (const ms of [0, 1_000, 9_999]) {
      Reflect.deleteProperty(globalThis, Symbol.for('numberdesk.sign-in-tries'))
      expect(admitted(60, ms, (index) => `10.0.0.${index}`)).toBeLessThan(60)
    }
  })

  it('allows ten of one client, and others still sign in', () => {
    expect(admitted(30, 0, () => '203.0.113.7')).toBe(10)
    expect(wait('203.0.113.7', START)).toBe(5)
    expect(wait('203.0.113.8', START)).toBe(0)
    expect(wait('203.0.113.7', START + 5_000)).toBe(0)
  })

  it('does not count refused tries of one client towards the limit of all', () => {
    admitted(1_000, 0, () => '203.0.113.7')
    expect(admitted(30, 0, (index) => `10.0.0.${index}`)).toBe(30)
  })

  it('remembers a bounded number of clients', () => {
    for (let index = 0; index < 12_000; index += 1) wait(`client-${index}`, START + index * 1_000)
    expect(shared('sign-in-tries', () => new BoundedMap<string, unknown>(0)).size).toBe(10_000)
  })

  it('locks nobody out when the clock is set back', () => {
    expect(wait('203.0.113.7', START)).toBe(0)
    expect(wait('203.0.113.7', START - 3_600_000)).toBe(0)
  })
})
