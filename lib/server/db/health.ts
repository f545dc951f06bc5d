import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { shared } from '@/lib/server/process/shared'
import { type Database, database } from './database'
import { databaseFails, databaseWorks } from './state'
import { DatabaseUnavailable } from './unavailable'

const BOUND_MS = 2_000
const EVERY_MS = 5_000

/** Commits a row, as a full disk and a read-only server still answer reads. @returns the code of what failed, or null */
async function beat(opened: Promise<Database>): Promise<string | null> {
  const row = { id: 1, at: Date.now() }
  const committed = opened.then(({ readiness }) =>
    readiness
      .insertInto('heartbeat')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ at: row.at }))
      .execute(),
  )
  const failed = committed.then(
    () => null,
    (error: unknown) => (error instanceof DatabaseUnavailable ? error.code : 'UNKNOWN'),
  )
  return Promise.race([failed, sleep(BOUND_MS, 'NO_ANSWER', { ref: false })])
}

export async function isHealthy(db: Database): Promise<boolean> {
  return (await beat(Promise.resolve(db))) === null
}

interface Readiness {
  at: number
  ready: Promise<boolean>
}

/** Whether this process can do its work. At most once in 5 s it is tried out; who asks meanwhile gets that result. */
export function isReady(): Promise<boolean> {
  const last = shared<Readiness>('readiness', () => ({ at: Number.NEGATIVE_INFINITY, ready: Promise.resolve(false) }))
  if (performance.now() - last.at >= EVERY_MS) Object.assign(last, { at: performance.now(), ready: tryOut() })
  return last.ready
}

async function tryOut(): Promise<boolean> {
  const code = await beat(database())
  if (code === null) databaseWorks()
  else databaseFails(code)
  return code === null
}
