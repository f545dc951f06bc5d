import { expect, test } from '../support/fixtures.ts'
import { expectState, giveSession, signInOnPage } from '../support/page-steps.ts'

test.use({ sharedApp: 'returns' })

const NUMBER = '+12145550101'
/** The app's own record of returns, as the history asks for it. */
const LIST = '**/api/returns?*limit=50*'

test('history: nothing yet, then a record with its receipt', async ({ page, sandbox, signIn }) => {
  await giveSession(page, sandbox.tokens.reseller)
  await page.goto('/history')
  await expectState(page, async () => {
    await expect(page.getByText('Nothing has been returned yet')).toBeVisible()
    await expect(page.getByText('Every return of this account gets a receipt here')).toBeVisible()
  })
  await sandbox.control.fault({
    match: { path: 'phoneNumber/return', number: '+12145550102' },
    effect: { work: 'never', answer: { kind: 'drop' } },
  })
  const client = await signIn()
  for (const number of [NUMBER, '+12145550102']) {
    await client.post('/api/numbers/return', { number, accountId: '100001', note: 'ticket 42' })
  }
  await page.reload()
  const table = page.getByRole('table', { name: 'Returns' })
  await expectState(page, async () => {
    await expect(table.getByRole('row').filter({ hasText: NUMBER })).toContainText('Returned')
    await expect(table.getByRole('button', { name: 'Check again' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Export' })).toBeVisible()
  })
  await table.getByRole('button', { name: `Receipt for ${NUMBER}` }).click()
  await expectState(page, async () => {
    await expect(page.getByRole('dialog', { name: `Receipt for ${NUMBER}` })).toContainText('ticket 42')
    await expect(page.getByRole('button', { name: 'Copy as text' })).toBeVisible()
  })
})

test.describe('a wrong address', () => {
  test.use({ expectedConsoleErrors: [/status of 404/] })

  test('has a page that leads to the list', async ({ page, sandbox }) => {
    await page.goto('/numberz')
    const link = page.getByRole('link', { name: 'Go to Numbers' })
    await expectState(page, async () => {
      await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
      await expect(page.getByText('The address may be wrong, or the page may have moved.')).toBeVisible()
      await expect(link).toBeVisible()
    })
    await link.click()
    await signInOnPage(page, sandbox.tokens.reseller)
  })
})

test.describe('History that fails', () => {
  test.use({ expectedConsoleErrors: [/Failed to load resource|RangeError: Invalid time value/] })

  test('says what it means for the returns, whether it can’t be read or its page crashes, and one press loads it', async ({
    page,
    sandbox,
    signIn,
  }) => {
    await (await signIn()).post('/api/numbers/return', { number: NUMBER, accountId: '100001', note: null })
    await giveSession(page, sandbox.tokens.reseller)

    await test.step('History that cannot be read is an alert that says what it means for the returns, and Retry reads it', async () => {
      await page.route(LIST, (route) => route.abort())
      await page.goto('/history')
      const alert = page.getByRole('main').getByRole('alert')
      await expectState(page, async () => {
        await expect(alert).toContainText('History could not be read')
        await expect(alert).toContainText('Your returns are not affected.')
        await expect(alert.getByRole('button', { name: 'Retry' })).toBeVisible()
      })
      await page.unroute(LIST)
      await alert.getByRole('button', { name: 'Retry' }).click()
      await expect(page.getByRole('table', { name: 'Returns' })).toContainText(NUMBER)
    })

    await test.step('a crash says what it means for a return under way, and trying again loads the page', async () => {
      await page.route(LIST, async (route) => {
        const response = await route.fetch()
        await route.fulfill({
          response,
          body: (await response.text()).replaceAll(/"requestedAt":"[^"]*"/g, '"requestedAt":"?"'),
        })
      })
      await page.reload()
      await expectState(page, async () => {
        await expect(page.getByRole('heading', { name: 'This page failed' })).toBeVisible()
        await expect(page.getByRole('alert').filter({ hasText: 'see History for its outcome' })).toBeVisible()
        await expect(page.getByRole('link', { name: 'Open History' })).toBeVisible()
      })
      await page.unroute(LIST)
      await page.getByRole('button', { name: 'Try again' }).click()
      await expect(page.getByRole('table', { name: 'Returns' })).toContainText(NUMBER)
    })
  })
})

test.describe('a crash', () => {
  test.use({ expectedConsoleErrors: [/the frame broke/] })

  test('of the frame around all pages has a page of its own, in the theme that was chosen', async ({
    page,
    context,
    app,
  }) => {
    await context.addCookies([{ name: 'theme', value: 'dark', url: app.url }])
    // A browser in which the app can't even begin: what listens to the window throws.
    await page.addInitScript(() => {
      const listen = window.addEventListener.bind(window)
      window.addEventListener = (...args: Parameters<typeof listen>) => {
        if (args[0] === 'visibilitychange') throw new Error('the frame broke')
        listen(...args)
      }
    })
    await page.goto('/sign-in')
    await expectState(page, async () => {
      await expect(page.getByRole('heading', { name: 'Numberdesk failed' })).toBeVisible()
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
      await expect(page.getByText('This is not production.')).toBeVisible()
      await expect(page.getByRole('alert').filter({ hasText: 'see History for its outcome' })).toBeVisible()
      await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
    })
  })
})
