import 'server-only'
import { statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'

/** Bytes that a commit writes to the disk by itself. */
const SMALL = 1024 * 1024

/** Bytes after which the log is copied into the database; SQLite would do it within a commit, on this thread. */
const LONG = 4 * 1024 * 1024

const PAUSE_MS = 1_000

/** The sources are beside the build, as `main.ts` is run from them, so Node runs the thread's file as it is. */
const WORKER = ['lib', 'server', 'db', 'checkpoint.worker.ts']

/** Does on other threads what would hold the process in the commit of a large transaction. */
export class WriteAheadLog {
  readonly #database: string
  readonly #path: string
  #checkpointing = false
  #startedAt = Number.NEGATIVE_INFINITY

  constructor(database: string) {
    this.#database = resolve(database)
    this.#path = `${this.#database}-wal`
  }

  size(): number {
    return statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0
  }

  /** Before a commit: what the transaction wrote so far. The commit itself waits for the rest, and stays durable. */
  async flush(sizeBefore: number): Promise<void> {
    if (this.size() - sizeBefore < SMALL) return
    const file = await open(this.#path).catch(() => null)
    await file?.datasync().catch(() => {})
    await file?.close()
  }

  /** After a write. Where it fails SQLite does it, once the log is `FALLBACK_PAGES` long. */
  checkpointIfLong(): void {
    if (this.#checkpointing || performance.now() - this.#startedAt < PAUSE_MS || this.size() < LONG) return
    this.#checkpointing = true
    this.#startedAt = performance.now()
    const options = { execArgv: [], workerData: this.#database }
    const worker = new Worker(/* turbopackIgnore: true */ join(process.cwd(), ...WORKER), options)
    worker.unref()
    worker.on('error', () => {})
    worker.on('exit', () => {
      this.#checkpointing = false
    })
  }
}

export const FALLBACK_PAGES = 20_000

/** Bytes that the log keeps when it begins anew, so that its size tells what is in it. */
export const KEPT = SMALL
