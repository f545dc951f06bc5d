import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { atEveryWidth, expectFocusKept, giveSession, openActivity, openList, wholeList } from '../support/page-steps.ts'

test.use({ viewport: { width: 1440, height: 900 } })

const MESSAGES = { path: 'messages/recent' }
const tab = (page: Page, name: string) => page.getByRole('group', { name: 'View' }).getByRole('button', { name })
const shown = async (page: Page) => {
  const text = await page.getByText(/^ · \d+ shown$/).textContent()
  return Number(text?.match(/\d+/)?.[0])
}
/** Where the list's first line is, px below the document's top. */
const firstLine = (page: Page) =>
  page.locator('[data-index="0"]').evaluate((line) => line.getBoundingClientRect().top + window.scrollY)

test('unused numbers are found at a price named before, with a stop, and returned together', async ({
  page,
  sandbox: { control, tokens },
}) => {
  await control.configure({ use: 'believable' })
  const asked = async () => {
    const { entries } = await control.log()
    return entries.filter(({ path }) => path.endsWith(MESSAGES.path)).map(({ query }) => query.targetAccountId)
  }
  await openList(page, tokens.reseller)
  await wholeList(page, 90)
  const place = await firstLine(page)
  await expect(page.getByRole('columnheader', { name: 'Last used' })).toHaveCount(0)
  const found = (await page.request.get('/api/inventory').then((answer) => answer.json())) as {
    accounts: { numbers: unknown[] }[]
  }
  const accounts = found.accounts.filter(({ numbers }) => numbers.length > 0).length

  await test.step('what it costs is said first', async () => {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Find unused numbers' }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Find unused numbers' })
    await expect(dialog).toContainText(`Asks Vida once for each of ${accounts} accounts in view`)
    await expectAccessible(page)
    expect(await asked()).toEqual([])
  })

  await test.step('it is stopped, keeps what was read, and goes on with the rest', async () => {
    const rule = await control.fault({ match: MESSAGES, skip: 5, effect: { waitBeforeWork: true } })
    await page.getByRole('button', { name: `Ask for ${accounts} accounts` }).click()
    const panel = await openActivity(page)
    await expect(panel.getByText(new RegExp(`^[1-5] of ${accounts} accounts$`))).toBeVisible()
    await expect(panel.getByRole('progressbar', { name: 'Reading the use' })).toBeVisible()
    await expectAccessible(page)
    await panel.getByRole('button', { name: 'Stop' }).click()
    const stopped = panel.getByText(new RegExp(`stopped, [1-5] of ${accounts} accounts read$`))
    const read = Number((await stopped.textContent())?.match(/(\d) of/)?.[1])
    await control.release(rule)
    await control.clearLog()
    await panel.getByRole('button', { name: 'Continue' }).click()
    await expect(page.getByRole('status')).toContainText(`The use of ${accounts} accounts was read.`)
    expect(new Set(await asked()).size, 'what was read is not asked for again').toBe(accounts - read)
    expect(await firstLine(page), 'nothing above the list has moved').toBe(place)
  })

  await test.step('the list says when numbers were used, and which were not', async () => {
    await expect(page.getByRole('columnheader', { name: 'Last used' })).toBeVisible()
    await page.getByRole('heading', { name: 'Numbers' }).click()
    await tab(page, 'Unused').click()
    await expect(page).toHaveURL(/view=unused/)
    await expect(page.getByText(/^ · unused for 90 days$/)).toBeVisible()
    await expect(page.getByText(/ · of \d+ Vida does not say$/)).toBeVisible()
    await expect(page.getByText(/^ · use as of /)).toBeVisible()
    await expectAccessible(page)
    const unused = await shown(page)
    expect(unused).toBeGreaterThan(0)
    await expect(tab(page, 'Unused')).toHaveText(`Unused${unused}`)
    await page.getByRole('button', { name: /^Rows: / }).click()
    await page.getByRole('checkbox', { name: 'Unused for 180 days' }).check()
    await page.keyboard.press('Escape')
    await expect(page).toHaveURL(/only=unused180/)
    await expect.poll(() => page.getByRole('table', { name: 'Assigned numbers' }).count()).toBe(0)
    await expect(page.getByText('No unused numbers')).toBeVisible()
    await page.goBack()
    await expect(page.getByText(/^ · unused for 90 days$/)).toBeVisible()
    expect(await shown(page)).toBe(unused)
  })

  await test.step('a number’s page says it, too, and what was read is there after a reload', async () => {
    const unused = await shown(page)
    await control.clearLog()
    await page.reload()
    await wholeList(page, 90)
    await expect(tab(page, 'Unused')).toHaveText(`Unused${unused}`)
    expect(await asked()).toEqual([])
    await page.locator('[data-index="0"]').getByRole('button', { name: /^\+/ }).click()
    await expect(page.getByRole('dialog')).toContainText(/No call or text in \d+ days/)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: `Select all ${unused} that match` }).click()
    await page.getByRole('button', { name: /^Return \d+/ }).click()
    await expect(page.getByRole('alertdialog')).toContainText(`${unused} numbers`)
  })
})

test('with a price, the churn queue and the unused numbers say what they cost', async ({
  page,
  sandbox: { tokens },
}) => {
  await openList(page, tokens.reseller)
  await wholeList(page, 90)
  await tab(page, 'Churn queue').click()
  const queue = await shown(page)
  await expect(page.getByText(/a month/)).toHaveCount(0)

  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('link', { name: 'Settings' }).click()
  const price = page.getByLabel('Price a month', { exact: true })
  const save = page.getByRole('button', { name: 'Save price' })
  await price.fill('two')
  await save.click()
  await expect(price).toBeFocused()
  await expect(page.getByRole('alert').filter({ hasText: 'A price is a number such as 2.50.' })).toBeVisible()
  await price.fill('2.00')
  await page.getByRole('button', { name: 'Add a country' }).click()
  await page.getByLabel('Country 1', { exact: true }).selectOption('United Kingdom')
  await page.getByLabel('Its price 1').fill('1000')
  await atEveryWidth(page, async (_, theme) => {
    await expectAccessible(page, theme === 'light' ? 'everything' : 'colors')
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  })
  await page.setViewportSize({ width: 1440, height: 900 })
  await save.click()
  await expect(page.getByRole('status')).toContainText('The price was saved.')

  await page.goBack()
  await expect(page.getByText(/^ · about \$\d[\d,.]* a month$/)).toBeVisible()
  expect(await shown(page)).toBe(queue)
  await page.goto('/numbers?view=churn&country=US')
  const american = await shown(page)
  await expect(page.getByText(`${american} numbers`, { exact: true }).last()).toBeVisible()
  await expect(page.getByText(new RegExp(`^ · about \\$${2 * american}(\\.00)? a month$`))).toBeVisible()

  await giveSession(page, tokens.partner)
  await page.goto('/numbers?view=churn')
  await expect(page.getByText(/shown$/)).toBeVisible()
  await expect(page.getByText(/a month/), 'another account has no price').toHaveCount(0)

  await giveSession(page, tokens.reseller)
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Remove price' }).click()
  await expect(page.getByRole('status')).toContainText('The price was removed.')
  await expect(page.getByRole('button', { name: 'Remove price' })).toHaveCount(0)
  await expectFocusKept(page)
  await expect(price).toHaveValue('')
})
