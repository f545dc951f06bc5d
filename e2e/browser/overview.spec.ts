import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { openList, wholeList } from '../support/page-steps.ts'

const overview = (page: Page) => page.getByRole('region', { name: 'Overview' })
const headline = (page: Page) => overview(page).getByRole('button', { name: /in the churn queue, filter$/ })
const fold = (page: Page) => overview(page).getByRole('button', { name: 'Overview', exact: true })
const parts = (page: Page) => overview(page).getByRole('button', { name: /: [\d,]+ numbers?, filter$/ })
const table = (page: Page) => page.getByRole('table', { name: 'Assigned numbers' })

/** How many rows the list says it shows under a filter. */
const shown = (page: Page, count: string) => page.getByText(`· ${count} shown`, { exact: true })

async function countOf(part: Locator): Promise<string> {
  return /([\d,]+) numbers?, filter$/.exec((await part.locator('span').first().textContent()) ?? '')?.[1] ?? ''
}

/** Presses a part and presses it again; each time the list, the address and the part say the same. */
async function pressTwice(page: Page, part: Locator, address: RegExp): Promise<void> {
  const count = await countOf(part)
  await part.click()
  await expect(part).toHaveAttribute('aria-pressed', 'true')
  await expect(shown(page, count)).toBeVisible()
  await expect(table(page)).toHaveAttribute('aria-rowcount', String(Number(count) + 1))
  await expect(page).toHaveURL(address)
  await part.click()
  await expect(part).toHaveAttribute('aria-pressed', 'false')
  await expect(table(page)).toHaveAttribute('aria-rowcount', '91')
  await expect(page).toHaveURL(/\/numbers$/)
}

for (const width of [1440, 360]) {
  test.describe(`the overview at ${width} px`, () => {
    test.use({ viewport: { width, height: 800 } })

    test('has the churn queue as its headline, filters by its parts, and leads to the menu of what has no bar', async ({
      page,
      sandbox,
    }) => {
      await openList(page, sandbox.tokens.reseller)
      await wholeList(page, 90)

      await test.step('the list is in sight', async () => {
        await expect(page.getByText('+12145550101').or(page.getByText('+12145550105')).first()).toBeInViewport()
        const first = table(page).locator('[role=row][data-index="0"]')
        expect((await first.boundingBox())?.y).toBeLessThan(width === 360 ? 420 : 500)
      })

      await test.step('the headline opens the queue and leaves it again', async () => {
        await expect(headline(page)).toHaveAccessibleName('16 numbers in the churn queue, filter')
        await expect(overview(page)).toContainText('of 90 numbers in all')
        await headline(page).click()
        await expect(headline(page)).toHaveAttribute('aria-pressed', 'true')
        await expect(page).toHaveURL(/view=churn/)
        await expect(shown(page, '16')).toBeVisible()
        // On a phone the same choice stands among the filters.
        const filters = page.getByRole('button', { name: 'Filters (1)' })
        if (width === 360) await filters.click()
        await expect(page.getByRole('button', { name: 'Churn queue 16' })).toHaveAttribute('aria-pressed', 'true')
        await expectAccessible(page)
        if (width === 360) await filters.click()
        await headline(page).click()
        await expect(headline(page)).toHaveAttribute('aria-pressed', 'false')
        await expect(table(page)).toHaveAttribute('aria-rowcount', '91')
      })

      if (width === 360) await fold(page).click()
      await test.step('state, country and organization filter, and pressed again do not', async () => {
        const part = (name: string) => overview(page).getByRole('button', { name, exact: true })
        await pressTwice(page, part('Cancelled: 15 numbers, filter'), /state=cancelled/)
        await pressTwice(page, part('Germany: 8 numbers, filter'), /country=DE/)
        await pressTwice(page, part('Harbor Lights Hotel Group: 15 numbers, filter'), /org=8008/)
        await part('Cancelled: 15 numbers, filter').click()
        await expect(shown(page, '15')).toBeVisible()
        await expectAccessible(page)
        await part('Cancelled: 15 numbers, filter').click()
        await expect(table(page)).toHaveAttribute('aria-rowcount', '91')
      })

      await test.step('what has no bar leads to its menu, and Escape leaves that again', async () => {
        const menu = page.getByRole('button', { name: /^Organization:/ })
        const others = overview(page).getByRole('button', { name: /^(?!1 more)\d+ more, \d+ numbers, choose one$/ })
        await others.click()
        await expect(menu).toBeFocused()
        await expect(menu).toHaveAttribute('aria-expanded', 'true')
        await expectAccessible(page)
        await page.keyboard.press('Escape')
        await expect(menu).toHaveAttribute('aria-expanded', 'false')
        await others.press('Enter')
        await page.getByRole('checkbox', { name: /^Quietwood Yoga/ }).check()
        await expect(page).toHaveURL(/org=/)
        await expect(shown(page, '5')).toBeVisible()
        const chosen = overview(page).getByRole('button', { name: 'Quietwood Yoga: 5 numbers, filter' })
        await expect(chosen).toHaveAttribute('aria-pressed', 'true')
      })
    })
  })
}

