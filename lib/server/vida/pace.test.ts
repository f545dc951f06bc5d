import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rejection } from '@/lib/server/vida/testing/server'
import { Pace, type Priority, WaitedTooLong } from './pace'
import { readRetryAfter } from './retry-after'

/** A task that ends when told to. */
function task() {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let started = false
  const run = () => {
    started = true
    return promise
  }
  return { run, end: resolve, fail: reject, started: () => started }
}

const settle = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('turns', () => {
  it('never lets more than the limit be under way, runs everything once, and leaks no slot', async () => {
    const step = fc.record({
      priority: fc.constantFrom<Priority>('now', 'next', 'scan'),
      ms: fc.integer({ min: 0, max: 20 }),
      end: fc.constantFrom('resolve', 'reject', 'abort', 'refused', 'good'),
    })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 40 }), async (limit, steps) => {
        const pace = new Pace(limit, { random: () => 0.5 })
        let started = 0
        const runs = steps.map(async ({ priority, ms, end }) => {
          const controller = new AbortController()
          const work = async () => {
            started++
            expect(pace.underWay).toBeLessThanOrEqual(limit)
            await new Promise((done) => setTimeout(done, ms))
            if (end === 'refused') pace.slowDown(ms * 10)
            if (end === 'good') pace.speedUp()
            if (end === 'reject') throw new Error('failed')
          }
          const run = pace.run(work, { signal: controller.signal, priority }).catch(() => {})
          if (end === 'abort') setTimeout(() => controller.abort(), ms)
          await run
        })
        await vi.advanceTimersByTimeAsync(60_000)
        await Promise.all(runs)
        expect(pace.underWay).toBe(0)
        expect(started).toBeGreaterThanOrEqual(steps.filter(({ end }) => end !== 'abort').length)
        expect(vi.getTimerCount()).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  it('goes first come, first served, and account reads ahead of a scan', async () => {
    const pace = new Pace(1)
    const order: string[] = []
    const add = (name: string, priority: Priority) => pace.run(async () => void order.push(name), { priority })
    await Promise.all([
      add('first', 'scan'),
      add('scan 1', 'scan'),
      add('scan 2', 'scan'),
      add('next 1', 'next'),
      add('now 1', 'now'),
      add('now 2', 'now'),
    ])
    expect(order).toEqual(['first', 'now 1', 'now 2', 'next 1', 'scan 1', 'scan 2'])
  })

  it('starves no queue, however many account reads come', async () => {
    const pace = new Pace(1)
    let goingOn = true
    let looks = 0
    const look = async (): Promise<void> => {
      if (!goingOn) return
      looks++
      const again = pace.run(async () => {}, { priority: 'now' }).then(look)
      await again
    }
    const stream = [look(), look(), look()]
    const waiting = [pace.run(async () => {}, { priority: 'scan' }), pace.run(async () => {}, { priority: 'next' })]
    await Promise.all(waiting)
    goingOn = false
    await Promise.all(stream)
    expect(looks).toBeLessThan(40)
  })

  it('takes an aborted waiter out of the line and gives its turn to the one behind it', async () => {
    const pace = new Pace(1)
    const [one, two, three] = [task(), task(), task()]
    const controller = new AbortController()
    const first = pace.run(one.run, { priority: 'scan' })
    const second = pace.run(two.run, { priority: 'scan', signal: controller.signal })
    const third = pace.run(three.run, { priority: 'scan' })
    const refused = rejection(second)
    controller.abort(new Error('a reason of its own'))
    expect(await refused).toMatchObject({ name: 'AbortError' })
    one.end()
    await first
    await settle()
    expect([two.started(), three.started()]).toEqual([false, true])
    three.end()
    await third
    expect(pace.underWay).toBe(0)
    expect(await rejection(pace.run(two.run, { priority: 'now', signal: controller.signal }))).toMatchObject({
      name: 'AbortError',
    })
  })

  it('listens to a signal once, however many wait under it, and not any more afterwards', async () => {
    const pace = new Pace(1)
    const { signal } = new AbortController()
    const added = vi.spyOn(signal, 'addEventListener')
    const removed = vi.spyOn(signal, 'removeEventListener')
    await Promise.all(Array.from({ length: 1_000 }, () => pace.run(async () => {}, { signal, priority: 'scan' })))
    expect([added.mock.calls.length, removed.mock.calls.length]).toEqual([1, 1])
  })

  it('gives up a turn that does not come within waitMs', async () => {
    const pace = new Pace(1)
    const one = task()
    const first = pace.run(one.run, { priority: 'scan' })
    const late = rejection(pace.run(async () => {}, { priority: 'now', waitMs: 50 }))
    await vi.advanceTimersByTimeAsync(50)
    expect(await late).toBeInstanceOf(WaitedTooLong)
    one.end()
    await first
    expect(pace.underWay).toBe(0)
  })
})

describe('slowing down', () => {
  it('starts nothing until Retry-After is over, capped at 30 s', async () => {
    for (const [asked, waited] of [
      [2_000, 2_000],
      [3_600_000, 30_000],
    ] as const) {
      const pace = new Pace(2)
      pace.slowDown(asked)
      const one = task()
      void pace.run(one.run, { priority: 'now' })
      await vi.advanceTimersByTimeAsync(waited - 1)
      expect(one.started()).toBe(false)
      await vi.advanceTimersByTimeAsync(1)
      expect(one.started()).toBe(true)
    }
  })

  it('waits longer each time without Retry-After, with jitter, and never more than 30 s', async () => {
    const pauses: number[] = []
    const pace = new Pace(1, { random: () => 1, backoffMs: 500 })
    for (let i = 0; i < 9; i++) {
      const since = performance.now()
      pace.slowDown(null)
      const run = pace.run(async () => void pauses.push(performance.now() - since), { priority: 'scan' })
      await vi.advanceTimersByTimeAsync(30_000)
      await run
    }
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
    const least = new Pace(1, { random: () => 0, backoffMs: 500 })
    least.slowDown(null)
    const one = task()
    void least.run(one.run, { priority: 'scan' })
    await vi.advanceTimersByTimeAsync(249)
    expect(one.started()).toBe(false)
  })

  it('halves the limit once for those under way together, and regains it by one a round', async () => {
    const pace = new Pace(8)
    for (let i = 0; i < 8; i++) pace.slowDown(100)
    expect(pace.limit).toBe(4)
    pace.speedUp()
    await vi.advanceTimersByTimeAsync(100)
    expect(pace.limit).toBe(4)
    for (let i = 0; i < 5; i++) pace.speedUp()
    expect(pace.limit).toBe(5)
    for (let i = 0; i < 100; i++) pace.speedUp()
    expect(pace.limit).toBe(8)
  })

  it('does not take Retry-After: 0 as leave to storm', async () => {
    const pace = new Pace(1)
    pace.slowDown(0)
    const one = task()
    void pace.run(one.run, { priority: 'scan' })
    await vi.advanceTimersByTimeAsync(99)
    expect(one.started()).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(one.started()).toBe(true)
  })
})

describe('Retry-After', () => {
  const now = Date.parse('2026-11-24T00:00:00Z')
  it.each([
    ['7', 7_000],
    [' 1.5 ', 1_500],
    ['0', 0],
    ['Tue, 24 Nov 2026 00:00:09 GMT', 9_000],
    ['Mon, 23 Nov 2026 00:00:00 GMT', 0],
    ['Tuesday, 24-Nov-26 00:00:05 GMT', 5_000],
    ['Tue Nov 24 00:00:05 2026 GMT', 5_000],
    ['soon', null],
    ['-5', null],
    ['', null],
    [null, null],
  ])('reads %j as %j ms', (header, ms) => {
    expect(readRetryAfter(header, now)).toBe(ms)
  })
})
