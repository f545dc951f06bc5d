import 'server-only'

/** A reader that takes nothing for so long although there is something to take is cut, ms: it would keep all lines in memory. */
const STALLED_MS = 120_000
/** Most bytes handed to a reader at a time. */
const CHUNK_BYTES = 64 * 1024

interface Reader {
  next: number
  /** When it last took something or stood waiting for more, ms. */
  tookAt: number
  /** The last lines of a reader that was cut. */
  farewell: readonly Buffer[] | null
  wake: (() => void) | null
  /** Takes its listener off the request's signal, which may outlive the stream. */
  unlisten: () => void
}

interface Options {
  /** The last reader has left before the end. */
  abandoned: () => void
  /** Complete last lines for a reader that is cut; `taken` are the lines that it got before. */
  farewell: (taken: readonly Buffer[]) => readonly Buffer[]
}

/** One growing list of lines (UTF-8) that any number of readers take at their own speed, each from the first line on. */
export class Broadcast {
  readonly #lines: Buffer[] = []
  readonly #readers = new Set<Reader>()
  readonly #options: Options
  #ended = false
  #watch: NodeJS.Timeout | null = null

  constructor(options: Options) {
    this.#options = options
  }

  /** Adds a line (with its line feed). */
  push(line: Buffer): void {
    if (this.#ended) return
    this.#lines.push(line)
    for (const reader of this.#readers) reader.wake?.()
  }

  /** No more lines: every reader ends when it has taken the last one. */
  end(): void {
    this.#ended = true
    for (const reader of this.#readers) reader.wake?.()
    this.#freeMemory()
  }

  /** A stream of all lines from the first one on; not to be asked for after the end. An aborted signal leaves, too. */
  stream(signal?: AbortSignal): ReadableStream<Uint8Array> {
    const reader: Reader = {
      next: 0,
      tookAt: performance.now(),
      farewell: null,
      wake: null,
      unlisten: () => signal?.removeEventListener('abort', leave),
    }
    const leave = () => {
      reader.unlisten()
      if (this.#readers.delete(reader)) this.#afterLeaving()
    }
    this.#readers.add(reader)
    this.#watch ??= setInterval(() => this.#cutStalled(), STALLED_MS / 4).unref()
    if (signal?.aborted) leave()
    else signal?.addEventListener('abort', leave, { once: true })
    return new ReadableStream<Uint8Array>(
      { pull: (controller) => this.#serve(reader, controller), cancel: leave },
      { highWaterMark: 0 },
    )
  }

  async #serve(reader: Reader, controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    while (reader.next >= this.#lines.length && !this.#ended && reader.farewell === null) {
      await new Promise<void>((resolve) => {
        reader.wake = resolve
      })
      reader.wake = null
    }
    reader.tookAt = performance.now()
    const chunk = Buffer.concat(reader.farewell ?? this.#take(reader))
    if (chunk.length > 0) controller.enqueue(chunk)
    if (reader.farewell === null && (!this.#ended || reader.next < this.#lines.length)) return
    this.#readers.delete(reader)
    reader.unlisten()
    controller.close()
    this.#freeMemory()
  }

  /** The next lines for a reader, about a chunk of them. */
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
      reader.farewell = this.#options.farewell(this.#lines.slice(0, reader.next))
      reader.unlisten()
      this.#readers.delete(reader)
    }
    if (stalled.length > 0) this.#afterLeaving()
  }

  #afterLeaving(): void {
    if (this.#readers.size === 0 && !this.#ended) this.#options.abandoned()
    this.#freeMemory()
  }

  /** A connection that nobody reads can outlive its reader by hours; the lines must not. */
  #freeMemory(): void {
    if (this.#readers.size > 0) return
    if (this.#watch) clearInterval(this.#watch)
    this.#watch = null
    if (this.#ended) this.#lines.length = 0
  }
}
