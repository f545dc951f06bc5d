import 'server-only'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import { restrictPermissions } from '@/lib/server/process/restrict-permissions'
import type { Answer, Statement } from './sqlite.worker'
import { DatabaseUnavailable } from './unavailable'

type Done = Exclude<Answer, { failure: unknown }>

/** The sources are beside the build, as `main.ts` is run from them, so Node runs the thread's file as it is. */
const WORKER = ['lib', 'server', 'db', 'sqlite.worker.ts']

/** Directory 0700, files 0600. @returns the path of the file */
function makeFile(dataDir: string): string {
  const path = resolve(dataDir, 'numberdesk.sqlite')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  restrictPermissions(dataDir, 0o700)
  // SQLite gives -wal and -shm the mode of the main file.
  closeSync(openSync(path, 'a', 0o600))
  for (const file of [path, `${path}-wal`, `${path}-shm`]) restrictPermissions(file, 0o600)
  return path
}

/** `numberdesk.sqlite` in a folder, on a thread of its own: what waits for the disk there holds nobody here. */
export class SqliteThread {
  readonly #worker: Worker
  /** The thread answers in the order in which it is asked. */
  readonly #waiting: PromiseWithResolvers<Done>[] = []
  #ended = false

  private constructor(path: string) {
    const options = { execArgv: [], workerData: path }
    this.#worker = new Worker(join(/* turbopackIgnore: true */ process.cwd(), ...WORKER), options)
    this.#worker.on('message', (answer: Answer) => this.#settle(answer))
    // Not started again: half of a transaction may be lost. The process is not ready from then on.
    this.#worker.on('error', () => this.#end())
    this.#worker.on('exit', () => this.#end())
  }

  /** Opens or makes the file. @throws the driver's code and errcode in an Error */
  static async open(dataDir: string): Promise<SqliteThread> {
    const thread = new SqliteThread(makeFile(dataDir))
    try {
      await thread.#answer()
    } catch (error) {
      await thread.#worker.terminate()
      throw error
    }
    return thread
  }

  async run(purpose: Statement['purpose'], sql: string, parameters: readonly unknown[] = []): Promise<Done> {
    if (this.#ended) throw new DatabaseUnavailable('THREAD_ENDED')
    const statement: Statement = { sql, parameters, purpose }
    this.#worker.postMessage(statement)
    return this.#answer()
  }

  /** The file is whole then, without its log. */
  async close(): Promise<void> {
    await this.run('close', '')
    this.#ended = true
  }

  #answer(): Promise<Done> {
    const waiting = Promise.withResolvers<Done>()
    this.#waiting.push(waiting)
    // The process lives while it waits for the disk, and no longer.
    this.#worker.ref()
    return waiting.promise
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.shift()
    if (this.#waiting.length === 0) this.#worker.unref()
    if ('failure' in answer) waiting?.reject(Object.assign(new Error('SQLite refused.'), answer.failure))
    else waiting?.resolve(answer)
  }

  #end(): void {
    this.#ended = true
    for (const waiting of this.#waiting.splice(0)) waiting.reject(new DatabaseUnavailable('THREAD_ENDED'))
  }
}
