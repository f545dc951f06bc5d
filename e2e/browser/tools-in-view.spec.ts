import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { openList, scrollTo, wholeList } from '../support/page-steps.ts'

test.use({ viewport: { width: 1280, height: 720 } })

const table = (page: Page) => page.getByRole('table', { name: 'Assigned numbers' })
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search numbers' })

/** How far an element of the list begins below what stays at the window's top, px. */
function clearance(page: Page, line: string): Promise<number> {
  return page.evaluate((selector) => {
    const heading = document.querySelector('[role=columnheader]')?.closest('[role=rowgroup]')
    const box = document.querySelector(selector)?.getBoundingClientRect()
    return Math.round((box?.top ?? Number.NaN) - (heading?.getBoundingClientRect().bottom ?? Number.NaN))
  }, line)
}

test('the tools and the headings stay in view, cover no line with the focus, and lead to the start of what they find', async ({
  page,
  sandbox,
}) => {
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  const heading = page.getByRole('columnheader', { name: 'Number' })
  await table(page).locator('[data-index="0"]').focus()
  await page.keyboard.press('End')
  await expect(table(page).locator('[data-index="89"]')).toBeFocused()
  for (const tool of [search(page), page.getByRole('button', { name: 'Copy or export' }), heading])
    await expect(tool).toBeInViewport({ ratio: 1 })
  for (let index = 88; index > 60; index -= 1) {
    await page.keyboard.press('k')
    await expect(table(page).locator(`[data-index="${index}"]`)).toBeFocused()
    expect(await clearance(page, ':focus'), `line ${index}`).toBeGreaterThanOrEqual(0)
  }

  await test.step('a filter, a search and a heading show their first line', async () => {
    const first = () => clearance(page, '[data-index="0"]')
    const down = () => scrollTo(page, 2_500)
    await down()
    await page.getByRole('button', { name: /^Country: / }).click()
    await page.getByRole('checkbox', { name: /^United States/ }).check()
    await page.keyboard.press('Escape')
    await expect.poll(first).toBe(0)
    await down()
    await heading.getByRole('button').click()
    await expect.poll(first).toBe(0)
    await down()
    await search(page).fill('555')
    await expect.poll(first).toBe(0)
    await search(page).fill('')
    await expect(table(page)).toHaveAttribute('aria-rowcount', '57')
  })

  await test.step('a low window and a phone have no room for them', async () => {
    for (const size of [
      { width: 1280, height: 280 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(size)
      await scrollTo(page, 2_000)
      await expect(search(page)).not.toBeInViewport()
    }
  })
})
