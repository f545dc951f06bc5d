import { browserFlags, findBrowser } from '../support/browser.ts'
import { expect, test } from '../support/fixtures.ts'
import { openList, wholeList } from '../support/page-steps.ts'

// Playwright hides scrollbars; here their room is what is looked at.
test.use({
  launchOptions: { executablePath: findBrowser(), args: browserFlags(), ignoreDefaultArgs: ['--hide-scrollbars'] },
})

test('the page keeps its width when the scrollbar goes: with a short list and behind a dialog', async ({
  page,
  sandbox,
}) => {
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  const table = page.getByRole('table', { name: 'Assigned numbers', includeHidden: true })
  const width = () => table.evaluate((element) => element.getBoundingClientRect().width)
  const scrollbar = () => page.evaluate(() => window.innerWidth - document.documentElement.clientWidth)
  const before = await width()
  expect(await scrollbar(), 'a scrollbar takes room').toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Return +12145550101' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  expect(await width()).toBe(before)
  await page.keyboard.press('Escape')
  await page.getByRole('searchbox', { name: 'Search numbers' }).fill('+12145550101')
  await expect(table).toHaveAttribute('aria-rowcount', '2')
  expect(await width()).toBe(before)
})
