import 'server-only'

/** A reader this many bytes behind counts as slow; when all are, the writer waits. */
const SLOW_BYTES = 256 * 1024
/** A slow reader this many bytes behind is let go, as long as another one keeps up. */
const LOST_BYTES = 4 * 1024 * 1024
/** A reader that takes nothing for so long although there is something to take is let go, ms: it would hold all lines in memory. */
const STALLED_MS = 120_000
/** Most bytes handed to a reader at a time. */
const CHUNK_BYTES = 64 * 1024

interface Reader {
  next: number
  sent: number
  /** Bytes that were there when it joined; catching up on these is not falling behind. */
  joinedAt: number
  /** When it last took something or stood waiting for more, ms. */
  tookAt: number
  farewell: readonly Buffer[] | null
  wake: (() => void) | null
  /** Takes its listener off the request's signal, which may outlive the stream, however the stream ends. */
  unlisten: () => void
}

interface Options {
  /** The last reader has left before the end. */
  abandoned: () => void
  /** Complete last lines for a reader that is let go; `taken` are the lines that it got before. */
  farewell: (taken: readonly Buffer[]) => readonly Buffer[]
}

/**
 * One growing list of lines (UTF-8) that any number of readers take at their own speed, each from the first line on. `push`
 * waits only while every reader is slow; the last reader that leaves calls `abandoned`.
 */
export class Broadcast {
  readonly #lines: Buffer[] = []
  readonly #readers = new Set<Reader>()
  readonly #options: Options
  #bytes = 0
  #ended = false
  #hurried = false
  #room: PromiseWithResolvers<void> | null = null
  #watch: NodeJS.Timeout | null = null

  constructor(options: Options) {
    this.#options = options
  }

  /** Adds a line (with its line feed). The promise settles when there is room for more. */
  push(line: Buffer): Promise<void> | void {
    if (this.#ended) return
    this.#lines.push(line)
    this.#bytes += line.length
    for (const reader of this.#readers) reader.wake?.()
    this.#letGoTheLost()
    if (this.#hurried || !this.#allSlow()) return
    this.#room ??= Promise.withResolvers<void>()
    return this.#room.promise
  }

  /** From now on nothing waits for slow readers: the end is near. */
  hurry(): void {
    this.#hurried = true
    this.#openRoom()
  }

  /** No more lines: every reader ends when it has taken the last one. */
  end(): void {
    this.#ended = true
    for (const reader of this.#readers) reader.wake?.()
    this.#openRoom()
    this.#tidy()
  }

  /** A stream of all lines from the first one on; not to be asked for after the end. An aborted signal leaves, too. */
  stream(signal?: AbortSignal): ReadableStream<Uint8Array> {
    const reader: Reader = {
      next: 0,
      sent: 0,
      joinedAt: this.#bytes,
      tookAt: performance.now(),
      farewell: null,
      wake: null,
      unlisten: () => signal?.removeEventListener('abort', leave),
    }
    const leave = () => this.#leave(reader)
    this.#readers.add(reader)
    this.#watch ??= setInterval(() => this.#letGoTheStalled(), STALLED_MS / 4).unref()
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
    if (reader.farewell !== null || (this.#ended && reader.next >= this.#lines.length)) {
      this.#readers.delete(reader)
      reader.unlisten()
      controller.close()
      this.#tidy()
    }
    if (!this.#allSlow()) this.#openRoom()
  }

  /** The next lines for a reader, about a chunk of them. */
  #take(reader: Reader): Buffer[] {
    const from = reader.next
    for (let bytes = 0; reader.next < this.#lines.length && bytes < CHUNK_BYTES; reader.next += 1) {
      bytes += this.#lines[reader.next]?.length ?? 0
    }
    const lines = this.#lines.slice(from, reader.next)
    for (const line of lines) reader.sent += line.length
    return lines
  }

  #leave(reader: Reader): void {
    reader.unlisten()
    if (!this.#readers.delete(reader)) return
    this.#afterLeaving()
  }

  #letGo(reader: Reader): void {
    reader.farewell = this.#options.farewell(this.#lines.slice(0, reader.next))
    this.#readers.delete(reader)
    reader.unlisten()
    reader.wake?.()
  }

  #letGoTheLost(): void {
    if (this.#readers.size < 2 || this.#allSlow()) return
    for (const reader of this.#readers) if (this.#behind(reader) > LOST_BYTES) this.#letGo(reader)
  }

  #letGoTheStalled(): void {
    const before = performance.now() - STALLED_MS
    const stalled = [...this.#readers].filter((reader) => reader.wake === null && reader.tookAt < before)
    for (const reader of stalled) this.#letGo(reader)
    if (stalled.length > 0) this.#afterLeaving()
  }

  #afterLeaving(): void {
    if (this.#readers.size === 0 && !this.#ended) this.#options.abandoned()
    if (!this.#allSlow()) this.#openRoom()
    this.#tidy()
  }

  #behind(reader: Reader): number {
    return this.#bytes - Math.max(reader.sent, reader.joinedAt)
  }

  #allSlow(): boolean {
    if (this.#readers.size === 0) return false
    for (const reader of this.#readers) if (this.#behind(reader) <= SLOW_BYTES) return false
    return true
  }

  #openRoom(): void {
    this.#room?.resolve()
    this.#room = null
  }

  /** A connection that nobody reads can outlive its reader by hours; the lines must not. */
  #tidy(): void {
    if (this.#readers.size > 0) return
    if (this.#watch) clearInterval(this.#watch)
    this.#watch = null
    if (this.#ended) this.#lines.length = 0
  }
}
