import { startBreakableProxy } from '../support/breakable-proxy.ts'
import { expect, test } from '../support/fixtures.ts'
import { failReads } from '../support/inventory.ts'
import { DISCONNECTED, expectState, openActivity, openList, signInOnPage, wholeList } from '../support/page-steps.ts'

test('first visit: rows are on their way, and how far reading is is told; partial: what is missing is counted and named, and Retry reads that alone', async ({
  page,
  sandbox,
}) => {
  await failReads(sandbox.control, '100001')
  const waiting = await sandbox.control.fault({
    match: { path: 'listOrganizations' },
    effect: { waitBeforeWork: true },
  })
  await test.step('first visit: rows are on their way, and how far reading is is told', async () => {
    await openList(page, sandbox.tokens.reseller)
    await expectState(page, async () => {
      await expect(page.getByText('Reading the list from Vida')).toBeVisible()
      await expect(page.getByRole('progressbar', { name: 'Reading accounts' })).toBeVisible()
      await expect(page.getByText('Looking for accounts')).toBeVisible()
      await expect(page.getByRole('table', { name: 'Assigned numbers' })).toHaveCount(0)
      await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
    })
  })

  await test.step('partial: what is missing is counted and named, and Retry reads that alone', async () => {
    await sandbox.control.release(waiting)
    const alert = page.getByRole('main').getByRole('alert')
    await expectState(page, async () => {
      await expect(alert).toContainText('1 account failed')
      await expect(page.getByText('86 numbers read', { exact: true })).toBeVisible()
      await expect(alert.getByText('Front desk')).toBeVisible()
      await expect(alert.getByRole('button', { name: 'Retry' })).toBeVisible()
      await expect(page.getByRole('table', { name: 'Assigned numbers' })).toBeVisible()
    })
    await sandbox.control.clearFaults()
    await sandbox.control.clearLog()
    await alert.getByRole('button', { name: 'Retry' }).click()
    await wholeList(page, 90)
    await expect(alert).toHaveCount(0)
    const read = (await sandbox.control.log()).entries.map(({ query }) => query.targetAccountId)
    expect(read, 'what was missing, alone').toEqual(['100001'])
  })

  await test.step('a list that Retry completes is what the next visit shows at once', async () => {
    await sandbox.control.setReachable(false)
    await page.reload()
    await expect(page.getByText('+12145550101', { exact: true })).toBeVisible()
  })
})

test('empty account: it is said that none are assigned, and Refresh shows the first one', async ({ page, sandbox }) => {
  for (const { number, accountId } of await sandbox.control.numbers()) {
    if (accountId.startsWith('200')) await sandbox.control.removeNumber(number)
  }
  await openList(page, sandbox.tokens.otherReseller)
  await expectState(page, async () => {
    await expect(page.getByText('No numbers are assigned below this account')).toBeVisible()
    await expect(page.getByText('it appears here with the next Refresh')).toBeVisible()
    await expect(page.getByRole('region', { name: 'Overview' })).toHaveCount(0)
    await expect(page.getByRole('searchbox', { name: 'Search numbers' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'More actions' })).toBeVisible()
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
  })
  await sandbox.control.addNumber('+13035550101', '200001')
  await page.getByRole('button', { name: 'Refresh' }).click()
  await wholeList(page, 1)
})

