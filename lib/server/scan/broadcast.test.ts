import { getEventListeners } from 'node:events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Broadcast } from './broadcast'

const KB = 1024
const lineOf = (bytes: number) => Buffer.from(`${'x'.repeat(bytes - 1)}\n`)
const ONE = Buffer.from('one\n')
const TWO = Buffer.from('two\n')

function broadcast() {
  const abandoned = vi.fn()
  const made = new Broadcast({ abandoned, farewell: (taken) => [Buffer.from(`farewell after ${taken.length}\n`)] })
  return { made, abandoned }
}

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text()
}

/** Whether a promise settles without anybody reading in the meantime. */
async function settles(promise: Promise<void> | void): Promise<boolean> {
  const later = new Promise<'later'>((resolve) => setImmediate(() => resolve('later')))
  return (await Promise.race([Promise.resolve(promise).then(() => 'now'), later])) === 'now'
}

/** Takes chunks until so many bytes came. */
async function take(reader: ReadableStreamDefaultReader<Uint8Array>, bytes: number): Promise<void> {
  for (let got = 0; got < bytes; ) got += (await reader.read()).value?.length ?? bytes
}

afterEach(() => {
  vi.useRealTimers()
})

describe('Broadcast', () => {
  it('gives every reader all lines from the first one on, whenever it joins', async () => {
    const { made } = broadcast()
    const first = textOf(made.stream())
    void made.push(ONE)
    const second = textOf(made.stream())
    await new Promise(setImmediate)
    void made.push(TWO)
    made.end()
    expect(await first).toBe('one\ntwo\n')
    expect(await second).toBe('one\ntwo\n')
  })

  it('keeps characters of several bytes whole', async () => {
    const { made } = broadcast()
    const text = textOf(made.stream())
    const line = `${'🐦é'.repeat(40 * KB)}\n`
    void made.push(Buffer.from(line))
    void made.push(Buffer.from(line))
    made.end()
    expect(await text).toBe(line + line)
  })

  it('makes the writer wait while its only reader is slow, until that one has taken enough', async () => {
    const { made } = broadcast()
    const reader = made.stream().getReader()
    expect(await settles(made.push(lineOf(200 * KB)))).toBe(true)
    const waiting = made.push(lineOf(200 * KB))
    expect(await settles(waiting)).toBe(false)
    await take(reader, 200 * KB)
    expect(await settles(waiting)).toBe(true)
  })

  it('does not wait for one slow reader while another keeps up', async () => {
    const { made } = broadcast()
    made.stream()
    const quick = textOf(made.stream())
    for (let line = 0; line < 8; line++) {
      expect(await settles(made.push(lineOf(100 * KB)))).toBe(true)
    }
    made.end()
    expect((await quick).length).toBe(800 * KB)
  })

  it('lets a reader go that falls too far behind another, with complete last lines', async () => {
    const { made, abandoned } = broadcast()
    const slow = made.stream().getReader()
    await new Promise(setImmediate)
    const quick = textOf(made.stream())
    for (let line = 0; line < 50; line++) await made.push(lineOf(100 * KB))
    const { value } = await slow.read()
    expect(new TextDecoder().decode(value)).toBe('farewell after 0\n')
    expect(await slow.read()).toMatchObject({ done: true })
    made.end()
    expect((await quick).length).toBe(5_000 * KB)
    expect(abandoned).not.toHaveBeenCalled()
  })

  it('does not count what was there when a reader joined as falling behind', async () => {
    const { made } = broadcast()
    const first = textOf(made.stream())
    for (let line = 0; line < 60; line++) await made.push(lineOf(100 * KB))
    const late = textOf(made.stream())
    await made.push(lineOf(100 * KB))
    made.end()
    expect((await late).length).toBe((await first).length)
  })

  it('waits for nobody any more once it hurries', async () => {
    const { made } = broadcast()
    made.stream()
    const waiting = made.push(lineOf(300 * KB))
    expect(await settles(waiting)).toBe(false)
    made.hurry()
    expect(await settles(waiting)).toBe(true)
    expect(await settles(made.push(lineOf(300 * KB)))).toBe(true)
  })

  it('is abandoned by its last reader, by cancelling or by a signal, and only once', async () => {
    const { made, abandoned } = broadcast()
    const gone = new AbortController()
    const one = made.stream()
    made.stream(gone.signal)
    await one.cancel()
    expect(abandoned).not.toHaveBeenCalled()
    gone.abort()
    gone.abort()
    expect(abandoned).toHaveBeenCalledTimes(1)
  })

  it('is abandoned at once by a reader whose request was over before it began', () => {
    const { made, abandoned } = broadcast()
    made.stream(AbortSignal.abort())
    expect(abandoned).toHaveBeenCalledTimes(1)
  })

  it('does not wait for a reader that has left', async () => {
    const { made } = broadcast()
    const quick = made.stream().getReader()
    const slow = made.stream()
    const waiting = made.push(lineOf(300 * KB))
    expect(await settles(waiting)).toBe(false)
    await take(quick, 300 * KB)
    await slow.cancel()
    expect(await settles(waiting)).toBe(true)
  })

  it('is not abandoned by readers that got everything', async () => {
    const { made, abandoned } = broadcast()
    const text = textOf(made.stream())
    void made.push(ONE)
    made.end()
    await text
    expect(abandoned).not.toHaveBeenCalled()
  })

  it('lets a reader go that takes nothing for two minutes, and then counts as abandoned', async () => {
    vi.useFakeTimers()
    const { made, abandoned } = broadcast()
    const stream = made.stream()
    void made.push(ONE)
    await vi.advanceTimersByTimeAsync(119_000)
    expect(abandoned).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(61_000)
    expect(abandoned).toHaveBeenCalledTimes(1)
    expect(await textOf(stream)).toBe('farewell after 0\n')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('never lets a reader go that waits for the next line', async () => {
    vi.useFakeTimers()
    const { made, abandoned } = broadcast()
    const text = textOf(made.stream())
    await vi.advanceTimersByTimeAsync(600_000)
    expect(abandoned).not.toHaveBeenCalled()
    void made.push(ONE)
    made.end()
    expect(await text).toBe('one\n')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('leaves nothing on the request’s signal, however its stream ends', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
    const signal = new AbortController().signal
    const { made } = broadcast()
    const read = textOf(made.stream(signal))
    const cancelled = made.stream(signal)
    made.stream(signal)
    expect(getEventListeners(signal, 'abort')).toHaveLength(3)
    await cancelled.cancel()
    expect(getEventListeners(signal, 'abort')).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(150_000)
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    made.end()
    await read
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })
})
