import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { batchOf, begin, goneAt } from '../support/history.ts'
import { expectFocusKept, giveSession, pressWhenReady } from '../support/page-steps.ts'
import { expect, test } from '../support/return-test.ts'
import { FRONT_DESK, placesIn, RETURN } from '../support/returns.ts'

test.use({ sharedApp: 'returns' })

const [first, second, third, fourth] = FRONT_DESK
const NO_RECEIPT = 'R-1JD3K8Q2M-7XK2P9QWE4RT'

const table = (page: Page) => page.getByRole('table', { name: 'Returns' })
/** The table's rows without its head. */
const rows = (page: Page) =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('cell') })
const batchRow = (page: Page, count: string) => rows(page).filter({ hasText: `Batch of ${count}` })

test.beforeEach(async ({ page, sandbox }) => {
  await giveSession(page, sandbox.tokens.reseller)
})

test('a batch is one row in its place in time, opens its recap under an address, and goes back', async ({
  page,
  api,
}) => {
  await api.confirm(first)
  await api.treatReturns({ answer: { kind: 'success-false', message: 'Port pending' } }, third.number)
  const id = await batchOf(api.client, [second, third, goneAt(1)], 'INC-2231')
  await api.confirm(fourth)
  await page.goto('/history')
  await expect(rows(page)).toHaveCount(3)
  await expect(rows(page).nth(0)).toContainText(fourth.number)
  await expect(rows(page).nth(2)).toContainText(first.number)
  const row = rows(page).nth(1)
  await expect(row).toContainText('Batch of 3 numbers')
  await expect(row).toContainText('1 returned · 1 refused · 1 already gone')
  await expect(row.getByRole('cell').nth(2)).toHaveText(/^Alder Family Dentistry/)
  await expect(row.getByRole('cell').nth(2)).not.toContainText('returned')
  await expect(row).toContainText('INC-2231')
  await expect(row).toContainText('by Northwind Voice')
  await expect(row).toContainText('Finished')
  await expectAccessible(page)

  await row.getByRole('button', { name: 'Batch of 3 numbers' }).click()
  const recap = page.getByRole('dialog', { name: 'Batch of 3 numbers' })
  await expect(recap).toContainText('Port pending')
  await expect(page).toHaveURL(new RegExp(`batch=${id}`))
  await expectAccessible(page)
  await page.reload()
  await expect(recap).toContainText('Port pending')
  await page.goBack()
  await expect(recap).toBeHidden()
  await expect(rows(page)).toHaveCount(3)
})

test('a batch that runs is counted on in its row, and called finished at its end', async ({ page, api }) => {
  const waiting = await api.control.fault({ match: RETURN, times: 2, effect: { waitAfterWork: true } })
  const rest = await api.treatReturns({ waitAfterWork: true })
  await begin(api.client, await placesIn(api.control, 18))
  await page.goto('/history')
  const row = batchRow(page, '18 numbers')
  await expect(row).toContainText('In progress')
  await expect(row).toContainText('2 in progress')
  await api.control.release(waiting)
  await expect(row).toContainText('2 returned')
  await api.control.release(rest)
  await expect(row).toContainText('18 returned', { timeout: 30_000 })
  await expect(row).toContainText('Finished')
  await expect(
    page.getByRole('status').filter({ hasText: 'The batch of 18 numbers has ended: 18 returned.' }),
  ).toBeVisible()
})

