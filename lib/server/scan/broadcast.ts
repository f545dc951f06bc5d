import 'server-only'

/** A reader that takes no available line for so long is cut, ms: it would hold all lines in memory. */
const STALLED_MS = 120_000
const CHUNK_BYTES = 64 * 1024

interface Reader {
  next: number
  tookAt: number
  lastLines: readonly Buffer[] | null
  wake: (() => void) | null
  /** The request's signal may outlive the stream. */
  unlisten: () => void
}

interface Options {
  abandoned: () => void
  /** The last lines for a reader that is cut; `taken` are the lines that it got before. */
  lastLines: (taken: readonly Buffer[]) => readonly Buffer[]
}

/** A growing list of lines (UTF-8, each with its line feed); every reader gets all of them, at its own speed. */
export class Broadcast {
  readonly #lines: Buffer[] = []
  readonly #readers = new Set<Reader>()
  readonly #options: Options
  #ended = false
  #stallTimer: NodeJS.Timeout | null = null

  constructor(options: Options) {
    this.#options = options
  }

  push(line: Buffer): void {
    if (this.#ended) return
    this.#lines.push(line)
    for (const reader of this.#readers) reader.wake?.()
  }

  end(): void {
    this.#ended = true
    for (const reader of this.#readers) reader.wake?.()
    this.#freeMemory()
  }

  /** A stream of all lines; not to be called after `end`. The reader leaves by cancelling it or by `signal`. */
  stream(signal?: AbortSignal): ReadableStream<Uint8Array> {
    const reader: Reader = {
      next: 0,
      tookAt: performance.now(),
      lastLines: null,
      wake: null,
      unlisten: () => signal?.removeEventListener('abort', leave),
    }
    const leave = () => {
      reader.unlisten()
      if (this.#readers.delete(reader)) this.#afterLeaving()
    }
    this.#readers.add(reader)
    this.#stallTimer ??= setInterval(() => this.#cutStalled(), STALLED_MS / 4).unref()
    if (signal?.aborted) leave()
    else signal?.addEventListener('abort', leave, { once: true })
    return new ReadableStream<Uint8Array>(
      { pull: (controller) => this.#serve(reader, controller), cancel: leave },
      { highWaterMark: 0 },
    )
  }

  async #serve(reader: Reader, controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    while (reader.next >= this.#lines.length && !this.#ended && reader.lastLines === null) {
      await new Promise<void>((resolve) => {
        reader.wake = resolve
      })
      reader.wake = null
    }
    reader.tookAt = performance.now()
    const chunk = Buffer.concat(reader.lastLines ?? this.#take(reader))
    if (chunk.length > 0) controller.enqueue(chunk)
    if (reader.lastLines === null && (!this.#ended || reader.next < this.#lines.length)) return
    this.#readers.delete(reader)
    reader.unlisten()
    controller.close()
    this.#freeMemory()
  }

  #take(reader: Reader): Buffer[] {
    const from = reader.next
    for (let bytes = 0; reader.next < this.#lines.length && bytes < CHUNK_BYTES; reader.next += 1) {
      bytes += this.#lines[reader.next]?.length ?? 0
    }
    return this.#lines.slice(from, reader.next)
  }

  #cutStalled(): void {
    const before = performance.now() - STALLED_MS
    const stalled = [...this.#readers].filter((reader) => reader.wake === null && reader.tookAt < before)
    for (const reader of stalled) {
      reader.lastLines = this.#options.lastLines(this.#lines.slice(0, reader.next))
      reader.unlisten()
      this.#readers.delete(reader)
    }
    if (stalled.length > 0) this.#afterLeaving()
  }

  #afterLeaving(): void {
    if (this.#readers.size === 0 && !this.#ended) this.#options.abandoned()
    this.#freeMemory()
  }

  #freeMemory(): void {
    if (this.#readers.size > 0) return
    if (this.#stallTimer) clearInterval(this.#stallTimer)
    this.#stallTimer = null
    if (this.#ended) this.#lines.length = 0
  }
}
