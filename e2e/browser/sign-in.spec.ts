import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { expectState, expectUseRead, openList, REFUSED, signInOnPage, wholeList } from '../support/page-steps.ts'
import { postsIn } from '../support/returns.ts'

test.describe('signing in goes wrong', () => {
  test.use({ expectedConsoleErrors: [REFUSED] })

  test('a refused token, an unreachable Vida and a nonsensical answer each get their own sentence, and a session that Vida ends is explained', async ({
    page,
    sandbox,
  }) => {
    await page.goto('/sign-in')
    const press = async () => {
      await page.getByLabel('Vida API token').fill(sandbox.tokens.reseller)
      await page.keyboard.press('Enter')
    }
    const said: string[] = []
    const sentence = async (pattern: RegExp) => {
      const alert = page.getByRole('alert').filter({ hasText: pattern })
      await expect(alert).toBeVisible()
      said.push((await alert.textContent()) ?? '')
    }
    await sandbox.control.configure({ revoked: ['reseller'] })
    await press()
    await sentence(/refused this token/)
    const field = page.getByLabel('Vida API token')
    await expectState(page, async () => {
      await expect(page.getByRole('main').getByRole('alert')).toContainText('refused this token')
      await expect(field).toBeFocused()
      await expect(field).toHaveAccessibleDescription(/refused this token/)
      await expect(field).toHaveAttribute('aria-invalid', 'true')
    })
    await sandbox.control.configure({ revoked: [] })

    await sandbox.control.setReachable(false)
    await press()
    await sentence(/cannot be reached/)
    await sandbox.control.setReachable(true)

    await sandbox.control.configure({ accountShape: 'other-key' })
    await press()
    await sentence(/does not understand/)
    expect(new Set(said).size).toBe(3)
    await expectAccessible(page)

    await sandbox.control.configure({ accountShape: 'flat' })
    await press()
    await wholeList(page, 90)

    await test.step('a session that Vida ends is explained, and signing in again leads back', async () => {
      await page.getByRole('searchbox', { name: 'Search numbers' }).fill('bakery')
      await expect(page).toHaveURL(/q=bakery/)
      await sandbox.control.configure({ revoked: ['reseller'] })
      await page.getByRole('button', { name: 'Refresh' }).click()
      await expect(page).toHaveURL(/\/sign-in\?/)
      await expect(page.getByText(/session has ended|signed out/i).first()).toBeVisible()
      await sandbox.control.configure({ revoked: [] })
      await signInOnPage(page, sandbox.tokens.reseller)
      await expect(page).toHaveURL(/q=bakery/)
    })
  })
})

test.describe('a return that is pressed when the session is over', () => {
  test.use({ expectedConsoleErrors: [REFUSED] })

  test('sends nothing, and the sign-in page says so for its number, once and not in its address', async ({
    page,
    sandbox,
    app,
  }) => {
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
    await page.getByRole('button', { name: 'Return +12145550101' }).click()
    await expectUseRead(page.getByRole('alertdialog'))
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    const headers = { cookie, origin: app.url }
    expect((await fetch(`${app.url}/api/session`, { method: 'DELETE', headers })).status).toBe(204)
    await page.getByRole('button', { name: 'Return number' }).click()
    await expect(page).toHaveURL(/\/sign-in\?/)
    await expect(page.getByText('Your session has ended')).toBeVisible()
    await expect(
      page.getByText(/had ended before \+12145550101 could be returned\. Nothing was sent for that number/),
    ).toBeVisible()
    expect(page.url()).not.toContain('2145550101')
    expect(await postsIn(sandbox.control)).toEqual([])
    await expectAccessible(page)
    await page.reload()
    await expect(page.getByText('Your session has ended')).toBeVisible()
    await expect(page.getByText(/Nothing was sent/)).toHaveCount(0)
  })
})

test.describe('signing in and out', () => {
  // A page that Back brings out of the browser's memory asks who is signed in, and is told 401.
  test.use({ expectedConsoleErrors: [REFUSED] })

  test('leads back to where the person was, with name and role in the header; then the session is over on the server, and Back shows nothing', async ({
    page,
    sandbox,
    context,
  }) => {
    await page.goto('/numbers?q=%2B1214')
    await expect(page).toHaveURL(/\/sign-in\?/)
    await expect(page.getByLabel('Vida API token')).toBeFocused()
    await expectAccessible(page)
    await signInOnPage(page, sandbox.tokens.reseller)
    await expect(page).toHaveURL(/\/numbers\?q=/)
    await expect(page.getByRole('searchbox', { name: 'Search numbers' })).toHaveValue('+1214')
    await wholeList(page, 90)
    const header = page.getByRole('banner')
    await expect(header.getByText('Northwind Voice')).toBeVisible()
    await expect(header.getByText('Reseller', { exact: true })).toBeVisible()

    const cookies = await context.cookies()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await expect(page).toHaveURL(/\/sign-in/)
    await page.goBack()
    await expect(page.getByRole('table', { name: 'Assigned numbers' })).toHaveCount(0)
    await context.addCookies(cookies)
    await page.goto('/numbers')
    await expect(page).toHaveURL(/\/sign-in/)
  })
})
