import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { testContext } from '@/lib/server/context/testing/context'
import type { SessionStore } from '@/lib/server/session-store/session-store'
import { whileLive } from './while-live'

/** What the table of sessions answers; each test sets it. */
const find = vi.fn<SessionStore['find']>()
const ctx = testContext({ sessions: { find } })

const account = { id: '1', name: 'R', role: 'reseller', canReturn: true, foundByAsking: false } as const
const LIVES = Promise.resolve({
  id: 'a',
  identity: 'i',
  origin: 'https://api.vida.dev',
  account,
  root: null,
  operator: null,
})
const ENDED = Promise.resolve(null)
const decoder = new TextDecoder()

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  find.mockReset()
})

/** A stream of one's own writing, and its reader behind `whileLive`. */
function open(signal = new AbortController().signal) {
  let source: ReadableStreamDefaultController<Uint8Array> | undefined
  const cancelled = vi.fn()
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      source = controller
    },
    cancel: cancelled,
  })
  const reader = whileLive(ctx, { id: 'a' }, stream, signal, () => 'farewell').getReader()
  return {
    cancelled,
    write: (text: string) => source?.enqueue(new TextEncoder().encode(text)),
    close: () => source?.close(),
    fail: () => source?.error(new Error('broken')),
    next: async () => {
      const { done, value } = await reader.read()
      return done ? null : decoder.decode(value)
    },
    cancel: () => reader.cancel(),
  }
}

it('a session that ends ends its stream, with last lines that say so', async () => {
  find.mockReturnValueOnce(LIVES).mockReturnValue(ENDED)
  const stream = open()
  stream.write('one')
  expect(await stream.next()).toBe('one')
  const next = stream.next()
  await vi.advanceTimersByTimeAsync(4_000)
  expect(await next).toBe('farewell')
  expect(await stream.next()).toBeNull()
  expect(stream.cancelled).toHaveBeenCalledOnce()
})

it('a stream that has ended itself gets no last lines when its session ends before the reader is done', async () => {
  find.mockReturnValue(ENDED)
  const stream = open()
  stream.write('done')
  expect(await stream.next()).toBe('done')
  stream.close()
  await vi.advanceTimersByTimeAsync(4_000)
  expect(await stream.next()).toBeNull()
})

it('checks follow each other: none begins during a slow one, and its result counts', async () => {
  let answer: (row: null) => void = () => undefined
  find.mockReturnValueOnce(new Promise((resolve) => (answer = resolve))).mockReturnValue(LIVES)
  const stream = open()
  const next = stream.next()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(find).toHaveBeenCalledOnce()
  answer(null)
  expect(await next).toBe('farewell')
})

it('a database that does not answer ends nothing, and is asked again', async () => {
  find.mockRejectedValueOnce(new Error('away')).mockReturnValue(LIVES)
  const stream = open()
  await vi.advanceTimersByTimeAsync(4_000)
  expect(find).toHaveBeenCalledTimes(2)
  stream.write('one')
  expect(await stream.next()).toBe('one')
})

it.each(['close', 'fail', 'cancel', 'abort'] as const)('no check follows after a %s', async (way) => {
  find.mockReturnValue(LIVES)
  const client = new AbortController()
  const stream = open(client.signal)
  if (way === 'abort') client.abort()
  else await stream[way]()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(find).not.toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
})
