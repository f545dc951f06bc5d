// Preloaded into a measured process (--import): on SIGWINCH it prints the longest time since the last one for which the
// event loop was held, ms: as monitorEventLoopDelay saw it, without the time in which its thread waited for a core (which
// Linux counts), its processor time in it, and a garbage collection.
import { openSync, readSync } from 'node:fs'
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

const RESOLUTION_MS = 1

/** How long the main thread was ready to run while others had the cores, ms; elsewhere than on Linux it is not known. */
function coreWait() {
  if (process.platform !== 'linux') return () => 0
  const file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r')
  const text = Buffer.alloc(100)
  return () => Number(text.toString('latin1', 0, readSync(file, text, 0, text.length, 0)).split(' ')[1]) / 1e6
}

if (isMainThread) {
  const waited = coreWait()
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  const now = () => ({ at: performance.now(), waited: waited(), used: process.threadCpuUsage() })
  const none = () => ({ heldMs: 0, busyMs: 0, collectionMs: 0 })
  let last = now()
  let longest = none()
  const look = () => {
    const { user, system } = process.threadCpuUsage(last.used)
    const next = now()
    const heldMs = next.at - last.at - (next.waited - last.waited) - RESOLUTION_MS
    longest.heldMs = Math.max(longest.heldMs, heldMs)
    longest.busyMs = Math.max(longest.busyMs, (user + system) / 1000)
    last = next
  }
  setInterval(look, RESOLUTION_MS).unref()
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest.collectionMs = Math.max(longest.collectionMs, duration)
  }).observe({ entryTypes: ['gc'] })
  histogram.enable()
  process.on('SIGWINCH', () => {
    look()
    const delayMs = histogram.max / 1e6 - RESOLUTION_MS
    process.stderr.write(`loop-probe ${JSON.stringify({ delayMs, ...longest })}\n`)
    histogram.reset()
    longest = none()
  })
}
