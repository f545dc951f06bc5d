import type { Page } from '@playwright/test'
import { beginBatch, checkboxOf, panelOf } from '../support/batch.ts'
import { batchOf } from '../support/history.ts'
import { openList, wholeList } from '../support/page-steps.ts'
import { expect, test } from '../support/return-test.ts'
import { FRONT_DESK, RETURN, type ReturnsApi } from '../support/returns.ts'

test.use({ sharedApp: 'returns', expectedConsoleErrors: [/responded with a status of 409/] })

const [first, second, third, fourth] = FRONT_DESK

const row = (page: Page, number: string) => page.getByRole('row').filter({ hasText: number })
const scansOf = async ({ control }: ReturnsApi) =>
  (await control.log()).entries.filter(({ path }) => path.endsWith('/listOrganizations')).length

test.beforeEach(async ({ page, sandbox }) => {
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
})

test('numbers of a batch are marked while they are under way, leave as they are returned, and are no change of the list', async ({
  page,
  api,
}) => {
  const waiting = await api.control.fault({ match: RETURN, times: 2, effect: { waitAfterWork: true } })
  const rest = await api.treatReturns({ waitAfterWork: true })
  const scans = await scansOf(api)
  await beginBatch(page, 'Brightwater', 12)
  const busy = page.getByRole('row').filter({ hasText: 'Returning' }).first()
  await expect(busy).toBeVisible()
  const number = /\+\d+/.exec((await busy.textContent()) ?? '')?.[0] ?? 'no number'
  await expect(checkboxOf(page, number)).toBeDisabled()
  await expect(page.getByRole('button', { name: `Return ${number}` })).toHaveAttribute('aria-disabled', 'true')
  await api.control.release(waiting)
  await expect(row(page, number)).toHaveCount(0, { timeout: 15_000 })
  await expect(panelOf(page, 12).getByRole('progressbar', { name: 'Returning numbers' })).toBeVisible()
  await api.control.release(rest)
  await expect(panelOf(page, 12)).toContainText('12 returned', { timeout: 30_000 })
  await expect(row(page, 'Brightwater')).toHaveCount(0)
  await wholeList(page, 78)
  await expect(page.getByRole('button', { name: /^\d+ changes? since/ })).toHaveCount(0)
  expect(await scansOf(api), 'the whole list was read again').toBe(scans)
})

test('a batch that met a number which was moved has the list read again for it, once', async ({ page, api }) => {
  const [moved, lost] = ['+17135550101', '+17135550102']
  await api.control.moveNumber(moved, first.accountId)
  await api.control.fault({
    match: { path: 'phoneNumber/return', number: lost },
    effect: { work: 'never', answer: { kind: 'drop' } },
  })
  const scans: string[] = []
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/numbers') scans.push(request.url())
  })
  await beginBatch(page, 'Brightwater', 12)
  const panel = panelOf(page, 12)
  await expect(panel).toContainText('10 returned · 1 already gone · 1 unknown', { timeout: 30_000 })
  await page.getByRole('searchbox', { name: 'Search numbers' }).fill(moved)
  await expect(row(page, moved)).toContainText('Front desk')
  // What is settled later is news, too, but none about where numbers are.
  await api.control.removeNumber(lost)
  await expect(panel).toContainText('11 returned · 1 already gone', { timeout: 40_000 })
  await wholeList(page, 79)
  expect(scans).toHaveLength(1)
})

test('what happens while another page is open has left the list when its person comes back, and what is listed all the same is marked', async ({
  page,
  api,
}) => {
  const numbers = page.getByRole('link', { name: 'Numbers' })
  const history = page.getByRole('link', { name: 'History' })
  await test.step('a batch that ends', async () => {
    await history.click()
    await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
    await batchOf(api.client, [first, second])
    await numbers.click()
    await wholeList(page, 88)
    await expect(row(page, first.number)).toHaveCount(0)
  })

  await test.step('what Check again proves', async () => {
    await api.treatReturns({ work: 'never', answer: { kind: 'status', status: 500 } }, third.number)
    await api.confirm(third)
    await history.click()
    await page.getByRole('button', { name: `Receipt for ${third.number}` }).click()
    const receipt = page.getByRole('dialog', { name: `Receipt for ${third.number}` })
    await api.control.removeNumber(third.number)
    await receipt.getByRole('button', { name: 'Check again' }).click()
    await expect(receipt).toContainText('confirmed gone')
    await page.keyboard.press('Escape')
    await numbers.click()
    await wholeList(page, 87)
    await expect(row(page, third.number)).toHaveCount(0)
  })

  await test.step('a number that Vida accepted and lists all the same is marked as such', async () => {
    await api.treatReturns({ work: 'never', answer: { kind: 'normal' } }, fourth.number)
    await page.getByRole('button', { name: `Return ${fourth.number}` }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Return number' }).click()
    await expect(row(page, fourth.number)).toContainText('Accepted, still listed', { timeout: 15_000 })
    await page.reload()
    await expect(row(page, fourth.number)).toContainText('Accepted, still listed')
  })
})
