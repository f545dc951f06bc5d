import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { signInOnPage, wholeList } from '../support/page-steps.ts'

/** Where it is some minutes past ten in the evening or in the morning now: the widest times of the day. */
function zoneAtTen(): string {
  const utc = new Date().getUTCHours()
  const ahead = utc >= 8 ? 22 - utc : 10 - utc
  // The signs of these names are the other way round.
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`
}

test.use({ timezoneId: zoneAtTen() })

/** Notes in each document what moved by itself, all of it: stricter than the metric, which takes the worst five seconds. */
async function noteShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const moved: string[] = []
    Reflect.set(window, 'moved', moved)
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (Reflect.get(entry, 'hadRecentInput')) continue
        const sources: { node?: Node }[] = Reflect.get(entry, 'sources') ?? []
        const names = sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 80) : ''))
        moved.push(`${Reflect.get(entry, 'value')} ${names.join(' | ')}`)
      }
    })
    observer.observe({ type: 'layout-shift', buffered: true })
  })
}

async function expectStill(page: Page): Promise<void> {
  const moved = await page.evaluate((): unknown => Reflect.get(window, 'moved'))
  const all = Array.isArray(moved) ? moved.map(String) : ['nothing was noted']
  const sum = all.reduce((so, each) => so + Number.parseFloat(each), 0)
  expect(sum, all.join('\n')).toBeLessThan(0.02)
}

for (const width of [360, 1440]) {
  test(`nothing moves while the list is read: at ${width} px, first visit and seen before`, async ({
    page,
    sandbox,
  }) => {
    await page.setViewportSize({ width, height: 900 })
    await noteShifts(page)
    await page.goto('/sign-in')
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await expectStill(page)
    // Slow enough that progress, first rows and last rows are drawn one after the other.
    await sandbox.control.configure({ latencyMs: 60 })
    await signInOnPage(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
    await expectStill(page)
    await page.reload()
    await wholeList(page, 90)
    await expectStill(page)
    await page.goto('/history')
    await expect(page.getByText('Nothing has been returned yet')).toBeVisible()
    await expectStill(page)
  })
}
