import { expect, test } from '../support/fixtures.ts'
import { expectState, openList, REFUSED, signInOnPage, wholeList } from '../support/page-steps.ts'

test('Vida down: an alert says so, in the table’s place or beside the rows that were kept, and Retry reads the list', async ({
  page,
  sandbox,
}) => {
  await test.step('nothing kept: an alert in the table’s place says so, and Retry reads the list', async () => {
    await sandbox.control.fault({ match: { path: 'listOrganizations' }, effect: { answer: { kind: 'drop' } } })
    await openList(page, sandbox.tokens.reseller)
    const alert = page.getByRole('main').getByRole('alert')
    await expect(alert).toBeVisible({ timeout: 20_000 })
    await expectState(page, async () => {
      await expect(alert).toContainText('The list could not be read')
      await expect(alert).toContainText('Nothing was changed from here; where each number is now is not known')
      await expect(alert).not.toContainText('reading it')
      await expect(alert.getByRole('button', { name: 'Retry' })).toBeVisible()
      await expect(page.getByRole('table', { name: 'Assigned numbers' })).toHaveCount(0)
      // Nothing is counted; the search stays where it was.
      await expect(page.getByRole('region', { name: 'Overview' })).toHaveCount(0)
      await expect(page.getByRole('searchbox', { name: 'Search numbers' })).toBeVisible()
    })
    await sandbox.control.clearFaults()
    await alert.getByRole('button', { name: 'Retry' }).click()
    await wholeList(page, 90)
  })

  await test.step('something kept: the kept rows stay, called that, and Retry reads them again', async () => {
    await sandbox.control.setReachable(false)
    await page.reload()
    const alert = page.getByRole('main').getByRole('alert')
    await expect(alert).toBeVisible({ timeout: 20_000 })
    await expectState(page, async () => {
      await expect(alert).toContainText('The list could not be read.')
      await expect(alert).toContainText('The list shows earlier data.')
      await expect(alert.getByRole('button', { name: 'Retry' })).toBeVisible()
      await expect(page.getByText(/^as of /)).toBeVisible()
      await expect(page.getByText('+12145550101', { exact: true })).toBeVisible()
      // Said once, and not again in each row; the list is older, not incomplete.
      await expect(page.getByText('Not read again')).toHaveCount(0)
      await expect(page.getByText(/incomplete|read so far/)).toHaveCount(0)
      await expect(page.getByRole('button', { name: 'Select the 90 shown' })).toBeVisible()
    })
    await sandbox.control.setReachable(true)
    await alert.getByRole('button', { name: 'Retry' }).click()
    await wholeList(page, 90)
  })
})

test('a token that may only read is told why, and what to sign in with', async ({ page, sandbox }) => {
  await signInOnPage(page, sandbox.tokens.organization)
  await wholeList(page, 10)
  await expectState(page, async () => {
    await expect(page.getByText('You can view numbers, but not return them')).toBeVisible()
    await expect(page.getByText('Sign in with the reseller’s token to return.')).toBeVisible()
    await expect(page.getByRole('button', { name: /^Return/ })).toHaveCount(0)
    await expect(page.getByRole('checkbox', { name: /^Select/ })).toHaveCount(0)
  })
})

test.describe('the way in', () => {
  test.use({ expectedConsoleErrors: [REFUSED] })

  test('signed out elsewhere: the sign-in page says so, and leads back', async ({ page, sandbox, context }) => {
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
    await page.getByRole('searchbox', { name: 'Search numbers' }).fill('bakery')
    await expect(page).toHaveURL(/q=bakery/)
    const other = await context.newPage()
    await other.goto('/history')
    await other.getByRole('button', { name: 'Sign out', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await expectState(page, async () => {
      await expect(page.getByText('Your session has ended. Sign in again to return to the same page.')).toBeVisible()
      await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
    })
    // Where it stands is what is read out first.
    await expect(page.locator('[tabindex="-1"]').filter({ hasText: 'Your session has ended' }).last()).toBeFocused()
    await signInOnPage(page, sandbox.tokens.reseller)
    await expect(page).toHaveURL(/q=bakery/)
  })
})
