import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { openList, REFUSED, wholeList } from '../support/page-steps.ts'

test.use({ expectedConsoleErrors: [REFUSED] })

const signInHeading = (page: Page) => page.getByRole('heading', { name: 'Sign in' })

test('a page that was left by signing out is loaded anew when the browser brings it back, and other tabs follow', async ({
  page,
  context,
  sandbox,
}) => {
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  const other = await context.newPage()
  await other.goto(page.url())
  await wholeList(other, 90)
  // The sign-in page does not come, so the page that was left stands there still, as one does that a browser had kept.
  await page.route('**/sign-in', (route) => route.abort('aborted'))
  const left = page.waitForRequest('**/sign-in')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await left
  await expect(signInHeading(other)).toBeVisible()
  await expect(other.getByText(/\+\d{7}/)).toHaveCount(0)
  await expect(page).toHaveURL(/\/numbers$/)
  await page.unroute('**/sign-in')
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await expect(signInHeading(page)).toBeVisible()
})

test('“Sign out everywhere” ends the session of another browser, which leaves as soon as it asks for anything', async ({
  page,
  browser,
  app,
  sandbox,
}) => {
  const elsewhere = await browser.newContext({ baseURL: app.url })
  const other = await elsewhere.newPage()
  await openList(other, sandbox.tokens.reseller)
  await wholeList(other, 90)
  await openList(page, sandbox.tokens.reseller)
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  const question = page.getByRole('alertdialog', { name: 'Sign out everywhere?' })
  await expect(question.getByRole('button', { name: 'Stay' })).toBeFocused()
  await expectAccessible(page)
  await question.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(signInHeading(page)).toBeVisible()
  await other.getByRole('button', { name: 'Refresh' }).click()
  await expect(signInHeading(other)).toBeVisible()
  await expect(other.getByText('Your session has ended')).toBeVisible()
  await elsewhere.close()
})
