import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { sqliteCode } from './unavailable'

const BUSY = 5
const PATIENCE_MS = 5000

/**
 * Runs `attempt` again while another connection holds SQLite's lock, for five seconds at most. SQLite's own
 * `busy_timeout` would block the whole process for that long, also the transaction that it waits for.
 * @throws whatever `attempt` throws last
 */
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
