import 'server-only'

const CHUNK_BYTES = 64 * 1024

interface Reader {
  next: number
  wake: (() => void) | null
  /** The request's signal may outlive the stream. */
  unlisten: () => void
}

/**
 * A growing list of lines (UTF-8, each with its line feed, whole or in pieces of whole characters); every reader gets
 * all of them, at its own speed. The server ends the response of one that takes none.
 */
export class Broadcast {
  readonly #lines: Buffer[] = []
  readonly #readers = new Set<Reader>()
  readonly #abandoned: () => void
  #ended = false

  constructor(abandoned: () => void) {
    this.#abandoned = abandoned
  }

  push(...pieces: Buffer[]): void {
    if (this.#ended) return
    this.#lines.push(...pieces)
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
      wake: null,
      unlisten: () => signal?.removeEventListener('abort', leave),
    }
    const leave = () => {
      reader.unlisten()
      if (this.#readers.delete(reader)) this.#afterLeaving()
    }
    this.#readers.add(reader)
    if (signal?.aborted) leave()
    else signal?.addEventListener('abort', leave, { once: true })
    return new ReadableStream<Uint8Array>(
      { pull: (controller) => this.#serve(reader, controller), cancel: leave },
      { highWaterMark: 0 },
    )
  }

  async #serve(reader: Reader, controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    while (reader.next >= this.#lines.length && !this.#ended) {
      await new Promise<void>((resolve) => {
        reader.wake = resolve
      })
      reader.wake = null
    }
    const chunk = Buffer.concat(this.#take(reader))
    if (chunk.length > 0) controller.enqueue(chunk)
    if (!this.#ended || reader.next < this.#lines.length) return
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

  #afterLeaving(): void {
    if (this.#readers.size === 0 && !this.#ended) this.#abandoned()
    this.#freeMemory()
  }

  #freeMemory(): void {
    if (this.#readers.size === 0 && this.#ended) this.#lines.length = 0
  }
}
