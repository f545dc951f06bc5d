import type { Locator } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { listIn, openBatch, openRecap, panelOf, selected } from '../support/batch.ts'
import { expect, test } from '../support/fixtures.ts'
import { openActivity, openList, wholeList } from '../support/page-steps.ts'
import { answerOnly, postsIn, RETURN, sentNumbers } from '../support/returns.ts'

const chosen = 'Chosen numbers'

test.beforeEach(async ({ page, sandbox: { control, tokens } }) => {
  await openList(page, tokens.reseller)
  await wholeList(page, 90)
  const waiting = await answerOnly(control, 2)
  const dialog = await openBatch(page, 'Brightwater', 12)
  await dialog.getByLabel('Type the count').fill('12')
  await dialog.getByLabel('Note').fill('T-4711')
  await dialog.getByRole('button', { name: 'Return numbers' }).click()
  await control.waitFor(RETURN, 4)
  await panelOf(page, 12).getByRole('button', { name: 'Stop' }).click()
  await expect(panelOf(page, 12)).toContainText('Returns in progress finish')
  await control.release(waiting)
  await expect(panelOf(page, 12).getByText('Batch of 12 numbers: stopped')).toBeVisible()
})

test('a stopped batch says who stopped it without a tick, stays until dismissed, and its rest is asked about anew', async ({
  page,
  sandbox: { control },
}) => {
  const sent = await sentNumbers(control)
  const left = 12 - sent.length
  const toast = page.getByRole('status').filter({ hasText: 'The batch of 12 numbers was stopped' })
  await expect(toast).toHaveText(`The batch of 12 numbers was stopped: ${sent.length} returned · ${left} not sent.`)
  const usualColor = await page.evaluate(() => getComputedStyle(document.body).color)
  await expect(toast).not.toHaveCSS('color', usualColor)
  const panel = panelOf(page, 12)
  await expect(panel).toContainText('Stopped by Northwind Voice. The remaining numbers were not sent.')
  await expect(panel.getByRole('button', { name: /^(?:Stop|Continue)$/ })).toHaveCount(0)
  await expectAccessible(page)

  await page.reload()
  await openActivity(page)
  await expect(panel.getByText('Batch of 12 numbers: stopped')).toBeVisible()
  await wholeList(page, 90 - sent.length)
  await panel.getByRole('button', { name: 'Return the rest…' }).click()
  const dialog = page.getByRole('alertdialog', { name: `Return ${left} numbers?` })
  await expect(dialog.getByText('The batch of 12 numbers did not send these.')).toBeVisible()
  const asked = await dialog.getByRole('region', { name: chosen }).getByRole('listitem').allTextContents()
  expect(asked).toHaveLength(left)
  expect(asked.filter((number) => sent.includes(number))).toEqual([])
  await expect(dialog.getByLabel('Note')).toHaveValue('T-4711')
  await expectAccessible(page)
  await dialog.getByLabel('Type the count').fill(String(left))
  await dialog.getByRole('button', { name: 'Return numbers' }).click()
  await expect(panelOf(page, left).getByText(`Batch of ${left} numbers: finished`)).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('status').filter({ hasText: `batch of ${left} numbers` })).toHaveCSS('color', usualColor)
  const all = await sentNumbers(control)
  expect(new Set(all).size, 'each number once').toBe(12)
  expect(all).toHaveLength(12)

  // Nothing is left of it to ask about.
  await expect(panel.getByRole('button', { name: 'Return the rest…' })).toHaveCount(0)
  await panel.getByRole('button', { name: 'Dismiss' }).click()
  await page.reload()
  await openActivity(page)
  await expect(panelOf(page, left)).toBeVisible()
  await expect(panel).toHaveCount(0)
})

test('a recap’s numbers bring the batch’s note along when they are selected, and nothing else does; a phone has its buttons in order', async ({
  page,
  sandbox: { control, tokens },
}) => {
  await test.step('on a phone its buttons stand in the order of the keyboard, Close below what can be taken along', async () => {
    const usual = page.viewportSize()
    await page.setViewportSize({ width: 360, height: 780 })
    const recap = await openRecap(page, 12)
    const top = async (control: Locator) => (await control.boundingBox())?.y ?? 0
    const copy = recap.getByRole('button', { name: 'Copy as text' })
    await expect(copy).toBeInViewport({ ratio: 1 })
    expect(await top(recap.getByRole('button', { name: 'Export' }))).toBe(await top(copy))
    expect(await top(recap.getByRole('button', { name: 'Close' }).last())).toBeGreaterThan(await top(copy))
    await page.keyboard.press('Escape')
    if (usual) await page.setViewportSize(usual)
  })

  const left = 12 - (await postsIn(control)).length
  const recap = await openRecap(page, 12)
  await listIn(recap, 'Not sent').getByRole('button', { name: 'Select these' }).click()
  const again = page.getByRole('button', { name: /^Return \d+ selected numbers$/ })
  await again.click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog.getByLabel('Note')).toHaveValue('T-4711')
  await dialog.getByRole('button', { name: 'Keep numbers' }).click()
  await page.getByRole('searchbox', { name: 'Search numbers' }).fill('Tidewater')
  await page.getByRole('button', { name: 'Select all 5 that match' }).click()
  await again.click()
  await expect(dialog.getByLabel('Note')).toHaveValue('')
  await dialog.getByRole('button', { name: 'Keep numbers' }).click()

  await page.getByRole('link', { name: 'History' }).click()
  await page.getByRole('button', { name: 'Batch of 12 numbers' }).click()
  const inHistory = page.getByRole('dialog', { name: 'Batch of 12 numbers' })
  await listIn(inHistory, 'Not sent').getByRole('button', { name: 'Select these' }).click()
  await expect(selected(page, left)).toBeVisible()
  await again.click()
  await expect(dialog.getByLabel('Note')).toHaveValue('T-4711')

  await test.step('the panel, which is kept, does not outlive the sign-out', async () => {
    await dialog.getByRole('button', { name: 'Keep numbers' }).click()
    await openActivity(page)
    await expect(panelOf(page, 12)).toBeVisible()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    const kept = await page.evaluate(() => Object.keys(sessionStorage))
    expect(kept.filter((key) => key.startsWith('numberdesk-tab-'))).toEqual([])
    await openList(page, tokens.reseller)
    await expect(page.getByText(/^\d+ numbers in \d+ accounts/)).toBeVisible()
    await openActivity(page)
    await expect(panelOf(page, 12)).toHaveCount(0)
  })
})
