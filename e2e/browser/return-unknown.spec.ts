import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import {
  activityButton,
  expectQuiet,
  openActivity,
  openByHand,
  openConfirmation,
  openList,
  pressReturnNumber,
  wholeList,
} from '../support/page-steps.ts'
import { RETURN } from '../support/returns.ts'

test.use({ sharedApp: 'returns' })

const NUMBER = '+12145550101'
const SECOND = '+12145550102'

// The request goes out, and the connection ends without an answer.
test.beforeEach(async ({ page, sandbox }) => {
  await sandbox.control.fault({ match: RETURN, effect: { work: 'never', answer: { kind: 'drop' } } })
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
})

test('an outcome that nobody knows is called unknown, locks the number, takes it out of the selection, leads to its receipt and is found in the history', async ({
  page,
}) => {
  await page.getByRole('checkbox', { name: `Select ${NUMBER}` }).check()
  await page.getByRole('checkbox', { name: `Select ${SECOND}` }).check()
  await openConfirmation(page, NUMBER)
  await pressReturnNumber(page)
  await expect(page.getByRole('alert').filter({ hasText: 'Outcome unknown' })).toBeVisible()
  await test.step('typed by hand it is stopped before the confirmation', async () => {
    await (await openByHand(page)).getByLabel('Phone number').fill(NUMBER)
    await page.keyboard.press('Enter')
    await expect(
      page.getByText(`${NUMBER}: An earlier return of this number is under way or not settled.`).first(),
    ).toBeVisible()
    await expect(page.getByRole('alertdialog')).toBeHidden()
  })
  const outcome = await openActivity(page)
  await expect(outcome).toContainText('The app checks the account again and shows the result here.')
  await expect(activityButton(page)).toHaveAccessibleName('Activity: 1 needs you')
  const box = page.getByRole('checkbox', { name: `Select ${NUMBER}` })
  await expect(box).toBeDisabled()
  await expect(box).not.toBeChecked()
  await expect(page.getByRole('group', { name: 'Selection' })).toContainText('1 selected')
  await outcome.getByRole('link', { name: /^Receipt of/ }).click()
  await expect(page.getByRole('dialog', { name: `Receipt for ${NUMBER}` })).toContainText(
    'it is not known whether the number was returned',
  )
  await page.keyboard.press('Escape')
  await expect(page.getByRole('table', { name: 'Returns' })).toContainText(NUMBER)
  await expect(page.getByRole('button', { name: 'Check again' }).first()).toBeVisible()
  await expectAccessible(page)
})

test('an unknown outcome that is settled leaves the page with a message, also one that was dismissed, and the list follows', async ({
  page,
  sandbox,
}) => {
  await openConfirmation(page, NUMBER)
  await pressReturnNumber(page)
  await expect(page.getByRole('alert').filter({ hasText: 'Outcome unknown' })).toBeVisible()
  await sandbox.control.removeNumber(NUMBER)
  const toast = page.getByRole('status').filter({ hasText: `${NUMBER} was returned after all` })
  await expect(toast).toBeVisible({ timeout: 20_000 })
  await expectQuiet(page)
  await expect(page.getByText('Nothing matches')).toBeVisible()

  await test.step('after it was dismissed it is told beside the list', async () => {
    await openConfirmation(page, SECOND)
    await pressReturnNumber(page)
    await (await openActivity(page)).getByRole('button', { name: /^Dismiss the outcome/ }).click()
    await expect(page.getByText(/1 return with an unknown outcome/)).toBeVisible()
    await sandbox.control.removeNumber(SECOND)
    const toast = page.getByRole('status').filter({ hasText: `${SECOND} was returned after all` })
    await expect(toast).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText('Nothing matches')).toBeVisible()
    await expect(toast.getByRole('link', { name: 'Receipt' })).toBeVisible()
  })
})
