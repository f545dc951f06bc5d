import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { beginBatch, panelOf } from '../support/batch.ts'
import { expect, test } from '../support/fixtures.ts'
import { failReads } from '../support/inventory.ts'
import {
  activityButton,
  expectQuiet,
  openActivity,
  openConfirmation,
  openList,
  pressReturnNumber,
  wholeList,
} from '../support/page-steps.ts'
import type { RecordBody } from '../support/returns.ts'

const NUMBER = '+12145550101'

/** Where the list's first line is, px below the document's top. */
const firstLine = (page: Page) =>
  page.locator('[data-index="0"]').evaluate((line) => line.getBoundingClientRect().top + window.scrollY)

test('nothing above the list comes or goes through a refusal, a batch, a partial reading and a change', async ({
  page,
  sandbox: { control, tokens },
}) => {
  await openList(page, tokens.reseller)
  await wholeList(page, 90)
  const place = await firstLine(page)
  const search = page.getByRole('searchbox', { name: 'Search numbers' })

  await test.step('a refusal', async () => {
    const answer = { kind: 'success-false', message: 'A port-out is pending.' } as const
    await control.fault({ match: { path: 'phoneNumber/return', number: NUMBER }, effect: { answer } })
    await openConfirmation(page, NUMBER)
    await pressReturnNumber(page)
    await expect(page.getByRole('alert').filter({ hasText: 'A port-out is pending.' })).toBeVisible()
    await expect(activityButton(page)).toHaveAccessibleName('Activity: 1 needs you')
    expect(await firstLine(page)).toBe(place)
  })

  await test.step('a batch, which opens the panel and has the focus there', async () => {
    await beginBatch(page, 'Copperline', 6)
    await expect(panelOf(page, 6)).toBeFocused()
    await expect(panelOf(page, 6)).toContainText('6 returned')
    await search.fill('')
    await wholeList(page, 84)
    expect(await firstLine(page)).toBe(place)
    await expectAccessible(page)
  })

  await test.step('a change and a partial reading, each with its counts in one line and the rest in the panel', async () => {
    await control.addNumber('+12145550177', '100001')
    await page.getByRole('button', { name: 'Refresh' }).click()
    await wholeList(page, 85)
    await page.reload()
    await failReads(control, '100002')
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(page.getByRole('alert').filter({ hasText: '1 account failed' })).toBeVisible()
    await expect(page.getByText('83 of 85 numbers read', { exact: true })).toBeVisible()
    expect(await firstLine(page)).toBe(place)
    const panel = await openActivity(page)
    await expect(panel).toContainText('83 of 85 numbers read · 1 account failed')
    await expect(panel).toContainText('1 number appeared')
    await expect(panel.getByRole('region', { name: 'Done' })).toContainText('Batch of 6 numbers')
  })

  await test.step('a press beside the panel closes it, Escape and its key do, and the focus stays where it was', async () => {
    await page.getByRole('heading', { name: 'Numbers' }).click()
    const panel = page.getByRole('region', { name: 'Activity' })
    await expect(panel).toBeHidden()
    await search.focus()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('row').nth(1)).toBeFocused()
    await page.keyboard.press('g')
    await page.keyboard.press('a')
    await expect(panel).toBeFocused()
    await panel.getByRole('button', { name: `Dismiss the outcome of ${NUMBER}` }).focus()
    await page.keyboard.press('Escape')
    await expect(panel).toBeHidden()
    await expect(page.getByRole('row').nth(1)).toBeFocused()
  })
})

test.describe('where one is settled just before the press', () => {
  // The check is told so by 409.
  test.use({ expectedConsoleErrors: [/responded with a status of 409/] })

  test('what needs a person is counted on every page, and all unknown returns are checked by one press', async ({
    page,
    sandbox: { control, tokens },
    signIn,
  }) => {
    await openList(page, tokens.reseller)
    await wholeList(page, 90)
    await control.fault({
      match: { path: 'phoneNumber/return' },
      effect: { work: 'never', answer: { kind: 'drop' } },
    })
    await beginBatch(page, `${NUMBER}, +12145550102`, 2)
    await expect(panelOf(page, 2)).toContainText('2 unknown', { timeout: 20_000 })
    await panelOf(page, 2).getByRole('button', { name: 'Dismiss' }).click()
    await page.getByRole('link', { name: 'History' }).click()
    await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
    await expect(activityButton(page)).toHaveAccessibleName('Activity: 2 need you')
    const panel = await openActivity(page)
    await expect(panel).toContainText('2 returns with an unknown outcome')
    const { promise: checked, resolve: letMarksGo } = Promise.withResolvers<void>()
    await page.route('**/api/returns/marks*', (route) => checked.then(() => route.continue()))
    await control.removeNumber(NUMBER)
    const elsewhere = await signIn()
    const { body } = await elsewhere.get<{ returns: RecordBody[] }>('/api/returns')
    const gone = body.returns.find(({ number }) => number === NUMBER)
    // 409: the server had looked by itself.
    expect([200, 409]).toContain((await elsewhere.post(`/api/returns/${gone?.receiptId}/check`, {})).status)
    await panel.getByRole('button', { name: 'Check all' }).click()
    const said = page.getByRole('status').filter({ hasText: '2 returns checked: 1 settled, 1 still unknown.' })
    await expect(said).toBeVisible()
    letMarksGo()
    await expect(panel).toContainText('1 return with an unknown outcome')
    await expect(said).toBeVisible()
  })
})

test('a phone of 390 × 844 shows 5 numbers on its first screen, one of 360 × 640 shows 4, and everything can be done', async ({
  page,
  sandbox,
}) => {
  const big = { width: 390, height: 844 }
  const small = { width: 360, height: 640 }
  await page.setViewportSize(big)
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  await expect(page.locator('[data-index="4"]')).toBeInViewport({ ratio: 0.95 })
  await page.setViewportSize(small)
  await expect(page.locator('[data-index="3"]')).toBeInViewport({ ratio: 0.95 })
  await page.getByRole('button', { name: 'Filters' }).click()
  await page.getByRole('button', { name: /^Churn queue/ }).click()
  await page.getByRole('button', { name: 'Show 16 numbers' }).click()
  await expect(page.getByRole('button', { name: 'Filters (1)' })).toBeVisible()
  await page
    .getByRole('checkbox', { name: /^Select \+/ })
    .first()
    .check()
  const bar = page.getByRole('group', { name: 'Selection' })
  for (const size of [big, small]) {
    await page.setViewportSize(size)
    expect((await bar.boundingBox())?.height).toBeLessThan(60)
  }
  await bar.getByRole('button', { name: 'More for the selection' }).click()
  await page.getByRole('menuitem', { name: 'Show selection' }).click()
  await expect(page.getByRole('checkbox', { name: /^Select \+/ })).toHaveCount(1)
  await bar.getByRole('button', { name: 'Return 1 selected number' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Check a list' }).click()
  await expect(page.getByRole('dialog', { name: 'Check a list' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expectQuiet(page)
  for (const size of [big, small]) {
    await page.setViewportSize(size)
    await expectAccessible(page)
  }
})
