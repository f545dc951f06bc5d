import { beforeEach, expect, it } from 'vitest'
import { sharedIn } from './shared'
import { type Shutdown, shutdownOf } from './shutdown'

let shutdown: Shutdown
beforeEach(() => {
  shutdown = shutdownOf(sharedIn({}))
})

it('aborts its signal, also for what asks for it afterwards', async () => {
  const before = shutdown.signal()
  expect([before.aborted, shutdown.isStopping()]).toEqual([false, false])
  await shutdown.stopAll(1_000)
  expect([before.aborted, shutdown.signal().aborted, shutdown.isStopping()]).toEqual([true, true, true])
})

it('waits for work under way, also for work that begins meanwhile and for work that fails', async () => {
  const first = Promise.withResolvers<void>()
  const second = Promise.withResolvers<void>()
  const done: string[] = []
  void shutdown.tracked(first.promise).then(() => {
    done.push('first')
    shutdown.tracked(second.promise).catch(() => done.push('second'))
  })
  const stopped = shutdown.stopAll(5_000).then(() => done.push('stopped'))
  first.resolve()
  await first.promise
  await new Promise((resolve) => setTimeout(resolve, 5))
  second.reject(new Error('failed'))
  await stopped
  expect(done).toEqual(['first', 'second', 'stopped'])
})

it('gives up on work that does not end in time', async () => {
  void shutdown.tracked(new Promise(() => {}))
  const began = performance.now()
  await shutdown.stopAll(30)
  expect(performance.now() - began).toBeLessThan(1_000)
})

it('hands on what the work came to', async () => {
  await expect(shutdown.tracked(Promise.resolve(7))).resolves.toBe(7)
  await expect(shutdown.tracked(Promise.reject(new Error('no')))).rejects.toThrow('no')
})
