import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { batchOf, goneAt } from '../support/history.ts'
import { failReads } from '../support/inventory.ts'
import { expectSoundLayout } from '../support/layout.ts'
import { DISCONNECTED, expectFocusKept, expectState, giveSession, tabTo, wholeList } from '../support/page-steps.ts'
import { expect, test } from '../support/return-test.ts'
import { answerOnly, FRONT_DESK, RETURN, sentNumbers } from '../support/returns.ts'

const [first, second, third] = FRONT_DESK
const ALDER = 'Alder Family Dentistry'

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const agents = (page: Page) => page.getByRole('region', { name: 'Agent accounts' })
const returned = (page: Page) => page.getByRole('region', { name: 'Returned from here' })
const agent = (page: Page, name: string) =>
  agents(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name }) })

test.use({ sharedApp: 'returns' })

test.beforeEach(async ({ page, sandbox }) => {
  await giveSession(page, sandbox.tokens.reseller)
})

test('every customer’s name leads to its page: from a row, a group, a number, a receipt, History and a recap', async ({
  page,
  api,
}) => {
  await api.confirm(first)
  await batchOf(api.client, [second, goneAt(1)])
  // Each page of the app is left by its link, so that the document is loaded once.
  const leads = async (link: Locator) => {
    await link.first().click()
    await expect(page).toHaveURL(/\/customers\/8001$/)
    await expect(heading(page, ALDER)).toBeVisible()
    await page.goBack()
  }
  const table = (name: string) => page.getByRole('table', { name })
  const dialog = page.getByRole('dialog')
  const whole = `${ALDER} (8001)`
  await page.goto('/numbers')
  await wholeList(page, 88)
  await leads(table('Assigned numbers').getByRole('link', { name: ALDER }))
  await page.getByRole('button', { name: third.number, exact: true }).click()
  await leads(dialog.getByRole('link', { name: whole }))
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'History' }).click()
  await leads(table('Returns').getByRole('link', { name: ALDER }))
  await page.getByRole('button', { name: `Receipt for ${first.number}` }).click()
  await leads(dialog.getByRole('link', { name: whole }))
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Batch of 2 numbers' }).click()
  await leads(dialog.getByRole('link', { name: ALDER }))
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Numbers', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Group' }).check()
  await leads(table('Assigned numbers').getByRole('link', { name: ALDER }))
  // The line of a group still folds, beside its name and by the key.
  const fold = page.getByRole('button', { name: `${ALDER} 8001` })
  await fold.click()
  await expect(fold).toHaveAttribute('aria-expanded', 'false')
  await page.getByRole('link', { name: ALDER }).first().press('Enter')
  await expect(heading(page, ALDER)).toBeVisible()
})

