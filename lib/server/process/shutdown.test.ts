import { beforeEach, expect, it, vi } from 'vitest'
import { isStopping, onStop, stopAll, tracked } from './shutdown'

beforeEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for('numberdesk.shutdown'))
})

it('calls the listeners, except those that were removed', async () => {
  const [heard, left] = [vi.fn(), vi.fn()]
  onStop(heard)
  onStop(left)()
  expect(isStopping()).toBe(false)
  await stopAll(1_000)
  expect(isStopping()).toBe(true)
  expect([heard.mock.calls.length, left.mock.calls.length]).toEqual([1, 0])
})

it('waits for work under way, also for work that begins meanwhile and for work that fails', async () => {
  const first = Promise.withResolvers<void>()
  const second = Promise.withResolvers<void>()
  const done: string[] = []
  void tracked(first.promise).then(() => {
    done.push('first')
    tracked(second.promise).catch(() => done.push('second'))
  })
  const stopped = stopAll(5_000).then(() => done.push('stopped'))
  first.resolve()
  await first.promise
  await new Promise((resolve) => setTimeout(resolve, 5))
  second.reject(new Error('failed'))
  await stopped
  expect(done).toEqual(['first', 'second', 'stopped'])
})

it('gives up on work that does not end in time', async () => {
  void tracked(new Promise(() => {}))
  const began = performance.now()
  await stopAll(30)
  expect(performance.now() - began).toBeLessThan(1_000)
})

it('hands on what the work came to', async () => {
  await expect(tracked(Promise.resolve(7))).resolves.toBe(7)
  await expect(tracked(Promise.reject(new Error('no')))).rejects.toThrow('no')
})
