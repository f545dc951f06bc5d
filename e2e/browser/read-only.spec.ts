import { expectAccessible } from '../support/accessible.ts'
import { expectState, giveSession, openList, wholeList } from '../support/page-steps.ts'
import { expect, test } from '../support/return-test.ts'
import { FRONT_DESK } from '../support/returns.ts'
import { startApp } from '../support/servers.ts'
import { dataIn } from '../support/test-app.ts'

test.describe('READ_ONLY=1', () => {
  test.use({ appEnv: { READ_ONLY: '1' } })

  test('a banner says so on every signed-in page, and nothing that returns is offered', async ({ page, sandbox }) => {
    const banner = page.getByRole('complementary', { name: 'Read-only' })
    await page.goto('/sign-in')
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await expect(banner).toHaveCount(0)
    await giveSession(page, sandbox.tokens.reseller)
    for (const path of ['/history', '/numbers']) {
      await page.goto(path)
      await expect(banner).toHaveText('Read-only. Nothing can be returned (READ_ONLY=1).')
    }
    await wholeList(page, 90)
    await expectState(page, async () => {
      await expect(banner).toBeVisible()
      await expect(page.getByText('You can view numbers, but not return them')).toHaveCount(0)
      await expect(page.getByRole('button', { name: /^(?:Select|Return|Check)/ })).toHaveCount(0)
      await expect(page.getByRole('checkbox', { name: /^Select/ })).toHaveCount(0)
    })
    await page.getByRole('button', { name: 'More actions' }).click()
    await expect(page.getByRole('menuitem')).toHaveText(['Find unused numbers'])
    await page.goto('/customers/8001')
    await expect(banner).toHaveText('Read-only. Nothing can be returned (READ_ONLY=1).')
    await expect(page.getByText('10 numbers in 5 accounts')).toBeVisible()
    await expect(page.getByRole('button', { name: /^Return/ })).toHaveCount(0)
  })
})

test.describe('a batch from before READ_ONLY=1', () => {
  test.use({ sharedApp: null })

  test('can be stopped, and is not offered to be continued', async ({ page, app, api, sandbox, dataDir }) => {
    const order = { returns: [FRONT_DESK[0]], holdSeconds: 60 }
    const { id } = (await api.client.post<{ id: string }>('/api/batches', order)).body
    await app.stop()
    const later = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: dataIn(dataDir), READ_ONLY: '1' })
    try {
      const [name = '', value = ''] = api.client.cookie.split('=')
      await page.context().addCookies([{ name, value, url: later.url }])
      await page.goto(`${later.url}/history?batch=${id}`)
      const recap = page.getByRole('dialog', { name: 'Batch of 1 number' })
      await expect(recap.getByText(/^Paused/)).toBeVisible()
      await expect(recap.getByRole('button', { name: 'Continue' })).toHaveCount(0)
      await recap.getByRole('button', { name: 'Stop' }).click()
      await expect(recap.getByText('Undone: 1 not sent')).toBeVisible()
      await expect(recap.getByRole('button', { name: 'Select these' })).toHaveCount(0)
      expect(await api.posts()).toEqual([])
    } finally {
      await later.stop()
    }
  })
})

test.describe('a role that Vida does not state', () => {
  test.beforeEach(({ sandbox }) => sandbox.control.configure({ accountShape: 'documented' }))

  test('one that Vida did not tell is asked for again by Refresh, the page follows, and the account menu says that it was found by asking', async ({
    page,
    sandbox,
  }) => {
    const answer = { kind: 'status', status: 503 } as const
    await sandbox.control.fault({ match: { path: 'listAccounts' }, effect: { answer } })
    await openList(page, sandbox.tokens.reseller)
    await expect(page.getByText('You can view numbers, but not return them')).toBeVisible()
    await expect(page.getByText(/^Vida does not say which role this token has.*Press Refresh/)).toBeVisible()
    await expect(page.getByText('Role unknown', { exact: true })).toBeVisible()
    await sandbox.control.clearFaults()
    await page.getByRole('button', { name: 'Refresh' }).click()
    await wholeList(page, 90)
    await expect(page.getByRole('banner').getByText('Reseller', { exact: true })).toBeVisible()
    await expect(page.getByText('You can view numbers, but not return them')).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Return +12145550101' })).toBeVisible()

    await test.step('the account menu says that it was found by asking', async () => {
      await page.getByRole('button', { name: 'Settings' }).click()
      await expect(page.getByText('Reseller, found by asking')).toBeVisible()
      // The menu covers half of a checkbox, which is then a small target.
      await expectAccessible(page, 'colors')
    })
  })
})