test('shows its state, its agents, each number, and what was returned, 44 px high on a phone, with a text for the customer', async ({
  page,
  context,
  api,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await api.treatReturns({ answer: { kind: 'success-false', message: 'Port pending' } }, '+16025550104')
  await api.confirm({ number: '+16025550101', accountId: '100034' }, 'owes us money')
  await api.confirm({ number: '+16025550104', accountId: '100035' })
  await api.confirm(first)
  await page.goto('/customers/8010')
  await expect(page.getByText('5 numbers in 3 accounts')).toBeVisible()
  await expectState(page, async () => {
    await expect(heading(page, 'Copperline Fitness')).toBeVisible()
    await expect(page.getByText('Customer 8010')).toBeVisible()
    await expect(page.getByText(/\(\d+ \w+ ago\)/)).toBeVisible()
    await expect(agent(page, 'Membership')).toContainText(/100034.*Cancelled.*Closed its studios/)
    await expect(agent(page, 'Lost and found').getByRole('link')).toHaveText(['+16025550106'])
    await expect(returned(page).getByRole('listitem')).toHaveText([
      /^\+16025550104.*Refused/,
      /^\+16025550101.*Returned/,
    ])
    await expectSoundLayout(page)
    if ((page.viewportSize()?.width ?? 0) > 360) return
    for (const target of await page.getByRole('main').locator('a:visible, button:visible').all())
      expect((await target.boundingBox())?.height, (await target.textContent()) ?? '').toBeGreaterThanOrEqual(43.5)
  })
  await returned(page).getByRole('button', { name: 'Copy text for the customer' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Text for Copperline Fitness copied' })).toBeVisible()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toContain('Returns of 2 numbers of Copperline Fitness')
  expect(text).toMatch(/\+16025550101, Membership: returned, confirmed gone, requested/)
  expect(text).not.toMatch(/owes us|Port pending|\+1214/)

  await agent(page, 'Membership').getByRole('link', { name: '+16025550102' }).click()
  await expect(page.getByRole('dialog', { name: '+16025550102' })).toBeVisible()
  await page.goBack()
  await returned(page).getByRole('link', { name: 'Receipt for +16025550104' }).click()
  await expect(page.getByRole('dialog', { name: 'Receipt for +16025550104' })).toContainText('Port pending')
  await page.goBack()
  await page.getByRole('link', { name: 'Show in Numbers' }).click()
  await expect(page.getByText('· 5 shown', { exact: true })).toBeVisible()
})

test('Return all asks about every number that can be returned, says what it leaves out, and starts one batch', async ({
  page,
  sandbox: { control },
}) => {
  await control.addNumber('+16025550101', '100001')
  await page.goto('/customers/8010')
  await expect(page.getByText('6 numbers in 3 accounts')).toBeVisible()
  await expect(page.getByText('1 of its numbers is left out: 1 is in two accounts.')).toBeVisible()
  await expect(agent(page, 'Membership')).toContainText('In two accounts')
  const waiting = await answerOnly(control, 1)
  const button = page.getByRole('button', { name: 'Return 5 of 6 numbers…' })
  await tabTo(page, button)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('alertdialog', { name: 'Return 5 numbers?' })
  await expect(dialog).toContainText('1 of its numbers is left out: 1 is in two accounts.')
  await expect(dialog.getByRole('heading', { name: 'Copperline Fitness' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
  await page.keyboard.press('Enter')
  await dialog.getByLabel('Type the count').fill('5')
  await dialog.getByRole('button', { name: 'Return numbers' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('region', { name: /^Batch of \d+ numbers/ })).toBeFocused()
  await control.waitFor(RETURN, 3)
  await expect(agents(page).getByText('In a batch').first()).toBeVisible()
  await expect(page.getByRole('button', { name: /^Return (?:all|\d+ of)/ })).toHaveCount(0)
  await expectFocusKept(page)
  await expectAccessible(page)
  await control.release(waiting)
  await expect(returned(page).getByText('confirmed gone')).toHaveCount(5, { timeout: 20_000 })
  await expect(agents(page).getByRole('link')).toHaveText(['+16025550101'])
  expect((await sentNumbers(control)).sort()).toEqual([
    '+16025550102',
    '+16025550103',
    '+16025550104',
    '+16025550105',
    '+16025550106',
  ])
})

test.describe('more numbers than a batch holds', () => {
  test.use({ appEnv: { MAX_BATCH: '3' } })

  test('are not listed; the first ones can be taken', async ({ page }) => {
    await page.goto('/customers/8010')
    await page.getByRole('button', { name: 'Return all 6 numbers…' }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Return 6 numbers?' })
    await expect(dialog).toContainText('A batch can have at most 3 numbers')
    await dialog.getByRole('button', { name: 'Take the first 3' }).click()
    await expect(page.getByRole('alertdialog', { name: 'Return 3 numbers?' }).getByRole('listitem')).toHaveText([
      '+16025550104',
      '+16025550105',
      '+16025550106',
    ])
  })
})

test('what is not there, not read or not allowed is said, and only what can be done is offered', async ({
  page,
  sandbox,
}) => {
  await test.step('an id of no customer is said once everything is read, with a way back', async () => {
    await page.goto('/customers/8099')
    await expect(page.getByText('There is no customer with the id 8099')).toBeVisible()
    await expectState(page, async () => {
      await expect(heading(page, 'Customer 8099')).toBeVisible()
      await expect(page.getByText('All accounts were read; none belongs to it.')).toBeVisible()
      await expect(returned(page)).toHaveCount(0)
    })
    await page.keyboard.press('g')
    await page.keyboard.press('h')
    await expect(heading(page, 'History')).toBeVisible()
    await page.goBack()
    await page.getByRole('link', { name: 'Go to Numbers' }).click()
    await wholeList(page, 90)
  })

  await test.step('a list that is not complete is said, and its numbers are not called all', async () => {
    await failReads(sandbox.control, '100034')
    await failReads(sandbox.control, '100040')
    await page.goto('/customers/8010')
    const alert = page.getByRole('main').getByRole('alert')
    await expect(alert).toContainText(
      'Not complete: 2 accounts could not be read. There may be more numbers than these.',
    )
    await expectState(page, async () => {
      await expect(alert).toContainText('Membership')
      await expect(alert).not.toContainText('Old studio line')
      // As it was read before.
      await expect(agent(page, 'Membership')).toContainText('Not read again')
      await expect(agent(page, 'Membership').getByRole('link')).toHaveCount(3)
      await expect(agent(page, 'Classes')).not.toContainText('Not read again')
      await expect(page.getByText('6 numbers shown', { exact: true })).toBeVisible()
      await expect(page.getByRole('button', { name: 'Return the 6 numbers shown…' })).toBeVisible()
    })
    await sandbox.control.clearFaults()
    await alert.getByRole('button', { name: 'Retry' }).click()
    await expect(page.getByRole('button', { name: 'Return all 6 numbers…' })).toBeVisible()
    await expect(alert).toHaveCount(0)
  })

  await test.step('a token that may only read sees the page without Return all, and why, and the list without anything to choose', async () => {
    await giveSession(page, sandbox.tokens.organization)
    await page.goto('/customers/8001')
    await expect(page.getByText('10 numbers in 5 accounts')).toBeVisible()
    await expect(page.getByText('You can view numbers, but not return them')).toBeVisible()
    await expect(page.getByRole('button', { name: /^Return/ })).toHaveCount(0)
    await expectAccessible(page)
    await page.getByRole('link', { name: 'Numbers', exact: true }).click()
    await expect(page.getByText('You can view numbers, but not return them')).toBeVisible()
    await expect(page.getByRole('table', { name: 'Assigned numbers' }).getByRole('row').nth(1)).toBeVisible()
    await page.getByRole('checkbox', { name: 'Group' }).check()
    await expect(page.getByRole('checkbox', { name: /^Select/ })).toHaveCount(0)
    await expect(page.getByRole('button', { name: /^(?:Select|Return|Check)/ })).toHaveCount(0)
  })
})

test.describe('offline', () => {
  test.use({ expectedConsoleErrors: [DISCONNECTED] })

  test('a customer without numbers keeps what was returned, and nothing is offered', async ({ page, api }) => {
    for (let line = 1; line <= 6; line += 1) await api.control.removeNumber(`+1602555010${line}`)
    await page.goto('/customers/8010')
    await expect(page.getByText('0 numbers in 3 accounts')).toBeVisible()
    await expect(agents(page).getByText('No number')).toHaveCount(3)
    await expect(returned(page)).toContainText('Nothing of this customer has been returned from here.')
    await expect(page.getByRole('button', { name: /^Return/ })).toHaveCount(0)
    await expectAccessible(page)
    await page.context().setOffline(true)
    await expect(page.getByText('You are offline.')).toBeVisible()
    await expect(agents(page)).toBeVisible()
  })
})
