import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { batchOf } from '../support/history.ts'
import { openList, wholeList } from '../support/page-steps.ts'
import { expect, test } from '../support/return-test.ts'
import { FRONT_DESK, postsIn } from '../support/returns.ts'

test.use({ sharedApp: 'returns' })

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search everything' })
const field = (page: Page) => palette(page).getByRole('combobox', { name: 'Search everything' })
const group = (page: Page, name: string) => palette(page).getByRole('group', { name })
const option = (page: Page, name: string | RegExp) => palette(page).getByRole('option', { name })
const line = (page: Page, index: number) =>
  page.getByRole('table', { name: 'Assigned numbers' }).locator(`[data-index="${index}"]`)

test.describe('on the list', () => {
  test.beforeEach(async ({ page, sandbox }) => {
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
  })

  test('Ctrl+K finds a number by its last digits, also what was typed before its code had come, and the focus returns where nothing is chosen', async ({
    page,
  }) => {
    await test.step('what is typed and entered before the code has come is found and chosen then, and never acts on the row', async () => {
      await expect(line(page, 0)).toBeFocused()
      const held = Promise.withResolvers<void>()
      await page.route('**/_next/static/**', (route) => held.promise.then(() => route.continue()))
      await page.keyboard.press('Control+k')
      await page.keyboard.type('export csv of all')
      await page.keyboard.press('Enter')
      await page.keyboard.type('more')
      const download = page.waitForEvent('download')
      held.resolve()
      expect((await download).suggestedFilename()).toMatch(/\.csv$/)
      await expect(palette(page)).toHaveCount(0)
      await expect(page.getByText(/^\d+ selected/)).toHaveCount(0)
      await expect(page.getByRole('alertdialog')).toHaveCount(0)
      await page.unrouteAll()
    })

    await test.step('a number by its last digits, and the focus returns where nothing is chosen', async () => {
      await expect(line(page, 0)).toBeFocused()
      await page.keyboard.press('j')
      await page.keyboard.press('Control+k')
      await expect(field(page)).toBeFocused()
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await expect(line(page, 1)).toBeFocused()
      await page.keyboard.press('Control+k')
      await page.keyboard.type('214 555-0101')
      await expect(field(page)).toHaveValue('214 555-0101')
      await expect(option(page, /^\+12145550101/)).toHaveAttribute('aria-selected', 'true')
      await expectAccessible(page)
      await page.keyboard.press('Enter')
      const panel = page.getByRole('dialog', { name: '+12145550101' })
      await panel.getByRole('button', { name: 'Return +12145550101' }).click()
      await expect(page.getByRole('alertdialog')).toBeVisible()
      await page.keyboard.press('Control+k')
      await expect(palette(page), 'not over a confirmation').toHaveCount(0)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('alertdialog')).toHaveCount(0)
    })
  })

  test('actions have their key beside them and only those that are possible are there; keys and a pointer move through the groups', async ({
    page,
    sandbox,
  }) => {
    await test.step('actions have their key beside them, only those that are possible are there, and a return is still asked for', async () => {
      await page.keyboard.press('Control+k')
      await expect(option(page, /^Undo/)).toHaveCount(0)
      await expect(option(page, /^Return the selected/)).toHaveCount(0)
      await expect(option(page, 'Select all that match Ctrl A')).toBeVisible()
      await page.keyboard.type('history')
      await expect(option(page, 'Go to History g h')).toHaveAttribute('aria-selected', 'true')
      await page.keyboard.press('Escape')
      await expect(line(page, 0)).toBeFocused()
      for (const key of ['x', 'j', 'x']) await page.keyboard.press(key)
      await page.keyboard.press('Control+k')
      await page.keyboard.type('return sel')
      await expect(option(page, 'Return the selected numbers (asks first) Shift r')).toBeVisible()
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('alertdialog', { name: 'Return 2 numbers?' })
      await expect(dialog.getByRole('button', { name: 'Keep numbers' })).toBeFocused()
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
      await expect(line(page, 1)).toBeFocused()
      expect(await postsIn(sandbox.control)).toEqual([])
    })

    await test.step('the arrow keys, Home and End move through the groups, a pointer too, from a text field and for a customer and an agent', async () => {
      await page.getByRole('button', { name: 'Clear selection' }).click()
      const search = page.getByRole('searchbox', { name: 'Search numbers' })
      await search.focus()
      await page.keyboard.press('Control+k')
      await page.keyboard.type('alder')
      const first = option(page, /^Alder Family Dentistry/)
      await expect(group(page, 'Customers').getByRole('option')).toHaveCount(1)
      await expect(first).toHaveAttribute('aria-selected', 'true')
      const active = () => field(page).getAttribute('aria-activedescendant')
      const begins = await active()
      await page.keyboard.press('End')
      await expect(palette(page).getByRole('option').last()).toHaveAttribute('aria-selected', 'true')
      await page.keyboard.press('ArrowDown')
      await expect.poll(active).toBe(begins)
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Home')
      await expect.poll(active).toBe(begins)
      await group(page, 'Numbers').getByRole('option').nth(1).hover()
      await expect(group(page, 'Numbers').getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true')
      await page.keyboard.press('Escape')
      await expect(search).toBeFocused()

      await page.keyboard.press('Control+k')
      await page.keyboard.type('100001')
      await group(page, 'Agents')
        .getByRole('option', { name: /^Front desk/ })
        .click()
      await expect(search).toHaveValue('account:100001')
      await expect(search).toBeFocused()
    })
  })
})

test('receipts and batches are found on every page, by their ids, too, a mouse opens it from the menu, and on a phone it is a sheet', async ({
  page,
  sandbox,
  signIn,
}) => {
  const client = await signIn()
  const batchId = await batchOf(client, FRONT_DESK.slice(0, 2), 'Ticket 4711')
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 88)
  await page.goto('/history')
  const settings = page.getByRole('button', { name: 'Settings' })
  await settings.click()
  await page.getByRole('button', { name: 'Search everything…' }).click()
  await field(page).fill('ticket 4711')
  await expect(group(page, 'Receipts').getByRole('option')).toHaveCount(2)
  await expectAccessible(page)
  await option(page, /^Batch of 2 numbers/).click()
  await expect(page.getByRole('dialog', { name: /^Batch of 2 numbers/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(settings).toBeFocused()
  await page.keyboard.press('Control+k')
  await field(page).fill(batchId.toLowerCase())
  await group(page, 'Receipts')
    .getByRole('option', { name: /^\+12145550101/ })
    .click()
  await expect(page.getByRole('dialog').getByText('+12145550101').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await field(page).fill('0103')
  await option(page, /^\+12145550103/).click()
  await expect(page).toHaveURL(/\/numbers\?number=%2B12145550103/)
  await expect(page.getByRole('dialog', { name: '+12145550103' })).toBeVisible()

  await test.step('on a phone it is a sheet that a finger uses; it searches what is read while it is open, and says when nothing matches', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    const reading = await sandbox.control.fault({ match: { path: 'phoneNumbers' }, effect: { waitBeforeWork: true } })
    await page.goto('/numbers')
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Search everything…' }).click()
    await field(page).fill('no such thing anywhere')
    await expect(palette(page).getByText('Only what was read so far is searched')).toBeVisible()
    await sandbox.control.release(reading)
    // Once it rests, it is announced, too.
    await expect(palette(page).getByText('Nothing matches.').first()).toBeVisible()
    await field(page).fill('theme: dark')
    const before = await palette(page).boundingBox()
    await option(page, 'Theme: dark').click()
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    expect(before?.width).toBe(390)
  })
})
