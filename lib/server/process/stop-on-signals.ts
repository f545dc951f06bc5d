import type { Server } from 'node:http'
import { log } from './log.ts'
import { shutdown } from './shutdown.ts'

/** Of the time to stop in: for last answers and the database, once the work is over or given up. */
const LAST_MS = 2_000

interface Stop {
  /** From the signal to the exit, at most. */
  stopMs: number
  /** Of that, how long it goes on working while its readiness says that it stops. */
  drainMs: number
  closeDatabase: () => Promise<void>
}

/** Ends the process on SIGTERM and SIGINT. What is not over by then is settled by the next process. */
export function stopOnSignals(server: Server, { stopMs, drainMs, closeDatabase }: Stop): void {
  let asked = false
  const stop = async () => {
    if (asked) return
    asked = true
    log('info', 'stopping')
    setTimeout(() => process.exit(0), stopMs)
    const drain = Math.min(drainMs, stopMs / 2)
    await shutdown.drain(drain)
    server.close()
    server.closeIdleConnections()
    const left = stopMs - drain
    await shutdown.stopAll(left - Math.min(LAST_MS, left / 2))
    // A reader that does not take its last line must not hold the process.
    const cut = setTimeout(() => server.closeAllConnections(), LAST_MS / 4)
    server.closeIdleConnections()
    await new Promise((resolve) => server.close(resolve))
    clearTimeout(cut)
    await closeDatabase()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())
}
