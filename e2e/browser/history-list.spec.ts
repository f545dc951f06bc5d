import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { exportFrom } from '../support/exports.ts'
import { batchOf, goneAt } from '../support/history.ts'
import { giveSession } from '../support/page-steps.ts'
import { expect, test } from '../support/return-test.ts'
import { FRONT_DESK, RETURN } from '../support/returns.ts'

test.use({ sharedApp: 'returns' })

const [first, second] = FRONT_DESK

const table = (page: Page) => page.getByRole('table', { name: 'Returns' })
/** The table's rows without its head. */
const rows = (page: Page) =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('cell') })
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search returns' })
const clear = (page: Page) => page.getByRole('button', { name: 'Clear filters' })

test.beforeEach(async ({ page, sandbox }) => {
  await giveSession(page, sandbox.tokens.reseller)
})

test('a return under way is followed to its end in the list and in its receipt, as nobody’s activity, in the list or not', async ({
  page,
  api,
}) => {
  await test.step('in the list', async () => {
    const waiting = await api.treatReturns({ waitBeforeWork: true })
    const asked = api.confirm(first)
    await api.control.waitFor(RETURN)
    await page.goto('/history')
    await expect(rows(page).first()).toContainText('In progress')
    const again = page.waitForRequest((request) => /\/api\/returns\?/.test(request.url()))
    await page.getByRole('button', { name: `Receipt for ${first.number}` }).click()
    const receipt = page.getByRole('dialog', { name: `Receipt for ${first.number}` })
    await expect(receipt).toContainText('as soon as it is known')
    expect((await again).headers()).toHaveProperty('x-background', '1')
    await api.control.release(waiting)
    await expect(receipt).toContainText('Confirmed gone', { timeout: 15_000 })
    await page.keyboard.press('Escape')
    await expect(rows(page).first()).toContainText('confirmed gone')
    await asked
  })

  await test.step('a receipt that is not in the list', async () => {
    await api.control.clearFaults()
    const waiting = await api.treatReturns({ waitBeforeWork: true })
    const asked = api.confirm(second)
    await api.control.waitFor(RETURN, 2)
    const { receiptId } = await api.record(second.number)
    await page.goto(`/history?q=nobody&receipt=${receiptId}`)
    const receipt = page.getByRole('dialog', { name: `Receipt for ${second.number}` })
    await expect(receipt).toContainText('In progress')
    const again = page.waitForRequest(`**/api/returns/${receiptId}`)
    expect((await again).headers()).toHaveProperty('x-background', '1')
    await api.control.release(waiting)
    await expect(receipt).toContainText('Confirmed gone', { timeout: 15_000 })
    await asked
  })
})

test('j and k on a receipt lead to the older and the newer one, which says the day once and leads to its number', async ({
  page,
  api,
}) => {
  for (const place of [first, second]) expect((await api.confirm(place)).body).toMatchObject({ outcome: 'returned' })
  await page.goto('/history')
  await page.getByRole('button', { name: `Receipt for ${second.number}` }).click()
  const receipt = (number: string) => page.getByRole('dialog', { name: `Receipt for ${number}` })
  await expect(receipt(second.number)).toBeVisible()
  await page.keyboard.press('j')
  await expect(receipt(first.number)).toBeVisible()
  await expect(rows(page).nth(1)).toHaveAttribute('aria-current', 'true')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await expect(receipt(second.number)).toBeVisible()

  // Beside it the list goes on working.
  await page.getByRole('button', { name: `Receipt for ${first.number}` }).click()
  await expect(receipt(first.number)).toBeVisible()
  await page.keyboard.press('k')
  await expect(rows(page).first()).toBeFocused()
  await expect(receipt(second.number)).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(receipt(second.number)).toBeFocused()
  await page.keyboard.press('j')
  await expect(receipt(first.number)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(rows(page).nth(1)).toBeFocused()
  await expect(page).not.toHaveURL(/receipt=/)
  await page.keyboard.press('Enter')
  await expect(receipt(first.number)).toBeVisible()
  await expect(page).toHaveURL(/receipt=/)
  await page.goBack()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await test.step('a row says who asked; its receipt says the day once and leads to its number', async () => {
    await expect(rows(page).nth(1)).toContainText('by Northwind Voice')
    await page.getByRole('button', { name: `Receipt for ${first.number}` }).click()
    const year = String(new Date().getFullYear())
    expect((await receipt(first.number).textContent())?.split(year)).toHaveLength(2)
    await receipt(first.number).getByRole('link', { name: '(214) 555-0101' }).click()
    await expect(page).toHaveURL(/\/numbers\?number=/)
    await expect(page.getByRole('dialog', { name: first.number })).toBeVisible()
  })
})

test('what is settled is not asked for again, and typing asks once it rests; what matched before stays, dimmed, until the answer', async ({
  page,
  api,
}) => {
  for (const place of [goneAt(0), goneAt(1)]) await api.confirm(place)
  await page.clock.install()
  await page.goto('/history')
  await expect(rows(page)).toHaveCount(2)

  await test.step('what is settled is not asked for again', async () => {
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/api/returns')) asked.push(request.url())
    })
    await page.clock.runFor(20_000)
    expect(asked).toEqual([])
  })

  await test.step('typing asks the server once it rests; what matched before stays, dimmed, until the answer is there', async () => {
    const asked: string[] = []
    const held: (() => Promise<void>)[] = []
    await page.route('**/api/returns?*search=*', (route) => {
      asked.push(new URL(route.request().url()).searchParams.get('search') ?? '')
      held.push(() => route.continue())
    })
    const busy = page.locator('[aria-busy=true]').filter({ has: table(page) })
    // On a slow machine real time between two keys would be a rest.
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000)
    await search(page).pressSequentially(goneAt(1).number)
    await expect(busy).toBeVisible()
    expect(asked).toEqual([])
    await page.clock.resume()
    await expect.poll(() => held.length).toBe(1)
    await expect(rows(page)).toHaveCount(2)
    await held[0]?.()
    await expect(rows(page)).toHaveCount(1)
    await expect(busy).toHaveCount(0)
    expect(asked).toEqual([goneAt(1).number])
  })
})

