import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

/** `inTransaction`: after its `begin`, which has the lock and was checked. `close` is the last one. */
export interface Statement {
  sql: string
  parameters: readonly unknown[]
  purpose: 'read' | 'write' | 'inTransaction' | 'close'
}

/** `failure` is what a driver's error says besides its message. */
export type Answer =
  | { rows: readonly unknown[]; changes: number | bigint }
  | { failure: { errcode?: number; code?: string } }

const OWNER_MAY_WRITE = 0o200
const BUSY = 5
const RETRY_WHILE_BUSY_MS = 5000
const NOTHING: Answer = { rows: [], changes: 0 }

const path = String(workerData)
const sleeper = new Int32Array(new SharedArrayBuffer(4))

function failureOf(error: unknown): { errcode?: number; code?: string } {
  if (!(error instanceof Error)) return {}
  const errcode = 'errcode' in error && typeof error.errcode === 'number' ? { errcode: error.errcode } : {}
  return { ...errcode, ...('code' in error && typeof error.code === 'string' && { code: error.code }) }
}

const failed = (code: string) => Object.assign(new Error(code), { code })

/** Waits up to 5 s for another process's lock. SQLite's own wait covers neither recovery nor the change to WAL. */
function retryWhileLocked<T>(act: () => T): T {
  const deadline = Date.now() + RETRY_WHILE_BUSY_MS
  for (let wait = 1; ; wait = Math.min(wait * 2, 25)) {
    try {
      return act()
    } catch (error) {
      const { errcode } = failureOf(error)
      if (errcode === undefined || (errcode & 0xff) !== BUSY || Date.now() > deadline) throw error
    }
    Atomics.wait(sleeper, 0, 0, wait + Math.random() * wait)
  }
}

function configure(database: DatabaseSync): void {
  database.exec('pragma busy_timeout = 10')
  const mode = database.prepare('pragma journal_mode = wal').get()
  if (mode?.journal_mode !== 'wal') throw failed('NO_WRITE_AHEAD_LOG')
  database.exec(
    'pragma synchronous = full; pragma fullfsync = on; pragma foreign_keys = on; pragma trusted_schema = off',
  )
  // Without it INSERT OR REPLACE deletes a row behind the append-only triggers' back.
  database.exec('pragma recursive_triggers = on')
}

function open() {
  const { ino, dev } = statSync(path)
  assertThere({ ino, dev }, 'write')
  const database = new DatabaseSync(path)
  try {
    retryWhileLocked(() => configure(database))
  } catch (error) {
    database.close()
    throw error
  }
  return { database, opened: { ino, dev } }
}

function assertThere(opened: { ino: number; dev: number }, purpose: 'read' | 'write'): void {
  const directory = statSync(dirname(path), { throwIfNoEntry: false })
  const file = statSync(path, { throwIfNoEntry: false })
  // A deleted file can still be written, and everything in it is lost.
  if (!directory || file?.ino !== opened.ino || file.dev !== opened.dev) throw failed('FILE_GONE')
  // The bits, not access(2), which lets root write everywhere.
  const writable = directory.mode & file.mode & OWNER_MAY_WRITE
  if (purpose === 'write' && !writable) throw failed('READ_ONLY')
}

function answering(act: () => Answer): void {
  let answer: Answer
  try {
    answer = act()
  } catch (error) {
    answer = { failure: failureOf(error) }
  }
  parentPort?.postMessage(answer)
}

answering(() => {
  const { database, opened } = open()
  const run = ({ sql, parameters }: Statement): Answer => {
    const statement = database.prepare(sql)
    // A cast: a column holds text, a number or null.
    const values = parameters as SQLInputValue[]
    if (statement.columns().length > 0) return { rows: statement.all(...values), changes: 0 }
    return { rows: [], changes: statement.run(...values).changes }
  }
  parentPort?.on('message', (statement: Statement) => {
    const { purpose } = statement
    answering(() => {
      if (purpose === 'inTransaction') return run(statement)
      if (purpose !== 'close') {
        assertThere(opened, purpose)
        return retryWhileLocked(() => run(statement))
      }
      database.close()
      return NOTHING
    })
    if (purpose === 'close') parentPort?.close()
  })
  return NOTHING
})
