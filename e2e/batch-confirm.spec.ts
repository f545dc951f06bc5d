import type { Page } from '@playwright/test'
import { expectAccessible } from './tools/accessible.ts'
import { checkboxOf, openBatch, searchBox, selected } from './tools/batch.ts'
import { expect, test } from './tools/fixtures.ts'
import { postsIn } from './tools/returns.ts'
import { openList, wholeList } from './tools/story.ts'

test.use({ houseName: 'shared' })

/** The numbers that the open confirmation lists. */
const listed = async (page: Page) =>
  (await page.getByRole('region', { name: 'Chosen numbers' }).getByRole('listitem').allTextContents()).sort()

test('all that match are a fixed set whatever is searched next; one is dropped, and the count is typed', async ({
  page,
  sandbox: { control, tokens },
}) => {
  await openList(page, tokens.reseller)
  await wholeList(page, 90)
  const tidewater = ['+13055550101', '+13055550102', '+13055550103', '+13055550104', '+13055550105']
  await searchBox(page).fill('Tidewater')
  await page.getByRole('button', { name: 'Select all 5 that match' }).click()
  await expect(page.getByRole('button', { name: 'Unselect all 5 that match' })).toBeFocused()
  await searchBox(page).fill('Front desk')
  await expect(selected(page, 5)).toBeVisible()
  await page.getByRole('button', { name: 'Return 5 selected numbers' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Return 5 numbers?' })
  expect(await listed(page)).toEqual(tidewater)
  await expect(dialog.getByRole('heading', { name: 'Tidewater Legal 8011 is left without any number' })).toBeVisible()
  await expect(dialog.getByText('Intake 100037 is left without any number')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Keep numbers' })).toBeFocused()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Drop +13055550101' }).click()
  const smaller = page.getByRole('alertdialog', { name: 'Return 4 numbers?' })
  expect(await listed(page)).toEqual(tidewater.slice(1))
  await expect(smaller.getByText('Billing 100038 is left without any number')).toBeVisible()
  await expect(smaller.getByText('is left without any number')).toHaveCount(1)
  const go = smaller.getByRole('button', { name: 'Return numbers' })
  for (const wrong of ['5', '', '44', 'four']) {
    await smaller.getByLabel('Type the count').fill(wrong)
    await expect(go).toHaveAttribute('aria-disabled', 'true')
    await go.click({ force: true })
  }
  expect(await postsIn(control)).toEqual([])
  await smaller.getByLabel('Type the count').fill('4')
  await go.dblclick()
  await expect(
    page.getByRole('status').filter({ hasText: 'The batch of 4 numbers has ended: 4 returned.' }),
  ).toBeVisible()
  expect((await postsIn(control)).map(({ number }) => String(number)).sort()).toEqual(tidewater.slice(1))
  await wholeList(page, 86)
  await searchBox(page).fill('Tidewater')
  await expect(checkboxOf(page, '+13055550101')).toBeVisible()
})

test.describe('with a cap of three', () => {
  test.use({ appEnv: { MAX_BATCH: '3' } })

  test('the confirmation names the cap, and goes on when enough are dropped', async ({ page, sandbox }) => {
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
    const dialog = await openBatch(page, 'Front desk', 4)
    await expect(dialog.getByText('A batch holds 3 numbers at the most.')).toBeVisible()
    await expect(dialog.getByLabel('Type the count')).toBeHidden()
    await expect(dialog.getByRole('button', { name: 'Return numbers' })).toHaveAttribute('aria-disabled', 'true')
    const smaller = page.getByRole('alertdialog', { name: 'Return 3 numbers?' })
    await dialog.getByRole('button', { name: 'Drop +12145550104' }).press('Enter')
    await expect(smaller.getByRole('button', { name: 'Drop +12145550103' })).toBeFocused()
    await smaller.getByLabel('Type the count').fill('3')
    await expect(smaller.getByRole('button', { name: 'Return numbers' })).not.toHaveAttribute('aria-disabled')
    for (const number of ['+12145550101', '+12145550102', '+12145550103']) {
      await page.getByRole('button', { name: `Drop ${number}` }).click()
    }
    await expect(page.getByRole('alertdialog')).toBeHidden()
    expect(await postsIn(sandbox.control)).toEqual([])
  })
})
