// Preloaded into the measured server (--import): on SIGWINCH it prints the longest time since the last one for which the
// event loop was held, ms: as monitorEventLoopDelay saw it, its thread's processor time in it, and a garbage collection.
import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) {
  const RESOLUTION_MS = 1
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  let used = process.threadCpuUsage()
  let busyMs = 0
  let collectionMs = 0
  const look = () => {
    const { user, system } = process.threadCpuUsage(used)
    used = process.threadCpuUsage()
    busyMs = Math.max(busyMs, (user + system) / 1000)
  }
  setInterval(look, RESOLUTION_MS).unref()
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) collectionMs = Math.max(collectionMs, duration)
  }).observe({ entryTypes: ['gc'] })
  histogram.enable()
  process.on('SIGWINCH', () => {
    look()
    const delayMs = histogram.max / 1e6 - RESOLUTION_MS
    process.stderr.write(`loop-probe ${JSON.stringify({ delayMs, busyMs, collectionMs })}\n`)
    histogram.reset()
    busyMs = 0
    collectionMs = 0
  })
}
