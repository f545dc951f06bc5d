import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { shared } from './shared.ts'

/** Long enough for most work, so that few lists ever wait; short beside the 50 ms that no request may hold the process. */
const SLICE_MS = 5

interface Slices {
  /** Those who wait, for each person. Whose turn comes next is first. */
  waiting: Map<string, (() => void)[]>
  person: AsyncLocalStorage<string>
  resting: boolean
  /** When work in slices began in this turn of the event loop; null: there was none. */
  begunAt: number | null
  lastTurn: Promise<void>
}

const slices = () =>
  shared<Slices>('slices', () => ({
    waiting: new Map(),
    person: new AsyncLocalStorage(),
    resting: false,
    begunAt: null,
    lastTurn: Promise.resolve(),
  }))

/** Begins this turn's slice unless it has begun. */
function begin(): number {
  const state = slices()
  if (state.begunAt === null) {
    setImmediate(() => {
      state.begunAt = null
    })
    state.begunAt = performance.now()
  }
  return state.begunAt
}

/** Whether this turn of the event loop has had its slice, which all share. */
const isOver = () => performance.now() - begin() > SLICE_MS

/** Long work of one person takes turns with that of others, however many requests it comes from. */
export function workFor<T>(person: string, work: () => T): T {
  return slices().person.run(person, work)
}

/** The first one waits for a rest of the event loop, then has its slice; then the next person's does. */
function rest(): void {
  const state = slices()
  const { waiting } = state
  state.resting = true
  setTimeout(() => {
    const [first] = waiting
    if (first) {
      const [person, queue] = first
      waiting.delete(person)
      const next = queue.shift()
      if (queue.length > 0) waiting.set(person, queue)
      next?.()
    }
    setImmediate(() => {
      if (waiting.size > 0) rest()
      else state.resting = false
    })
  }, SLICE_MS)
}

function nextSlice(): Promise<void> {
  const { waiting, person, resting } = slices()
  const mine = person.getStore() ?? ''
  return new Promise((resolve) => {
    waiting.set(mine, [...(waiting.get(mine) ?? []), resolve])
    if (!resting) rest()
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
  let isFirst = true
  for await (const item of items) {
    if (isOver() && !isFirst) {
      await nextSlice()
      begin()
      // The time before it was others'.
      slices().begunAt = performance.now()
      signal?.throwIfAborted()
    }
    isFirst = false
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
 * For long work within a transaction, which others wait for, and for much short work at once: awaited between its steps,
 * it gives the event loop a turn after each 5 ms, and no rest. All who await it go on one after the other.
 */
export function turn(): Promise<void> {
  const state = slices()
  state.lastTurn = state.lastTurn.then(async () => {
    if (!isOver()) return
    await nextTurn()
    begin()
  })
  return state.lastTurn
}

/** Entries that are written in well below a slice. */
const ENTRIES = 500

/** What `JSON.stringify(list)` has between its brackets, in parts that commas join, with turns between them. */
export async function listTexts(list: readonly unknown[]): Promise<string[]> {
  const texts: string[] = []
  for (let from = 0; from < list.length; from += ENTRIES) {
    await turn()
    texts.push(JSON.stringify(list.slice(from, from + ENTRIES)).slice(1, -1))
  }
  return texts
}

/** `JSON.stringify(list)`, with turns between its parts: of an account with 10,000 numbers it takes 20 ms. */
export async function stringifyList(list: readonly unknown[]): Promise<string> {
  return `[${(await listTexts(list)).join()}]`
}