test('a batch that waits for a person is called paused, and is continued or stopped in its recap, as above the list', async ({
  page,
  api,
}) => {
  await api.control.fault({ match: RETURN, effect: { work: 'never', answer: { kind: 'status', status: 503 } } })
  await begin(api.client, await placesIn(api.control, 12))
  await api.control.waitFor(RETURN, 3)
  await api.control.addNumber('+12145550777', '100001')
  await api.control.addNumber('+12145550777', '100002')
  await api.client.events()
  await batchOf(api.client, [{ number: '+12145550777', accountId: '100001' }])
  await page.goto('/history')
  const paused = batchRow(page, '12 numbers')
  await expect(paused).toContainText('Paused')
  await expect(paused).toContainText(/\d\sunknown/)
  await expectAccessible(page)

  await test.step('one that nobody could send is there, too', async () => {
    await expect(batchRow(page, '1 number')).toContainText('1 not sent')
  })

  await test.step('it is continued or stopped in its recap, as above the list', async () => {
    await paused.getByRole('button', { name: 'Batch of 12 numbers' }).click()
    const recap = page.getByRole('dialog', { name: 'Batch of 12 numbers' })
    await expect(recap.getByText(/^Paused: .*unknown/)).toBeVisible({ timeout: 20_000 })
    await expect(recap.getByText('nothing more is sent until you decide')).toBeVisible()
    await expectAccessible(page)
    const before = (await api.posts()).length
    const answer = Promise.withResolvers<void>()
    await page.route('**/continue', async (route) => {
      const response = await route.fetch()
      await answer.promise
      await route.fulfill({ response })
    })
    await pressWhenReady(recap.getByRole('button', { name: 'Continue' }), 'Enter')
    await api.control.waitFor(RETURN, before + 1)
    // It answers at once, also before Continue has been answered.
    await recap.getByRole('button', { name: 'Stop' }).press('Enter')
    await expect(recap.getByText(/^Stopped, \d+ to settle: .*unknown · \d+ not sent$/)).toBeVisible({ timeout: 20_000 })
    answer.resolve()
    await expect(recap.getByRole('button', { name: /^(?:Stop|Continue)$/ })).toHaveCount(0)
    await expectFocusKept(page)
    const sent = (await api.posts()).map(({ number }) => number)
    expect(new Set(sent).size, 'a number was sent twice').toBe(sent.length)
    expect(sent.length).toBeLessThan(12)
  })
})

test('a search shows the returns of a batch by themselves, each says so and leads to its batch, on a phone as a card', async ({
  page,
  api,
}) => {
  const id = await batchOf(api.client, [first, second], 'x'.repeat(200))
  await api.confirm(third)
  await page.goto('/history')
  await expect(rows(page)).toHaveCount(2)
  const search = page.getByRole('searchbox', { name: 'Search returns' })
  await search.fill('Front desk')
  await expect(rows(page)).toHaveCount(3)
  await expect(table(page)).not.toContainText('Batch of')
  await expect(rows(page).filter({ hasText: third.number })).not.toContainText('Part of a batch')
  await expectAccessible(page)
  await page.getByRole('button', { name: `Part of a batch with ${first.number}` }).click()
  await expect(page).toHaveURL(new RegExp(`batch=${id}`))
  await page.getByRole('dialog', { name: 'Batch of 2 numbers' }).getByRole('button', { name: 'Close' }).last().click()
  await expect(rows(page)).toHaveCount(3)
  await expect(page.getByRole('button', { name: `Part of a batch with ${first.number}` })).toBeFocused()

  await search.fill('')
  await expect(rows(page)).toHaveCount(2)

  await test.step('on a phone it is a card that keeps the table’s roles, within the screen, with targets that a thumb can hit', async () => {
    await page.setViewportSize({ width: 360, height: 780 })
    const fits = async (target: Locator) => {
      await expect(target).toBeVisible()
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
      await expectAccessible(page)
    }
    await fits(batchRow(page, '2 numbers').getByRole('button', { name: 'Batch of 2 numbers' }))
    await search.fill(first.number)
    await fits(page.getByRole('button', { name: /^Part of a batch/ }))
  })

  await test.step('a filter shows them by themselves, too', async () => {
    await page.goto('/history?outcome=returned')
    await expect(rows(page)).toHaveCount(3)
    await expect(table(page)).not.toContainText('Batch of')
  })
})

