import { type Browser, chromium, type Page } from '@playwright/test'
import { browserFlags, findBrowser } from '../support/browser.ts'
import { signInOnPage } from '../support/page-steps.ts'
import { keys, reloads, signInPage } from './browser.ts'
import { settledMb, watchMemory, withServers } from './measure.ts'
import { atMost, type Row, type Section } from './report.ts'

const SIZE = ['--organizations', '250', '--accounts', '10', '--numbers', '80']
const COUNTS = '200,000 numbers in 2,500 accounts'
const MB = 1024 * 1024
const LONG_MS = 50

export const largeSection: Section = {
  name: 'large',
  title: 'The page, with 200,000 numbers',
  how:
    '250 organizations × 10 accounts × 80 numbers, measured as with 50,000. Long tasks are those of the pages’ main threads from the request for the scan until it has ended and the list is whole, by the clock and by processor time: server and sandbox have the same two cores. ' +
    'The browser’s memory is the page’s JavaScript heap after a garbage collection; the server’s is its resident memory, at most during the first scan, against its value at the start, garbage collected.',
  run: () =>
    withServers(SIZE, async ({ sandbox, app }) => {
      const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags() })
      try {
        const before = await settledMb(app)
        const peak = watchMemory(app.child.pid)
        const page = await signInPage(browser, app.url)
        const scan = page.waitForRequest('**/api/numbers*')
        await signInOnPage(page, sandbox.tokens.reseller)
        await scan
        const events = await traced(browser, async () => {
          await page.getByText(COUNTS).waitFor({ timeout: 120_000 })
        })
        const grown = peak() - before.rss
        const rows = [...longTasks(events), await heap(page), await keys(page, 60)]
        rows.push(atMost('the server’s memory over the scan', grown, 120, 'MB', `From ${before.rss.toFixed(0)} MB.`))
        // So slow that the rows on screen can only come from the snapshot.
        await sandbox.control.configure({ latencyMs: 500 })
        return [...rows, await reloads(page, 600)]
      } finally {
        await browser.close()
      }
    }),
}

interface TraceEvent {
  name: string
  pid: number
  tid: number
  /** By the clock and of its thread's processor time, µs. */
  dur?: number
  tdur?: number
  args: { name?: string }
}

/** What Chromium traces of its threads' tasks until `act` has ended. */
async function traced(browser: Browser, act: () => Promise<void>): Promise<TraceEvent[]> {
  await browser.startTracing(undefined, { categories: ['toplevel'] })
  await act()
  // Chromium's own format; what lacks a field counts as no task.
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  return traceEvents
}

function longTasks(events: readonly TraceEvent[]): Row[] {
  const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
  const names = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
  const pages = new Set(names.map(thread))
  const tasks = events.filter((event) => event.name === 'ThreadControllerImpl::RunTask' && pages.has(thread(event)))
  if (!tasks.some(({ tdur = 0 }) => tdur > 0)) throw new Error('the trace has no task of a page')
  const rowFor = (measure: string, micros: number[]) => {
    const longest = (Math.max(0, ...micros) / 1000).toFixed(0)
    return atMost(measure, micros.filter((each) => each > LONG_MS * 1000).length, 0, '', `The longest ${longest} ms.`)
  }
  return [
    rowFor(
      'tasks over 50 ms while the list is read for the first time',
      tasks.map(({ dur = 0 }) => dur),
    ),
    rowFor(
      'tasks with over 50 ms of processor time in it',
      tasks.map(({ tdur = 0 }) => tdur),
    ),
  ]
}

async function heap(page: Page): Promise<Row> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return atMost('the browser’s memory', usedSize / MB, 120, 'MB')
}
