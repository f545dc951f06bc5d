import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { sqliteCode } from './unavailable'

const BUSY = 5
const PATIENCE_MS = 5000

/** Waits up to 5 s for SQLite's lock. Its `busy_timeout` would block the process, also the transaction it waits for. */
export async function retryWhileBusy<T>(attempt: () => T): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS
  for (let wait = 1; ; wait = Math.min(wait * 2, 25)) {
    try {
      return attempt()
    } catch (error) {
      if (sqliteCode(error) !== BUSY || Date.now() > deadline) throw error
    }
    await sleep(wait + Math.random() * wait)
  }
}
