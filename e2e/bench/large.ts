import { chromium, type Page } from '@playwright/test'
import { browserFlags, findBrowser } from '../support/browser.ts'
import { keys, openPage, reloads } from './browser.ts'
import type { BenchWindow } from './in-page.ts'
import { settledMb, watchMemory, withServers } from './measure.ts'
import { atMost, type Row, type Section } from './report.ts'

const SIZE = ['--organizations', '250', '--accounts', '10', '--numbers', '80']
const COUNTS = '200,000 numbers in 2,500 accounts'
const MB = 1024 * 1024

export const largeSection: Section = {
  name: 'large',
  title: 'The page, with 200,000 numbers',
  how:
    '250 organizations × 10 accounts × 80 numbers, measured as with 50,000. Long tasks are those over 50 ms of the page’s main thread, from its first request until the scan has ended and the list is whole. ' +
    'The browser’s memory is the page’s JavaScript heap after a garbage collection; the server’s is its resident memory, at most during the first scan, against its value at the start, garbage collected.',
  run: () =>
    withServers(SIZE, async ({ sandbox, app }) => {
      const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags() })
      try {
        const before = await settledMb(app)
        const peak = watchMemory(app.child.pid)
        const page = await openPage(browser, app.url, sandbox.tokens.reseller, COUNTS)
        const grown = peak() - before.rss
        const rows = [await longTasks(page), await heap(page), await keys(page, 60)]
        rows.push(atMost('the server’s memory over the scan', grown, 120, 'MB', `From ${before.rss.toFixed(0)} MB.`))
        // So slow that the rows on screen can only come from the snapshot.
        await sandbox.control.configure({ latencyMs: 500 })
        return [...rows, await reloads(page, 600)]
      } finally {
        await browser.close()
      }
    }),
}

async function longTasks(page: Page): Promise<Row> {
  const tasks = await page.evaluate(() => (window as unknown as BenchWindow).bench.longTasks)
  const longest = Math.max(0, ...tasks).toFixed(0)
  return atMost(
    'tasks over 50 ms while the list is read for the first time',
    tasks.length,
    0,
    '',
    `The longest ${longest} ms.`,
  )
}

async function heap(page: Page): Promise<Row> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return atMost('the browser’s memory', usedSize / MB, 120, 'MB')
}
