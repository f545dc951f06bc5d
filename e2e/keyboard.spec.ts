import { expect, test } from './tools/fixtures.ts'
import { signInOnPage, wholeList } from './tools/story.ts'

test('a number is found, selected and returned by keyboard alone, and r never confirms by itself', async ({
  page,
  sandbox,
}) => {
  await signInOnPage(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  await page.locator('body').press('/')
  await expect(page.getByRole('searchbox', { name: 'Search numbers' })).toBeFocused()
  await page.keyboard.type('Front desk')
  await expect(page.getByRole('table', { name: 'Assigned numbers' })).toHaveAttribute('aria-rowcount', '5')
  await page.getByRole('button', { name: 'Return +12145550101' }).focus()
  await page.keyboard.press('x')
  await expect(page.getByRole('checkbox', { name: 'Select +12145550101' })).toBeChecked()
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await expect(page.getByText('2 selected', { exact: true })).toBeVisible()
  await page.keyboard.press('r')
  const dialog = page.getByRole('alertdialog', { name: 'Return this number?' })
  await expect(dialog).toContainText('+12145550102')
  await expect(dialog.getByRole('button', { name: 'Keep number' })).toBeFocused()
  await page.keyboard.press('r')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  expect((await sandbox.control.log()).entries.some(({ path }) => path.endsWith('phoneNumber/return'))).toBe(false)
})

test('? lists the keys', async ({ page, sandbox }) => {
  await signInOnPage(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  await page.locator('body').press('?')
  await expect(page.getByRole('dialog')).toContainText('Select the row')
})