test('the list is searched by a number or a note, and its rows are gone through by keyboard', async ({ page, api }) => {
  await api.confirm(goneAt(0), 'ZD-4711 Kündigung')
  const batch = await batchOf(api.client, [goneAt(1), goneAt(2)])
  await api.confirm(second)
  await page.goto('/history')
  await expect(rows(page)).toHaveCount(3)

  await test.step('a return is found by its number or its note, and filters are cleared by one button; nothing to export is not offered', async () => {
    await expect(clear(page)).toHaveCount(0)
    await search(page).fill(second.number)
    await expect(rows(page)).toHaveCount(1)
    await expectAccessible(page)
    await clear(page).click()
    await expect(rows(page)).toHaveCount(3)
    await expect(search(page)).toBeFocused()
    await expect(page).toHaveURL(/\/history$/)
    await expect(page.getByRole('button', { name: 'Export' })).toBeVisible()

    await search(page).fill('nobody')
    await expect(page.getByText('Nothing matches')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Export' })).toHaveCount(0)
    await clear(page).click()
    await expect(rows(page)).toHaveCount(3)

    // With or without its accents.
    for (const typed of ['zd-4711', 'kundigung']) {
      await search(page).fill(typed)
      await expect(rows(page)).toHaveCount(1)
      await expect(rows(page)).toContainText('ZD-4711 Kündigung')
      await search(page).fill('')
      await expect(rows(page)).toHaveCount(3)
    }
  })

  await test.step('j, k, Home and End move through the rows, Enter opens one, and one line takes part in the Tab order', async () => {
    await rows(page).first().focus()
    await page.keyboard.press('j')
    await expect(rows(page).nth(1)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(new RegExp(`batch=${batch}`))
    await page.keyboard.press('Escape')
    await expect(rows(page).nth(1)).toBeFocused()
    await page.keyboard.press('End')
    await expect(rows(page).nth(2)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: `Receipt for ${goneAt(0).number}` })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(rows(page).nth(2)).toBeFocused()
    await page.keyboard.press('k')
    await expect(rows(page).nth(1)).toBeFocused()
    await page.keyboard.press('Home')
    await expect(rows(page).first()).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: `Receipt for ${second.number}` })).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(table(page).getByRole('link', { name: 'Alder Family Dentistry' }).first()).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(table(page).locator(':focus')).toHaveCount(0)
  })
})

test('days are asked for as they are meant: turned the right way round, none for a day that is none, and once when typed', async ({
  page,
  api,
}) => {
  await api.confirm(goneAt(0))
  await test.step('days the wrong way round are called so, and one press turns them', async () => {
    const asked: string[] = []
    page.on('request', (request) => {
      if (/\/api\/returns\?.*from=/.test(request.url())) asked.push(request.url())
    })
    await page.goto('/history?from=2099-12-31&to=2020-01-01')
    await expect(page.getByText('The first day is after the last')).toBeVisible()
    await expect(page.getByText('Nothing matches')).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Export' })).toHaveCount(0)
    await expectAccessible(page)
    expect(asked).toEqual([])
    await page.getByRole('button', { name: 'Swap the days' }).click()
    await expect(page.getByLabel('From')).toHaveValue('2020-01-01')
    await expect(page.getByLabel('To')).toHaveValue('2099-12-31')
    await expect(rows(page)).toHaveCount(1)
    await page.getByLabel('From').fill('2099-12-31')
    await page.getByLabel('To').fill('2020-01-01')
    await expect(page.getByText('The first day is after the last')).toBeVisible()
    await clear(page).click()
    await expect(rows(page)).toHaveCount(1)
    await expect(page).toHaveURL(/\/history$/)
  })

  await test.step('a day that is none filters nothing', async () => {
    await page.goto('/history?from=2026&to=2026-13-45')
    await expect(rows(page)).toHaveCount(1)
    await expect(page.getByLabel('From')).toHaveValue('')
    await expect(page.getByLabel('To')).toHaveValue('')
    await expect(clear(page)).toHaveCount(0)
    const exported = page.waitForRequest(/format=csv/)
    await exportFrom(page, page.getByRole('button', { name: 'Export' }), 'CSV')
    expect(new URL((await exported).url()).search).toBe('?format=csv')
  })

  await test.step('a typed day is asked for once, by way of no other year, and makes one step back', async () => {
    const asked: string[] = []
    page.on('request', (request) => {
      const from = new URL(request.url()).searchParams.get('from')
      if (request.url().includes('/api/returns?') && from !== null) asked.push(from)
    })
    const steps = () => page.evaluate(() => history.length)
    const before = await steps()
    await page.getByLabel('From').pressSequentially('11202020')
    await expect(page).toHaveURL(/from=2020-11-20/)
    await expect(rows(page)).toHaveCount(1)
    expect(await steps()).toBe(before + 1)
    expect(asked.map((from) => from.slice(0, 4))).toEqual(['2020'])
    await page.getByLabel('To').pressSequentially('11202020')
    await page.getByLabel('To').press('Enter')
    await expect(page.getByText('Nothing matches')).toBeVisible()
    expect(await steps()).toBe(before + 2)
    await page.goBack()
    await expect(page.getByLabel('To')).toHaveValue('')
    await expect(rows(page)).toHaveCount(1)
  })
})
