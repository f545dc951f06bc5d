import { apiClient } from '../support/api-client.ts'
import { memoryFlags, settledMb, timedScan, watchMemory, withServers } from './measure.ts'
import { atMost, info, type Row, type Section } from './report.ts'

const LATENCY_MS = 100
const CONCURRENCY = 8
const SCANS = 10
const NOISE_MB = 5
const SIZE = ['--organizations', '250', '--accounts', '10', '--numbers', '20']

export const scanSection: Section = {
  name: 'scan',
  title: 'The scan, on the server',
  how:
    '250 organizations × 10 accounts × 20 numbers (50,000 numbers), 8 requests at a time, every answer after 100 ms. The ideal is the number of ' +
    'requests that the sandbox saw ÷ 8 × 100 ms. Memory is the server’s resident memory: its highest value during the first scan of the process, ' +
    'against its value after signing in and collecting garbage; and what is left by ten further scans, without delay, garbage collected after each. “None left” is read as at most 5 MB resident (the allocator’s noise) and 1 MB of heap against the state after the first scan.',
  run: () =>
    withServers([...SIZE, '--latency', String(LATENCY_MS)], async ({ sandbox, app }) => {
      const client = await apiClient(app.url, sandbox.tokens.reseller)
      await sandbox.control.clearLog()
      const before = await settledMb(app)
      const peak = watchMemory(app.child.pid)
      const { ms, firstNumberMs, done } = await timedScan(() => client.raw('/api/numbers'))
      const highest = peak()
      if (!done.complete || done.numbers !== 50_000) throw new Error(`the scan was not whole: ${JSON.stringify(done)}`)
      const { total, maxConcurrency } = await sandbox.control.log()
      const ideal = (total / CONCURRENCY) * LATENCY_MS
      const rows: Row[] = [
        atMost(
          'duration against the ideal',
          ms / ideal,
          1.15,
          '×',
          `${total} requests in ${(ms / 1000).toFixed(1)} s, at most ${maxConcurrency} at a time.`,
        ),
        atMost('first number in the stream, from the request', firstNumberMs, 4 * LATENCY_MS + 300, 'ms'),
        atMost(
          'memory growth over the scan',
          highest - before.rss,
          60,
          'MB',
          `From ${before.rss.toFixed(0)} MB. Flags of \`npm start\`: ${memoryFlags() || 'none'}.`,
        ),
      ]
      await sandbox.control.configure({ latencyMs: 0, hidesInactive: false })
      await timedScan(() => client.raw('/api/numbers'))
      await sandbox.control.clearLog()
      await timedScan(() => client.raw('/api/numbers'))
      const { total: once } = await sandbox.control.log()
      rows.push(
        atMost(
          'requests of a scan, where plain lists were found to hold inactive accounts',
          once,
          3_030,
          'requests',
          'Each account list is read once, ten of them both ways.',
        ),
      )
      await sandbox.control.configure({ hidesInactive: true })
      const settled = [await settledMb(app)]
      for (let scan = 1; scan <= SCANS; scan++) {
        await timedScan(() => client.raw('/api/numbers'))
        settled.push(await settledMb(app))
      }
      const list = (values: number[]) => `${values.map((value) => value.toFixed(0)).join(', ')} MB`
      const last = (values: number[]) => values.at(-1) ?? Number.NaN
      const since = (values: number[], scan: number) => last(values) - (values[scan - 1] ?? Number.NaN)
      const resident = settled.map(({ rss }) => rss)
      const heap = settled.map(({ heap: used }) => used)
      const fromStart = `${(last(resident) - before.rss).toFixed(0)} MB above the value before the first scan.`
      rows.push(
        atMost(
          'resident memory left by ten further scans',
          since(resident, 1),
          NOISE_MB,
          'MB',
          `After each: ${list(resident)}; ${fromStart} The heap itself does not grow: these are pages of V8’s young generation.`,
        ),
        atMost('heap left by ten further scans', since(heap, 1), 1, 'MB', `After each: ${list(heap)}.`),
        info(
          'resident memory, last scan against the third',
          `${since(resident, 3).toFixed(1)} MB`,
          'Whether it continues to grow after the first scans.',
        ),
      )
      return rows
    }),
}
