import 'server-only'

/** A reader this many bytes behind counts as slow; when all are, the writer waits. */
const SLOW_BYTES = 256 * 1024
/** A slow reader this many bytes behind is let go, as long as another one keeps up. */
const LOST_BYTES = 4 * 1024 * 1024
/** Most bytes handed to a reader at a time. */
const CHUNK_BYTES = 64 * 1024

interface Reader {
  next: number
  sent: number
  /** Bytes that were there when it joined; catching up on these is not falling behind. */
  joinedAt: number
  farewell: string | null
  wake: (() => void) | null
}

/**
 * One growing list of lines that any number of readers take at their own speed, each from the first line on. `push`
 * waits only while every reader is slow; the last reader that leaves calls `abandoned`.
 */
export class Broadcast {
  readonly #lines: string[] = []
  readonly #readers = new Set<Reader>()
  readonly #abandoned: () => void
  /** What a reader gets that is let go: complete last lines. */
  readonly #farewell: () => string
  readonly #encoder = new TextEncoder()
  #bytes = 0
  #ended = false
  #room: PromiseWithResolvers<void> | null = null

  constructor({ abandoned, farewell }: { abandoned: () => void; farewell: () => string }) {
    this.#abandoned = abandoned
    this.#farewell = farewell
  }

  /** Adds a line (with its line feed). The promise settles when there is room for more. */
  push(line: string): Promise<void> | void {
    if (this.#ended) return
    this.#lines.push(line)
    this.#bytes += Buffer.byteLength(line)
    for (const reader of this.#readers) reader.wake?.()
    this.#letGo()
    if (!this.#allSlow()) return
    this.#room ??= Promise.withResolvers<void>()
    return this.#room.promise
  }

  /** No more lines: every reader ends when it has taken the last one. */
  end(): void {
    this.#ended = true
    for (const reader of this.#readers) reader.wake?.()
    this.#openRoom()
  }

  /** A stream of all lines from the first one on. */
  stream(): ReadableStream<Uint8Array> {
    const reader: Reader = { next: 0, sent: 0, joinedAt: this.#bytes, farewell: null, wake: null }
    this.#readers.add(reader)
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          while (reader.next >= this.#lines.length && !this.#ended && reader.farewell === null) {
            await new Promise<void>((resolve) => {
              reader.wake = resolve
            })
            reader.wake = null
          }
          const text = reader.farewell ?? this.#take(reader)
          if (text) controller.enqueue(this.#encoder.encode(text))
          if (reader.farewell !== null || (this.#ended && reader.next >= this.#lines.length)) {
            this.#readers.delete(reader)
            controller.close()
          }
          if (!this.#allSlow()) this.#openRoom()
        },
        cancel: () => this.#leave(reader),
      },
      { highWaterMark: 0 },
    )
  }

  #take(reader: Reader): string {
    let text = ''
    while (reader.next < this.#lines.length && text.length < CHUNK_BYTES) text += this.#lines[reader.next++] ?? ''
    reader.sent += Buffer.byteLength(text)
    return text
  }

  #leave(reader: Reader): void {
    reader.wake?.()
    this.#readers.delete(reader)
    if (this.#readers.size === 0 && !this.#ended) this.#abandoned()
    if (!this.#allSlow()) this.#openRoom()
  }

  #behind(reader: Reader): number {
    return this.#bytes - Math.max(reader.sent, reader.joinedAt)
  }

  #allSlow(): boolean {
    if (this.#readers.size === 0) return false
    for (const reader of this.#readers) if (this.#behind(reader) <= SLOW_BYTES) return false
    return true
  }

  #letGo(): void {
    if (this.#readers.size < 2 || this.#allSlow()) return
    for (const reader of this.#readers) {
      if (reader.farewell !== null || this.#behind(reader) <= LOST_BYTES) continue
      reader.farewell = this.#farewell()
      reader.wake?.()
      this.#readers.delete(reader)
    }
  }

  #openRoom(): void {
    this.#room?.resolve()
    this.#room = null
  }
}
