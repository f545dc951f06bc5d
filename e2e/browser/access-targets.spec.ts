import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { failReads } from '../support/inventory.ts'
import { openActivity, openList, pressReturnNumber } from '../support/page-steps.ts'

test.use({ sharedApp: 'returns' })

/** Everything that can be touched is at least 44 px wide and high. */
async function expectTouchable(page: Page): Promise<void> {
  const small = await page.evaluate(() => {
    const scope = document.querySelector('[role$=dialog]') ?? document.body
    const all = [...scope.querySelectorAll('button, a, summary, label:has(input), input, textarea')]
    const targets = all.filter((element) => {
      // A box in its label is pressed by the label. Links in a sentence are as high as its lines (WCAG 2.5.8).
      if (element.matches('label input') || element.matches('p > a')) return false
      const { width, height } = element.getBoundingClientRect()
      return width > 1 && height > 1 && element.checkVisibility()
    })
    return targets.flatMap((element) => {
      const { width, height } = element.getBoundingClientRect()
      const name = element.getAttribute('aria-label') ?? element.textContent
      return width < 43.5 || height < 43.5 ? [`${name}: ${Math.round(width)} × ${Math.round(height)}`] : []
    })
  })
  expect(small).toEqual([])
}

test('at 360 px everything that can be touched is at least 44 px wide and high', async ({ page, sandbox }) => {
  await page.setViewportSize({ width: 360, height: 780 })
  await expectTouchable(page)
  await failReads(sandbox.control, '100040')
  await sandbox.control.fault({
    match: { path: 'phoneNumber/return' },
    effect: { work: 'never', answer: { kind: 'drop' } },
  })
  await openList(page, sandbox.tokens.reseller)
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible()
  await page.getByRole('button', { name: 'Filters' }).click()
  await expectTouchable(page)
  for (const menu of [/^Organization: /, 'Settings', 'Copy or export']) {
    await page.getByRole('button', { name: menu }).click()
    await expectTouchable(page)
    await page.keyboard.press('Escape')
  }
  await page.getByRole('button', { name: '+12145550101', exact: true }).click()
  await expect(page.getByText('No returns of this number')).toBeVisible()
  await expectTouchable(page)
  const middle = (part: Locator) =>
    part.evaluate((element) => {
      const range = document.createRange()
      range.selectNodeContents(element)
      const { y, height } = range.getBoundingClientRect()
      return y + height / 2
    })
  const drawer = page.getByRole('dialog')
  const title = await middle(drawer.getByRole('heading').first())
  const cross = await middle(drawer.getByRole('button', { name: 'Close' }))
  expect(Math.abs(title - cross), 'the title and its cross are in line').toBeLessThan(2)
  await page.getByRole('dialog').getByRole('button', { name: 'Return +12145550101' }).click()
  await expectTouchable(page)
  await pressReturnNumber(page)
  await expect((await openActivity(page)).getByRole('link', { name: /^Receipt of/ })).toBeVisible()
  await expectTouchable(page)
  await (await openActivity(page)).getByRole('button', { name: /^Dismiss the outcome/ }).click()
  await expect(page.getByText('1 return with an unknown outcome')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('checkbox', { name: 'Select +12145550102' }).check()
  await page.getByRole('checkbox', { name: 'Select +12145550103' }).check()
  await expectTouchable(page)
  await page.getByRole('button', { name: 'Return 2 selected numbers' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await expectTouchable(page)
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('table', { name: 'Returns' })).toBeVisible()
  await expectTouchable(page)
  await page.getByRole('button', { name: 'Receipt for +12145550101' }).click()
  await expectTouchable(page)
})
