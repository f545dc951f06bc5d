import { nextTask } from './next-task'

const SLICE_MS = 10

/** The items, with a rest after each 10 ms, so that thousands do not hold the page. @throws AbortError */
export async function inSlices<T>(items: Iterable<T>, signal?: AbortSignal): Promise<T[]> {
  const all: T[] = []
  let endsAt = performance.now() + SLICE_MS
  for (const item of items) {
    all.push(item)
    if (performance.now() < endsAt) continue
    await nextTask()
    signal?.throwIfAborted()
    endsAt = performance.now() + SLICE_MS
  }
  return all
}
