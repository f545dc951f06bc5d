import { getEventListeners } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { Broadcast } from './broadcast'

const KB = 1024
const ONE = Buffer.from('one\n')
const TWO = Buffer.from('two\n')

function broadcast() {
  const abandoned = vi.fn()
  const made = new Broadcast(abandoned)
  return { made, abandoned }
}

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text()
}

describe('Broadcast', () => {
  it('gives every reader all lines from the first one on, whenever it joins', async () => {
    const { made } = broadcast()
    const first = textOf(made.stream())
    made.push(ONE)
    const second = textOf(made.stream())
    await new Promise(setImmediate)
    made.push(TWO)
    made.end()
    expect(await first).toBe('one\ntwo\n')
    expect(await second).toBe('one\ntwo\n')
  })

  it('never splits a character of several bytes', async () => {
    const { made } = broadcast()
    const text = textOf(made.stream())
    const line = `${'🐦é'.repeat(40 * KB)}\n`
    made.push(Buffer.from(line))
    made.push(Buffer.from(line))
    made.end()
    expect(await text).toBe(line + line)
  })

  it('gives every line to a reader that takes them late', async () => {
    const { made } = broadcast()
    const late = made.stream()
    const line = Buffer.from(`${'x'.repeat(100 * KB - 1)}\n`)
    for (let count = 0; count < 50; count++) made.push(line)
    made.end()
    expect((await textOf(late)).length).toBe(5_000 * KB)
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

  it('is not abandoned by readers that got everything', async () => {
    const { made, abandoned } = broadcast()
    const text = textOf(made.stream())
    made.push(ONE)
    made.end()
    await text
    expect(abandoned).not.toHaveBeenCalled()
  })

  it('leaves no listener on the request’s signal, however its stream ends', async () => {
    const signal = new AbortController().signal
    const { made } = broadcast()
    const read = textOf(made.stream(signal))
    const cancelled = made.stream(signal)
    expect(getEventListeners(signal, 'abort')).toHaveLength(2)
    await cancelled.cancel()
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    made.end()
    await read
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })
})
