import { expect, it } from 'vitest'
import { inSlices } from './slices'

/** The work of `ms` for each of `count` items. */
async function work(count: number, ms: number, signal?: AbortSignal): Promise<number> {
  let done = 0
  for await (const _ of inSlices(Array.from({ length: count }), signal)) {
    const end = performance.now() + ms
    while (performance.now() < end);
    done += 1
  }
  return done
}

it('long work lets other work of the event loop run, and short work does not wait', async () => {
  let turns = 0
  const timer = setInterval(() => {
    turns += 1
  }, 1)
  expect(await work(3, 0)).toBe(3)
  const before = turns
  expect(await work(30, 3)).toBe(30)
  clearInterval(timer)
  // At least one for every second item of 3 ms.
  expect(turns - before).toBeGreaterThanOrEqual(10)
})

it('long work of several requests takes turns', async () => {
  const ends: string[] = []
  await Promise.all([work(40, 2).then(() => ends.push('long')), work(4, 2).then(() => ends.push('short'))])
  expect(ends).toEqual(['short', 'long'])
})

it('work that was given up stops', async () => {
  const gone = new AbortController()
  const working = work(1_000, 3, gone.signal)
  gone.abort()
  await expect(working).rejects.toMatchObject({ name: 'AbortError' })
})
