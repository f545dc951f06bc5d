import { setImmediate as nextTurn } from 'node:timers/promises'
import { shared } from './shared.ts'

/** Long enough for most work, so that few lists ever wait; short beside the 50 ms that no request may hold the process. */
const SLICE_MS = 5

interface Slices {
  waiting: (() => void)[]
}

const slices = () => shared<Slices>('slices', () => ({ waiting: [] }))

/** The first one waits for a rest of the event loop, then has its slice; then the next one does. */
function rest(): void {
  const { waiting } = slices()
  setTimeout(() => {
    waiting[0]?.()
    setImmediate(() => {
      waiting.shift()
      if (waiting.length > 0) rest()
    })
  }, SLICE_MS)
}

function nextSlice(): Promise<void> {
  const { waiting } = slices()
  return new Promise((resolve) => {
    waiting.push(resolve)
    if (waiting.length === 1) rest()
  })
}

/**
 * The items one by one. After each 5 ms of work the event loop gets as long for other requests, and long work of several
 * requests takes turns. One item should be the work of a few ms at most. @throws AbortError when `signal` aborts
 */
export async function* inSlices<T>(
  items: Iterable<T> | AsyncIterable<T>,
  signal?: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  let endsAt: number | null = null
  for await (const item of items) {
    if (endsAt !== null && performance.now() > endsAt) {
      await nextSlice()
      signal?.throwIfAborted()
      endsAt = null
    }
    endsAt ??= performance.now() + SLICE_MS
    yield item
  }
}

/** Items between two looks at the clock, so that a short list waits for nothing. */
const STEP = 50

/** `list.map(map)` in slices, where `map` takes some µs: a list of up to 50 never rests. */
export async function mapInSlices<T, Result>(list: readonly T[], map: (item: T) => Result): Promise<Result[]> {
  const steps = Array.from({ length: Math.ceil(list.length / STEP) }, (_, index) => index * STEP)
  const results: Result[] = []
  for await (const from of inSlices(steps)) for (const item of list.slice(from, from + STEP)) results.push(map(item))
  return results
}

/**
 * For long work within a transaction, which others wait for: the result, awaited between its steps, gives the event loop
 * a turn after each 5 ms, and no rest.
 */
export function turns(): () => Promise<void> {
  let endsAt = performance.now() + SLICE_MS
  return async () => {
    if (performance.now() < endsAt) return
    await nextTurn()
    endsAt = performance.now() + SLICE_MS
  }
}