test('where nothing matches, the filter is repeated and cleared by one button, and a number leads to the listed one that is near it, or to the receipt of its return', async ({
  page,
  sandbox,
  signIn,
}) => {
  await test.step('a filter that matches nothing is repeated, and cleared by one button', async () => {
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
    await page.getByRole('searchbox', { name: 'Search numbers' }).fill('nobody has this')
    const clear = page.getByRole('button', { name: 'Clear filters' })
    await expectState(page, async () => {
      await expect(page.getByText('Nothing matches')).toBeVisible()
      await expect(page.getByText('No row matches “nobody has this”.', { exact: true })).toBeVisible()
      await expect(clear).toBeVisible()
    })
    await clear.click()
    await expect(page.getByRole('table', { name: 'Assigned numbers' })).toHaveAttribute('aria-rowcount', '91')
  })

  await test.step('a number that no row shows leads to the listed one that differs from it in one place', async () => {
    const search = page.getByRole('searchbox', { name: 'Search numbers' })
    await search.fill('+1 214 555 O1O1')
    const near = page.getByRole('status').filter({ hasText: 'Did you mean' })
    await expectState(page, async () => {
      await expect(near.getByRole('button')).toHaveText(['+12145550101'])
    })
    await near.getByRole('button', { name: '+12145550101' }).click()
    await expect(search).toHaveValue('+12145550101')
    await expect(page.getByRole('row').filter({ hasText: '+12145550101' })).toBeVisible()
    await search.fill('+1214555999')
    await expect(page.getByText('Nothing matches')).toBeVisible()
    await search.fill('+1214555010')
    await expect(page.getByRole('row').filter({ hasText: '+12145550101' })).toBeVisible()
    await search.fill('+121455501012')
    await expect(near.getByRole('button')).toHaveText(['+12145550101', '+12145550102'])
  })

  await test.step('a number that was returned from here says so with its receipt where nothing matches', async () => {
    await (await signIn()).post('/api/numbers/return', { number: '+12145550101', accountId: '100001' })
    await page.getByRole('button', { name: 'Refresh' }).click()
    await wholeList(page, 89)
    await page.getByRole('searchbox', { name: 'Search numbers' }).fill('(214) 555-0101')
    const past = page.getByRole('status').filter({ hasText: /Returned on .*\d/ })
    await expectState(page, async () => {
      await expect(page.getByText('Nothing matches')).toBeVisible()
      await expect(past).toContainText('+12145550101')
    })
    await expect(page.getByText('Did you mean')).toHaveCount(0)
    await past.getByRole('link', { name: 'Receipt' }).click()
    await expect(page.getByRole('dialog', { name: 'Receipt for +12145550101' })).toBeVisible()
  })
})

test('stale: after a quarter of an hour “as of” says how old the list is, until Refresh', async ({ page, sandbox }) => {
  await page.clock.install()
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  await page.clock.fastForward('20:00')
  await expectState(page, async () => {
    await expect(page.getByText(/^as of .+, \d+ minutes ago$/)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Refresh' })).toBeVisible()
  })
  await page.clock.setSystemTime(new Date())
  const answer = page.waitForResponse('**/api/numbers')
  await page.getByRole('button', { name: 'Refresh' }).click()
  // The page gives up on an answer that has not begun after 30 s of its clock.
  await answer
  await page.clock.runFor(31_000)
  await wholeList(page, 90)
  await expect(page.getByText(/^as of [^,]+$/)).toBeVisible()
})

test.describe('offline', () => {
  test.use({ expectedConsoleErrors: [DISCONNECTED] })

  test('the rows stay, and a return is refused at once, with nothing sent', async ({ page, sandbox, context }) => {
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
    await context.setOffline(true)
    const notice = page.getByRole('alert').filter({ hasText: 'No number can be returned while you are offline' })
    await expectState(page, async () => {
      await expect(notice).toBeVisible()
      await expect(page.getByRole('table', { name: 'Assigned numbers' })).toBeVisible()
    })
    await context.setOffline(false)
    await expect(notice).toHaveCount(0)

    await page.getByRole('button', { name: 'Return +12145550101' }).click()
    const dialog = page.getByRole('alertdialog')
    await expect(dialog).toBeVisible()
    await context.setOffline(true)
    await dialog.getByRole('button', { name: 'Return number' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'Nothing was sent. You are offline.' })).toBeVisible()
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Return +12145550101' }).click()
    await dialog.getByRole('button', { name: 'Return number' }).click()
    await expect(page.getByRole('status').filter({ hasText: '+12145550101 was returned' })).toBeVisible()
  })
})

test.describe('offline while the list is read', () => {
  test.use({ expectedConsoleErrors: [/Failed to load resource: net::ERR_/] })

  test('the notice says that reading resumes, and it does', async ({ page, sandbox, context, app }) => {
    const proxy = await startBreakableProxy(app.url)
    await sandbox.control.fault({
      match: { path: 'phoneNumbers', targetAccountId: '100040' },
      effect: { waitBeforeWork: true },
    })
    await page.goto(`${proxy.url}/sign-in`)
    await signInOnPage(page, sandbox.tokens.reseller)
    await expect(page.getByText('+12145550101')).toBeVisible()
    await openActivity(page)
    await context.setOffline(true)
    // Chromium lets what is under way go on; a real line is cut.
    proxy.cut()
    const notice = (await openActivity(page)).getByText('reading resumes when you are online')
    await expect(notice).toBeVisible()
    await expect(page.getByRole('progressbar', { name: 'Reading accounts' })).toBeHidden()
    await sandbox.control.clearFaults()
    await context.setOffline(false)
    await wholeList(page, 90)
    await expect(notice).toHaveCount(0)
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
    await page.goto('about:blank')
    proxy.cut()
    proxy.close()
  })
})