test.describe('the overview', () => {
  test.beforeEach(async ({ page, sandbox }) => {
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
  })

  test('counts in every part what the list then shows, keeps its bars in forced colours, is folded by keyboard, and stays so in this browser', async ({
    page,
  }) => {
    await test.step('counts in every part what the list then shows, and keeps its bars in forced colours', async () => {
      for (const queue of [false, true]) {
        if (queue) await headline(page).click()
        await expect(headline(page)).toHaveAttribute('aria-pressed', String(queue))
        const names = await parts(page).evaluateAll((all) =>
          all.map((part) => part.firstElementChild?.textContent ?? ''),
        )
        expect(names.length).toBeGreaterThan(8)
        for (const name of names) {
          const part = overview(page).getByRole('button', { name, exact: true })
          await part.click()
          await expect(shown(page, await countOf(part)), name).toBeVisible()
          await part.click()
          await expect(part).toHaveAttribute('aria-pressed', 'false')
        }
      }

      await page.emulateMedia({ forcedColors: 'active' })
      const bar = overview(page).locator('rect').first()
      const [fill, text, ground] = await bar.evaluate((rect) => {
        const button = rect.closest('button') ?? rect
        return [
          getComputedStyle(rect).fill,
          getComputedStyle(button).color,
          getComputedStyle(document.body).backgroundColor,
        ]
      })
      expect(fill).toBe(text)
      expect(fill).not.toBe(ground)
    })

    await test.step('is folded by keyboard, and stays so in this browser', async () => {
      await page.emulateMedia({ forcedColors: 'none' })
      await expect(fold(page)).toHaveAttribute('aria-expanded', 'true')
      await fold(page).focus()
      await page.keyboard.press('Enter')
      await expect(fold(page)).toHaveAttribute('aria-expanded', 'false')
      await expect(parts(page)).toHaveCount(0)
      await expect(headline(page)).toBeVisible()
      await expectAccessible(page)
      await page.reload()
      await wholeList(page, 90)
      await expect(fold(page)).toHaveAttribute('aria-expanded', 'false')
      await expect(parts(page)).toHaveCount(0)
      await fold(page).click()
      await page.reload()
      await wholeList(page, 90)
      await expect(parts(page).first()).toBeVisible()
    })
  })
})

test('while accounts are read, the overview counts so far; when one could not be read, it says so', async ({
  page,
  sandbox,
}) => {
  const match = { path: 'phoneNumbers', targetAccountId: '100001' }
  const slow = await sandbox.control.fault({ match, effect: { waitBeforeWork: true } })
  await openList(page, sandbox.tokens.reseller)
  await expect(overview(page)).toContainText('of 86 numbers so far')
  await sandbox.control.release(slow)
  await wholeList(page, 90)
  const { entries } = await sandbox.control.log()
  expect(entries.filter(({ fault }) => fault === slow)).toHaveLength(1)
  await expect(overview(page)).toContainText('of 90 numbers in all')
  await sandbox.control.clearFaults()
  await sandbox.control.fault({ match, effect: { answer: { kind: 'status', status: 500 } } })
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(page.getByText('1 account failed')).toBeVisible()
  await expect(overview(page)).toContainText('of 90 numbers')
  await expectAccessible(page)
})

/** Notes what moved without anybody's doing since the page began, and how much, as the browser counts it. */
function watchShifts(): void {
  const page = window as Window & { shifts?: Shift[] }
  const shifts: Shift[] = []
  page.shifts = shifts
  // The type of layout-shift entries is not in TypeScript's DOM library.
  type Entry = PerformanceEntry & {
    value: number
    hadRecentInput: boolean
    sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[]
  }
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries() as Entry[]) {
      const what = sources.map(
        ({ node, previousRect, currentRect }) =>
          `${node?.nodeName} “${node?.textContent?.slice(0, 60)}” from y ${previousRect.y}, ${previousRect.height} high, to ${currentRect.y}, ${currentRect.height}`,
      )
      if (!hadRecentInput) shifts.push({ value, what })
    }
  }).observe({ type: 'layout-shift', buffered: true })
}

interface Shift {
  value: number
  what: string[]
}

async function expectStill(page: Page, when: string): Promise<void> {
  const shifts = await page.evaluate(() => (window as Window & { shifts?: Shift[] }).shifts ?? [])
  const moved = shifts.reduce((sum, { value }) => sum + value, 0)
  expect(moved, `${when}: ${JSON.stringify(shifts)}`).toBeLessThan(0.02)
}

/** Holds fonts back until the page was painted without them. Returns which. */
async function delayFonts(page: Page): Promise<string[]> {
  const late: string[] = []
  await page.route('**/*.woff2', async (route) => {
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0)
    late.push(route.request().url())
    await route.continue()
  })
  return late
}

for (const [width, folded] of [
  [1440, false],
  [1440, true],
  [360, false],
] as const) {
  const how = `${folded ? ', folded' : ''}${width === 360 ? ', nor does a font that comes late' : ''}`
  test(`the overview does not move the page while it is filled, at ${width} px${how}`, async ({
    page,
    sandbox,
    app,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    await page.addInitScript(watchShifts)
    const late = width === 360 ? await delayFonts(page) : null
    if (folded) await page.context().addCookies([{ name: 'overview', value: 'folded', url: app.url }])
    const top = async () => (await page.getByRole('searchbox', { name: 'Search numbers' }).boundingBox())?.y
    await sandbox.control.configure({ latencyMs: 50 })
    const match = { path: 'listOrganizations' }
    const waiting = await sandbox.control.fault({ match, effect: { waitBeforeWork: true } })
    await openList(page, sandbox.tokens.reseller)
    await expect(page.getByText('Looking for accounts')).toBeVisible()
    const before = await top()
    await sandbox.control.release(waiting)
    await wholeList(page, 90)
    await page.evaluate(() => document.fonts.ready)
    if (late) expect(late.length, 'fonts after the first paint').toBeGreaterThan(0)
    expect(await top()).toBe(before)
    await expectStill(page, 'at the first visit')
    // The snapshot is held back until the page was painted without it.
    await page.route('**/api/inventory', async (route) => {
      await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0)
      expect(await top()).toBe(before)
      await route.continue()
    })
    await page.reload()
    await wholeList(page, 90)
    expect(await top()).toBe(before)
    await expectStill(page, 'when it is there already')
  })
}