test.describe('what is unknown in a recap and is settled just before the press', () => {
  // The check is then told so by 409.
  test.use({ expectedConsoleErrors: [/responded with a status of 409/] })

  test('a number of the recap opens its receipt, where Check again tells what is known by then, and closing leads back to the batch', async ({
    page,
    api,
  }) => {
    await api.treatReturns({ work: 'never', answer: { kind: 'status', status: 500 } }, first.number)
    const id = await batchOf(api.client, [first, second])
    await page.goto(`/history?batch=${id}`)
    const recap = page.getByRole('dialog', { name: 'Batch of 2 numbers' })
    const opener = recap
      .getByRole('region', { name: 'Unknown' })
      .getByRole('button', { name: `Receipt for ${first.number}` })
    await opener.click()
    const receipt = page.getByRole('dialog', { name: `Receipt for ${first.number}` })
    await expect(receipt).toContainText('it is not known whether the number was returned')
    await expectAccessible(page)
    const { promise: checked, resolve: letReadsGo } = Promise.withResolvers<void>()
    await page.route(/\/api\/returns\/[^/]+$/, (route) => checked.then(() => route.continue()))
    await api.control.removeNumber(first.number)
    const { receiptId } = await api.record(first.number)
    // 409: the server had looked by itself.
    expect([200, 409]).toContain((await api.settle('check', receiptId)).status)
    const told = page.waitForResponse((response) => response.url().endsWith('/check'))
    await receipt.getByRole('button', { name: 'Check again' }).click()
    expect((await told).status()).toBe(409)
    letReadsGo()
    await expect(page.getByRole('status').filter({ hasText: `${first.number}: Returned` })).toBeVisible()
    await expect(receipt).toContainText('confirmed gone')
    await page.keyboard.press('Escape')
    await expect(receipt).toBeHidden()
    await expect(recap.getByRole('heading', { name: 'Returned (2)' })).toBeVisible()
    await recap.getByRole('button', { name: 'Close' }).last().click()
    await expect(batchRow(page, '2 numbers')).toContainText('2 returned')
  })
})

test('paging goes on over returns and batches, and an old receipt opens by its address without it', async ({
  page,
  api,
}) => {
  const old = (await api.confirm(goneAt(0), 'the oldest')).body.receiptId
  await batchOf(api.client, [goneAt(1), goneAt(2)])
  for (let from = 3; from < 53; from += 10)
    await Promise.all(Array.from({ length: 10 }, (_, index) => api.confirm(goneAt(from + index))))
  await page.goto(`/history?receipt=${old}`)
  const receipt = page.getByRole('dialog', { name: `Receipt for ${goneAt(0).number}` })
  await expect(receipt).toContainText('the oldest')
  await expect(receipt).toContainText('was no longer in this account')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/receipt=/)

  await expect(rows(page)).toHaveCount(50)
  await expect(table(page)).not.toContainText(goneAt(0).number)
  await page.getByRole('button', { name: 'Load more' }).click()
  await expect(rows(page)).toHaveCount(52)
  await expect(rows(page).nth(50)).toContainText('Batch of 2 numbers')
  await expect(rows(page).last()).toContainText(goneAt(0).number)
  await expect(page.getByRole('button', { name: 'Load more' })).toBeHidden()
})

test.describe('what can’t be shown', () => {
  test.use({ expectedConsoleErrors: [/status of 404|net::ERR_FAILED/] })

  test('a receipt of nobody’s, or another account’s, is said not to be there, with a way to the list; so is a batch', async ({
    page,
    api,
    openApi,
    sandbox,
  }) => {
    const own = String((await api.confirm(first)).body.receiptId)
    const stranger = await openApi(sandbox.tokens.otherReseller)
    const foreign = (await stranger.confirm({ number: '+13035559999', accountId: '200001' })).body.receiptId
    const drawer = page.getByRole('dialog', { name: 'Receipt' })
    for (const receiptId of [NO_RECEIPT, String(foreign)]) {
      await page.goto(`/history?receipt=${receiptId}&q=nobody`)
      await expect(drawer.getByRole('alert')).toContainText('This account has no such receipt.')
      await expectAccessible(page)
      await drawer.getByRole('button', { name: 'Show all returns' }).click()
      await expect(drawer).toBeHidden()
      await expect(page).toHaveURL(/\/history$/)
      await expect(rows(page)).toHaveCount(1)
    }

    await page.goto(`/history?batch=${NO_RECEIPT.replace('R', 'B')}`)
    const batch = page.getByRole('dialog', { name: 'Batch' })
    await expect(batch.getByRole('alert')).toContainText('This account has no such batch.')
    await expectAccessible(page)

    await test.step('an app that does not answer leaves a receipt that can be asked for again', async () => {
      const call = `**/api/returns/${own}`
      await page.route(call, (route) => route.abort())
      await page.goto(`/history?q=nobody&receipt=${own}`)
      await expect(drawer.getByRole('alert')).toContainText('The receipt could not be read.')
      await expect(page.getByText('Nothing matches')).toBeVisible()
      await page.unroute(call)
      await drawer.getByRole('button', { name: 'Retry' }).click()
      await expect(page.getByRole('dialog', { name: `Receipt for ${first.number}` })).toContainText('confirmed gone')
    })
  })
})
