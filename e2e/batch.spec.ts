import type { Page } from '@playwright/test'
import { expect, test } from './tools/fixtures.ts'
import { expectAccessible, signInOnPage, wholeList } from './tools/story.ts'

const RETURN = { method: 'POST', path: 'phoneNumber/return' } as const
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search numbers' })
const select = (page: Page, number: string) => page.getByRole('checkbox', { name: `Select ${number}` })

test.beforeEach(async ({ page, sandbox }) => {
  await signInOnPage(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
})

test('a range is chosen with Shift, and the selection stays while the search changes', async ({ page }) => {
  await search(page).fill('Front desk')
  await select(page, '+12145550101').click()
  await select(page, '+12145550104').click({ modifiers: ['Shift'] })
  await expect(page.getByText('4 selected', { exact: true })).toBeVisible()
  await search(page).fill('bakery')
  await expect(page.getByText('4 selected', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Show selection' }).click()
  await expect(select(page, '+12145550103')).toBeChecked()
  await expectAccessible(page)
})

test('all that match are chosen as a fixed set; one is dropped in the dialog, and the count is typed', async ({
  page,
  sandbox,
}) => {
  await search(page).fill('Tidewater')
  await page.getByRole('button', { name: 'Select all 5 that match' }).click()
  await search(page).fill('')
  await page.getByRole('button', { name: 'Return 5 selected numbers' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Return 5 numbers?' })
  await expect(dialog.getByText('is left without any number').first()).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Keep numbers' })).toBeFocused()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Drop +13055550101' }).click()
  const smaller = page.getByRole('alertdialog', { name: 'Return 4 numbers?' })
  const go = smaller.getByRole('button', { name: 'Return numbers' })
  await smaller.getByLabel('Type the count').fill('5')
  await expect(go).toHaveAttribute('aria-disabled', 'true')
  await go.click({ force: true })
  expect((await sandbox.control.log()).entries.some(({ path }) => path.endsWith('phoneNumber/return'))).toBe(false)
  await smaller.getByLabel('Type the count').fill('4')
  await go.dblclick()
  await expect(
    page.getByRole('status').filter({ hasText: 'The batch of 4 numbers has ended: 4 returned.' }),
  ).toBeVisible()
  await wholeList(page, 86)
  await search(page).fill('Tidewater')
  await expect(select(page, '+13055550101')).toBeVisible()
})

test('a refusal and an unknown one are told apart in the recap, and can be chosen again', async ({ page, sandbox }) => {
  await sandbox.control.fault({
    match: { ...RETURN, number: '+12145550101' },
    effect: { answer: { kind: 'success-false', message: 'Port pending' } },
  })
  await sandbox.control.fault({
    match: { ...RETURN, number: '+12145550102' },
    effect: { work: 'never', answer: { kind: 'status', status: 500 } },
  })
  await search(page).fill('Front desk')
  await page.getByRole('button', { name: 'Select all 4 that match' }).click()
  await page.getByRole('button', { name: 'Return 4 selected numbers' }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByLabel('Type the count').fill('4')
  await dialog.getByRole('button', { name: 'Return numbers' }).click()
  await expect(page.getByRole('status').filter({ hasText: '2 returned · 1 refused · 1 unknown' })).toBeVisible()
  await page.getByRole('button', { name: 'Recap' }).click()
  const recap = page.getByRole('dialog', { name: 'Batch of 4 numbers' })
  const refused = recap.getByRole('region', { name: 'Refused' })
  await expect(refused).toContainText('Port pending')
  await expectAccessible(page)
  await refused.getByRole('button', { name: 'Select these' }).click()
  await expect(page.getByText('1 selected', { exact: true })).toBeVisible()
  await page.goto('/history')
  await page.getByRole('button', { name: 'Batch of 4 numbers' }).click()
  await expect(page.getByRole('dialog', { name: 'Batch of 4 numbers' })).toContainText('Port pending')
  await expect(page).toHaveURL(/batch=B-/)
  await expectAccessible(page)
})

test('a batch goes on without its tab, is found where it is, and Stop sends no more', async ({
  page,
  sandbox,
  context,
}) => {
  await sandbox.control.fault({ match: RETURN, effect: { work: 'now', delayAfterWorkMs: 400 } })
  await search(page).fill('Harbor')
  await page.getByRole('button', { name: /Select all \d+ that match/ }).click()
  await page.getByRole('button', { name: /^Return \d+ selected numbers/ }).click()
  const dialog = page.getByRole('alertdialog')
  const count = /\d+/.exec((await dialog.getByRole('heading').first().textContent()) ?? '')?.[0] ?? ''
  await dialog.getByLabel('Type the count').fill(count)
  await dialog.getByRole('button', { name: 'Return numbers' }).click()
  await sandbox.control.waitFor(RETURN, 2)
  const tab = await context.newPage()
  await page.close()
  await tab.goto('/numbers')
  await expect(tab.getByRole('progressbar', { name: 'Returning numbers' })).toBeVisible()
  await tab.getByRole('button', { name: 'Stop' }).click()
  await expect(tab.getByText(/Ended: returning/)).toBeVisible({ timeout: 20_000 })
  await expect(tab.getByText(/not sent/).first()).toBeVisible()
  const sent = (await sandbox.control.log()).entries.filter(({ path }) => path.endsWith('phoneNumber/return'))
  expect(sent.length).toBeLessThan(Number(count))
})

test('a pasted list of a thousand mixed lines is sorted before anything else happens', async ({ page, sandbox }) => {
  const lines = ['(214) 555-0101', '+1 214 555 0101', '214.555.0102', 'Front desk', '+1 999 555 0000 x']
  const unknown = Array.from({ length: 995 }, (_, index) => `+1303556${String(index).padStart(4, '0')}`)
  await page.getByRole('button', { name: 'Paste a list' }).click()
  const dialog = page.getByRole('dialog', { name: 'Paste a list' })
  await dialog.getByLabel('Numbers').fill([...lines, ...unknown].join('\n'))
  await dialog.getByRole('button', { name: 'Sort the list' }).click()
  await expect(dialog.getByText('Held (2)')).toBeVisible()
  await expect(dialog.getByText('Not found (995)')).toBeVisible()
  await expect(dialog.getByText('More than once (1)')).toBeVisible()
  await expect(dialog.getByText('Not a number (2)')).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('checkbox', { name: /\+12145550102/ }).uncheck()
  await dialog.getByRole('button', { name: 'Select 1 number' }).click()
  await expect(page.getByText('1 selected', { exact: true })).toBeVisible()
  expect((await sandbox.control.log()).entries.some(({ path }) => path.endsWith('phoneNumber/return'))).toBe(false)
})
