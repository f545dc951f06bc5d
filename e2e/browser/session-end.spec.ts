import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { openList, REFUSED, wholeList } from '../support/page-steps.ts'
import { agedCookie } from '../support/seal.ts'

const SECOND = 1_000
const MINUTE = 60_000

test.use({ expectedConsoleErrors: [REFUSED] })

/** The session of this page becomes one that began and was last used as long ago as this, and the page looks at it. */
async function age(page: Page, dataDir: string, times: Parameters<typeof agedCookie>[2]): Promise<void> {
  const [cookie] = await page.context().cookies()
  if (!cookie) throw new Error('there is no session')
  const [, value = ''] = (await agedCookie(`${cookie.name}=${cookie.value}`, dataDir, times)).split('=', 2)
  await page.context().addCookies([{ ...cookie, value }])
  // As when somebody comes back to its tab.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
}

/** A list that was read whole: nothing is asked for any more but in the background. */
async function openQuietList(page: Page, token: string): Promise<void> {
  await openList(page, token)
  await wholeList(page, 90)
}

const notice = (page: Page) => page.getByRole('region', { name: 'End of the session' })
const isBackground = (headers: Record<string, string>) => headers['x-background'] === '1'

test('two minutes before an idle session ends the page says so, and one press keeps it, as does anything else that is done', async ({
  page,
  sandbox,
  dataDir,
}) => {
  await test.step('one press keeps it', async () => {
    await openQuietList(page, sandbox.tokens.reseller)
    const focused = page.getByRole('table', { name: 'Assigned numbers' }).locator('[data-index="0"]')
    await expect(focused).toBeFocused()
    await age(page, dataDir, { seenAgo: 28 * MINUTE - 2 * SECOND })
    await expect(notice(page)).toContainText(/Your session ends at .+ because you have been inactive/)
    // Heard where it stands, and the focus stays where it was.
    await expect(notice(page).locator('[aria-live=polite]')).toContainText('Your session ends at')
    await expect(focused).toBeFocused()
    await expectAccessible(page)
    const asked = page.waitForRequest((request) => request.url().endsWith('/api/session'))
    await page.getByRole('button', { name: 'Stay signed in' }).click()
    const request = await asked
    expect(isBackground(await request.allHeaders()), 'a background request would not count').toBe(false)
    expect(await (await request.response())?.headerValue('set-cookie')).toContain('numberdesk=')
    await expect(notice(page)).toBeHidden()
    await expect(page.getByRole('status').filter({ hasText: 'You stay signed in.' })).toBeVisible()
    await expect(focused).toBeFocused()
  })

  await test.step('whoever does anything while the notice is there stays signed in, in a dialog, too', async () => {
    await page.reload()
    await wholeList(page, 90)
    // By script: a press of a person's would keep the session before there is anything to warn of.
    await page.getByRole('button', { name: 'Return +12145550101' }).evaluate((button: HTMLElement) => button.click())
    const dialog = page.getByRole('alertdialog', { name: 'Return this number?' })
    await expect(dialog).toBeVisible()
    const text = page.getByText(/Your session ends at/)
    await age(page, dataDir, { seenAgo: 28 * MINUTE })
    await expect(text).toBeVisible()
    expect(await text.evaluate((element) => element.closest('[aria-hidden=true]')), 'heard beside a dialog').toBeNull()
    await expect(dialog.getByRole('button', { name: 'Keep number' }), 'nor is the focus taken').toBeFocused()
    await page.keyboard.press('Tab')
    await expect(text).toBeHidden()
    await expect(dialog).toBeVisible()
  })
})

test('the end for good is told, too, and cannot be put off; an idle session that nobody keeps ends at the time that was told', async ({
  page,
  sandbox,
  dataDir,
}) => {
  await test.step('the end for good is told, too, cannot be put off, and is out of the way once it was read', async () => {
    await openQuietList(page, sandbox.tokens.reseller)
    await age(page, dataDir, { startedAgo: 479 * MINUTE })
    await expect(notice(page)).toContainText(
      /ends at .+ and cannot be extended\. You will have to sign in again\. A batch that is still running will stop/,
    )
    await expect(page.getByRole('button', { name: 'Stay signed in' })).toHaveCount(0)
    await expectAccessible(page)
    await notice(page).getByRole('button', { name: 'Dismiss' }).click()
    await expect(notice(page)).toBeHidden()
  })

  await test.step('an idle session that nobody keeps ends at the time that was told, and the page leaves', async () => {
    await page.reload()
    await wholeList(page, 90)
    await age(page, dataDir, { seenAgo: 30 * MINUTE - 4 * SECOND })
    await expect(notice(page)).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await expect(page.getByText('Your session has ended')).toBeVisible()
  })
})
