import type { Page } from '@playwright/test'
import { browserFlags, findWholeBrowser } from '../support/browser.ts'
import { expect, test } from '../support/fixtures.ts'
import { openList, REFUSED, signInOnPage, wholeList } from '../support/page-steps.ts'

// Playwright turns the back-forward cache off; here it is what is looked at.
const launchOptions = {
  executablePath: findWholeBrowser(),
  args: browserFlags(),
  ignoreDefaultArgs: ['--disable-back-forward-cache'],
}
test.use({ launchOptions, expectedConsoleErrors: [REFUSED] })
// One worker then starts it and an app, in place of one worker for each test.
test.describe.configure({ mode: 'default' })

const signInHeading = (page: Page) => page.getByRole('heading', { name: 'Sign in' })

/** Goes back and forth and looks at each frame that is drawn: no number and no name may be in one. */
async function expectNothingBehind(page: Page, go: () => Promise<unknown>): Promise<void> {
  await page.addInitScript(() => {
    const look = () => {
      const name = document.querySelector('header')?.textContent ?? ''
      const rows = document.querySelector('[role=table], table')?.textContent ?? ''
      if (/\+\d{7}|Northwind/.test(name + rows)) Reflect.set(window, 'seen', true)
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await go()
  await expect(signInHeading(page)).toBeVisible()
  await expect(page.getByText(/\+\d{7}/)).toHaveCount(0)
  await expect(page.getByText('Northwind Voice')).toHaveCount(0)
  expect(await page.evaluate(() => Reflect.get(window, 'seen'))).toBeUndefined()
}

/** This browser brings back what may be kept, such as a built file: without that, no page could come back by Back. */
async function expectPagesKept(page: Page): Promise<void> {
  const script = await page.locator('script[src]').first().getAttribute('src')
  await page.goto(script ?? '')
  await page.evaluate(() => {
    document.title = 'left'
  })
  await page.goto('about:blank')
  // Nothing is loaded then, so there is no event of loading to wait for.
  await page.goBack({ waitUntil: 'commit' })
  await expect(page, 'a browser with a back-forward cache, which a headless shell lacks').toHaveTitle('left')
}

test('a page that was left is not brought back by Back once its session has ended, elsewhere or by signing out', async ({
  page,
  sandbox,
  app,
}) => {
  await test.step('left by a full navigation and signed out elsewhere', async () => {
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
    await expectPagesKept(page)
    await page.goto('/numbers')
    await wholeList(page, 90)
    await page.goto('about:blank')
    const { cookies } = await page.context().storageState()
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const headers = { cookie, origin: app.url }
    expect((await fetch(`${app.url}/api/session`, { method: 'DELETE', headers })).status).toBe(204)
    await expectNothingBehind(page, () => page.goBack())
  })

  await test.step('after signing out, Back and Forward show nothing of the account', async () => {
    await signInOnPage(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
    await page.getByRole('link', { name: 'History' }).click()
    await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await expect(signInHeading(page)).toBeVisible()
    await expectNothingBehind(page, () => page.goBack())
    await expectNothingBehind(page, () => page.goBack())
    await expectNothingBehind(page, () => page.goForward())
  })
})
