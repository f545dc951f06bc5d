import { type Browser, chromium, type Locator, type Page } from '@playwright/test'
import { browserFlags, findBrowser } from '../support/browser.ts'
import { signInOnPage } from '../support/page-steps.ts'
import { type BenchWindow, install } from './in-page.ts'
import { percentile, withServers } from './measure.ts'
import { atMost, type Row, type Section } from './report.ts'

export const SIZE = ['--organizations', '250', '--accounts', '10', '--numbers', '20']
/** Each further key changes the list, so every key has a result to wait for. */
const SEARCHES = ['6720', '7130', '8831', '9042', '3367', '7741', '8206', '9913']
const RELOADS = 5
const LATENCY_MS = 100
const WHEEL_PX = 4_000

export const browserSection: Section = {
  name: 'browser',
  title: 'The page, with 50,000 numbers',
  how:
    'Chromium without a screen or a graphics processor, window of 1,280 × 800, on the same cores as the server. A key, click or choice counts until the frame ' +
    'with its result was painted (the list’s row count or the rows on screen changed, then the frame was over). Scrolling is by wheel events of 4,000 px.',
  run: () =>
    withServers(SIZE, async ({ sandbox, app }) => {
      const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags() })
      try {
        const page = await openPage(browser, app.url, sandbox.tokens.reseller)
        const rows = [await javascript(page), await keys(page, 100), await choices(page), ...(await scrolling(page))]
        // So slow that the rows on screen can only come from the snapshot.
        await sandbox.control.configure({ latencyMs: 500 })
        const reloaded = await reloads(page, 450)
        await sandbox.control.configure({ latencyMs: LATENCY_MS })
        return [...rows, reloaded, await firstNumber(browser, app.url, `${sandbox.tokens.reseller}~1`)]
      } finally {
        await browser.close()
      }
    }),
}

async function firstNumber(browser: Browser, url: string, token: string): Promise<Row> {
  const page = await signedIn(browser, url, token)
  await page.waitForFunction(() => performance.getEntriesByName('first-rows').length > 0, null, { timeout: 30_000 })
  const ms = await page.evaluate(() => {
    const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN
    return at('first-rows') - at('list-asked')
  })
  return atMost(
    'first number on screen, from the request',
    ms,
    4 * LATENCY_MS + 300,
    'ms',
    'Every answer of Vida’s after 100 ms; no snapshot.',
  )
}

export async function openPage(
  browser: Browser,
  url: string,
  token: string,
  counts = '50,000 numbers in 2,500 accounts',
): Promise<Page> {
  const page = await signedIn(browser, url, token)
  await page.getByText(counts).waitFor({ timeout: 120_000 })
  return page
}

async function signedIn(browser: Browser, url: string, token: string): Promise<Page> {
  const page = await signInPage(browser, url)
  await signInOnPage(page, token)
  return page
}

export async function signInPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, baseURL: url })
  await page.addInitScript(install)
  await page.goto('/sign-in')
  return page
}

async function javascript(page: Page): Promise<Row> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  await page.goto('/numbers')
  await page.getByText('50,000 numbers in 2,500 accounts').waitFor({ timeout: 120_000 })
  await session.send('Network.setCacheDisabled', { cacheDisabled: false })
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry): entry is PerformanceResourceTiming => /\.js(?:\?|$)/.test(entry.name))
      .map(({ name, encodedBodySize }) => [name, encodedBodySize] as const),
  )
  const sizes = new Map(scripts)
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  const list = [...sizes.values()]
    .toSorted((a, b) => b - a)
    .map((size) => (size / 1000).toFixed(0))
    .join(', ')
  return atMost(
    'JavaScript of /numbers, compressed',
    bytes / 1000,
    165,
    'kB',
    `${sizes.size} files, as sent (brotli): ${list} kB.`,
  )
}

/** @returns ms until the change of the list that `act` makes is painted. */
async function timed(page: Page, event: 'keydown' | 'click' | 'change', act: () => Promise<unknown>): Promise<number> {
  await page.evaluate((type) => (window as unknown as BenchWindow).bench.arm(type), event)
  await act()
  const ms = await page.evaluate(() => (window as unknown as BenchWindow).bench.result())
  if (ms === null || Number.isNaN(ms)) {
    const typed = await page.locator('input:focus').inputValue()
    const what = ms === null ? 'changed nothing on the screen in time' : 'came after the screen changed by itself'
    throw new Error(`a ${event} ${what}; the field has “${typed}”`)
  }
  return ms
}

