import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { openConfirmation, openList, wholeList } from '../support/page-steps.ts'
import { RETURN } from '../support/returns.ts'

test.use({ sharedApp: 'returns' })

const NUMBER = '+12145550101'

// The request goes out, and the connection ends without an answer.
test.beforeEach(async ({ page, sandbox }) => {
  await sandbox.control.fault({ match: RETURN, effect: { work: 'never', answer: { kind: 'drop' } } })
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
})

test('an outcome that nobody knows is called unknown, locks the number, takes it out of the selection and is found in the history', async ({
  page,
}) => {
  await page.getByRole('checkbox', { name: `Select ${NUMBER}` }).check()
  await page.getByRole('checkbox', { name: 'Select +12145550102' }).check()
  const dialog = await openConfirmation(page, NUMBER)
  await dialog.getByRole('button', { name: 'Return number' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Outcome unknown')
  await expect(dialog.getByRole('alert')).toContainText('The app checks the account again and shows the result here.')
  await expect(dialog).not.toContainText('can’t be undone')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByText(/1 return with an unknown outcome/)).toBeVisible()
  const box = page.getByRole('checkbox', { name: `Select ${NUMBER}` })
  await expect(box).toBeDisabled()
  await expect(box).not.toBeChecked()
  await expect(page.getByRole('group', { name: 'Selection' })).toContainText('1 selected')
  await page.goto('/history')
  await expect(page.getByRole('table', { name: 'Returns' })).toContainText(NUMBER)
  await expect(page.getByRole('button', { name: 'Check again' }).first()).toBeVisible()
  await expectAccessible(page)
})

test('an unknown outcome that is settled while its confirmation is open is told there, and the list follows', async ({
  page,
  sandbox,
}) => {
  const dialog = await openConfirmation(page, NUMBER)
  await dialog.getByRole('button', { name: 'Return number' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Outcome unknown')
  await sandbox.control.removeNumber(NUMBER)
  await expect(dialog.getByRole('alert')).toContainText('Settled now: returned', { timeout: 20_000 })
  await expect(dialog.getByRole('alert')).toContainText('Confirmed gone')
  await expect(dialog).not.toContainText('Outcome unknown')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByText('Nothing matches')).toBeVisible()
  await expect(page.getByText(/with an unknown outcome/)).toBeHidden()
  await expect(page.getByText(/returned after all/)).toHaveCount(0)
})

test('an unknown outcome that is settled after its confirmation was closed is told beside the list', async ({
  page,
  sandbox,
}) => {
  const dialog = await openConfirmation(page, NUMBER)
  await dialog.getByRole('button', { name: 'Return number' }).click()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByText(/1 return with an unknown outcome/)).toBeVisible()
  await sandbox.control.removeNumber(NUMBER)
  const toast = page.getByRole('status').filter({ hasText: `${NUMBER} was returned after all` })
  await expect(toast).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('Nothing matches')).toBeVisible()
  await expect(toast.getByRole('link', { name: 'View receipt' })).toBeVisible()
})

test('an unknown outcome leads to its receipt', async ({ page }) => {
  const dialog = await openConfirmation(page, NUMBER)
  await dialog.getByRole('button', { name: 'Return number' }).click()
  await dialog.getByRole('link', { name: 'Open receipt' }).click()
  await expect(page.getByRole('dialog', { name: `Receipt for ${NUMBER}` })).toContainText(
    'it is not known whether the number was returned',
  )
})