/** ms of each key while some searches are typed into a field and taken back. */
export async function keystrokes(page: Page, field: Locator): Promise<number[]> {
  const samples: number[] = []
  for (const text of SEARCHES) {
    await field.focus()
    for (const key of text) samples.push(await timed(page, 'keydown', () => page.keyboard.press(key)))
    for (const _ of text) samples.push(await timed(page, 'keydown', () => page.keyboard.press('Backspace')))
  }
  return samples
}

export const searchField = (page: Page) => page.getByRole('searchbox', { name: 'Search numbers' })

export async function keys(page: Page, mostMs: number): Promise<Row> {
  const samples = await keystrokes(page, searchField(page))
  const middle = percentile(samples, 0.5).toFixed(0)
  return atMost(
    'keystroke in the search to the painted result, p95',
    percentile(samples, 0.95),
    mostMs,
    'ms',
    `${samples.length} keys, half of them ${middle} ms or less.`,
  )
}

async function choices(page: Page): Promise<Row> {
  const samples: number[] = []
  const heading = (name: string) => page.getByRole('columnheader', { name }).getByRole('button')
  for (let round = 0; round < 3; round++) {
    for (const name of ['Number', 'Number', 'Agent', 'Country', 'State', 'Organization']) {
      samples.push(await timed(page, 'click', () => heading(name).first().click()))
    }
    for (const [label, option] of [
      ['Country', 0],
      ['Organization', 99],
      ['Account state', 0],
    ] as const) {
      // It counts from the press on the choice, not from the opening of the menu; the second press clears the filter.
      await page.getByRole('button', { name: new RegExp(`^${label}:`) }).click()
      const choice = page.getByRole('group', { name: label }).getByRole('checkbox').nth(option)
      samples.push(await timed(page, 'click', () => choice.click()))
      samples.push(await timed(page, 'click', () => choice.click()))
      await page.keyboard.press('Escape')
    }
    const group = page.getByRole('checkbox', { name: 'Group' })
    samples.push(await timed(page, 'click', () => group.click()))
    samples.push(await timed(page, 'click', () => group.click()))
  }
  const middle = percentile(samples, 0.5).toFixed(0)
  return atMost(
    'sort, filter, group, p95',
    percentile(samples, 0.95),
    50,
    'ms',
    `${samples.length} times, half of them ${middle} ms or less.`,
  )
}

async function scrolling(page: Page): Promise<Row[]> {
  await page.mouse.move(640, 500)
  const watch = await page.evaluateHandle(() => (window as unknown as BenchWindow).bench.watchRows())
  const last = page.locator('[role=row][aria-rowindex="50001"]')
  // 50,000 rows are 2.4 million px; this limit is three times the wheel events that they need.
  for (let turns = 0; turns < 2_000 && !(turns % 20 === 0 && (await last.count()) > 0); turns++) {
    await page.mouse.wheel(0, WHEEL_PX)
  }
  await last.waitFor({ timeout: 5_000 })
  const { blankMs, mostRows, frames, slowestFrameMs } = await watch.evaluate((started) => started.stop())
  await page.evaluate(() => window.scrollTo(0, 0))
  return [
    atMost(
      'scrolling from top to bottom: longest blank',
      blankMs,
      100,
      'ms',
      `${frames} frames, the slowest ${slowestFrameMs.toFixed(0)} ms.`,
    ),
    atMost('row elements in the document meanwhile, at most', mostRows, 99, ''),
  ]
}

export async function reloads(page: Page, mostMs: number): Promise<Row> {
  const samples: number[] = []
  for (let reload = 0; reload < RELOADS; reload++) {
    await page.goto('/numbers')
    await page.waitForFunction(() => performance.getEntriesByName('first-rows').length > 0, null, { timeout: 30_000 })
    samples.push(await page.evaluate(() => performance.getEntriesByName('first-rows')[0]?.startTime ?? Number.NaN))
  }
  const middle = percentile(samples, 0.5).toFixed(0)
  return atMost(
    'reload with a snapshot: rows on screen, worst of 5',
    Math.max(...samples),
    mostMs,
    'ms',
    `The middle one ${middle} ms.`,
  )
}
