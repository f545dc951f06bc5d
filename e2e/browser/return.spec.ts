import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import {
  expectQuiet,
  openActivity,
  openByHand,
  openConfirmation,
  openList,
  REFUSED,
  wholeList,
} from '../support/page-steps.ts'
import { postsIn, RETURN } from '../support/returns.ts'

test.use({ sharedApp: 'returns' })

const NUMBER = '+12145550101'
const SECOND = '+12145550102'
const THIRD = '+12145550103'

test.beforeEach(async ({ page, sandbox }) => {
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
})

test('one click on Return number sends one request as Vida documents it, and what Vida refused or no longer has there is not called returned', async ({
  page,
  sandbox,
}) => {
  await test.step('one request is sent, and the list shows what is true', async () => {
    const dialog = await openConfirmation(page, NUMBER)
    await expect(dialog).toContainText('Front desk')
    await expect(dialog).toContainText('Alder Family Dentistry')
    await expect(dialog.getByRole('button', { name: 'Keep number' })).toBeFocused()
    await expectAccessible(page)
    await dialog.getByLabel('Note').fill('ticket 42')
    await dialog.getByRole('button', { name: 'Return number' }).dblclick()
    await expect(page.getByRole('status').filter({ hasText: NUMBER })).toBeVisible()
    await expect(dialog).toBeHidden()
    const sent = await postsIn(sandbox.control)
    expect(sent.map(({ queryKeys, body }) => [queryKeys, body])).toEqual([[['token'], { number: NUMBER }]])
    await page.getByRole('searchbox', { name: 'Search numbers' }).fill('')
    await wholeList(page, 89)
    await expect(page.getByText(NUMBER, { exact: true })).toHaveCount(0)
  })

  await test.step('Vida’s refusal is shown in Vida’s words, as text, and the number stays', async () => {
    await sandbox.control.fault({
      match: { ...RETURN, number: SECOND },
      effect: { answer: { kind: 'success-false', message: '<img src=x onerror=alert(1)> Port pending' } },
    })
    const dialog = await openConfirmation(page, SECOND)
    await dialog.getByRole('button', { name: 'Return number' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('alert').filter({ hasText: 'Not returned: Vida refused' })).toBeVisible()
    const outcome = await openActivity(page)
    await expect(outcome).toContainText('Vida said: “<img src=x onerror=alert(1)> Port pending”')
    await expect(outcome).toContainText(`${SECOND} stays with Front desk.`)
    await expect(page.getByRole('row').filter({ hasText: SECOND })).toContainText('Port pending')
    await expect(page.locator('img')).toHaveCount(0)
    await expectAccessible(page)
    await (await openActivity(page)).getByRole('button', { name: /^Dismiss the outcome/ }).click()
    await expectQuiet(page)
    await expect(page.getByRole('table').getByText(SECOND, { exact: true })).toBeVisible()
  })

  await test.step('a number that was moved before: nothing was sent, and the list shows where it is', async () => {
    await sandbox.control.moveNumber(THIRD, '100010')
    const dialog = await openConfirmation(page, THIRD)
    await dialog.getByRole('button', { name: 'Return number' }).click()
    await expect(dialog).toBeHidden()
    await expect(await openActivity(page)).toContainText(`Nothing was returned: ${THIRD} was no longer in Front desk`)
    await expect(page.getByRole('row').filter({ hasText: THIRD })).toContainText('Bluebird Bakery 8003')
    await expect(page.getByText(/^89 numbers in 41 accounts/)).toBeVisible()
    await expectAccessible(page)
    await (await openActivity(page)).getByRole('link', { name: /^Receipt of/ }).click()
    await expect(page.getByRole('dialog', { name: `Receipt for ${THIRD}` })).toContainText('Nothing was sent.')
    expect(await postsIn(sandbox.control), 'of the two before').toHaveLength(2)
  })
})

test('the confirmation names who holds the number, and Keep number and Escape send nothing', async ({
  page,
  sandbox,
}) => {
  const dialog = await openConfirmation(page, NUMBER)
  await dialog.getByRole('button', { name: 'Keep number' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: `Return ${NUMBER}` })).toBeFocused()
  await openConfirmation(page, NUMBER)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  // With their ids, because two customers may share a name.
  for (const [number, organization] of [
    ['+442079460101', 'Bluebird Bakery 8003'],
    ['+13125550101', 'Bluebird Bakery 8009'],
  ] as const) {
    await page.getByRole('searchbox', { name: 'Search numbers' }).fill(number)
    await expect(page.getByRole('row').filter({ hasText: number })).toContainText(organization)
    await openConfirmation(page, number)
    await expect(dialog).toContainText(organization)
    await expect(dialog).toContainText(/State\s*Active/)
    await expect(dialog).toContainText('The account is active')
    await expect(dialog).toContainText(/Its provider is (twilio|telnyx|bandwidth)/)
    await dialog.getByRole('button', { name: 'Keep number' }).click()
    await expect(dialog).toBeHidden()
  }
  await page.getByRole('searchbox', { name: 'Search numbers' }).fill('')
  const cancelled = page.getByRole('button', { name: 'Cancelled: 15 numbers, filter' })
  await cancelled.click()
  await expect(page.getByText('· 15 shown', { exact: true })).toBeVisible()
  await page
    .getByRole('row')
    .getByRole('button', { name: /^Return \+/ })
    .first()
    .click()
  await expect(dialog).toContainText(/State\s*Cancelled/)
  await expect(dialog).not.toContainText('The account is active')
  await dialog.getByRole('button', { name: 'Keep number' }).click()
  await cancelled.click()
  await openConfirmation(page, '+12145550110')
  await expect(dialog, 'of an agent’s last one').toContainText(/last number/)
  expect(await postsIn(sandbox.control)).toEqual([])
})

test('a result leads to its receipt, and leaves by itself unless the focus is on it', async ({ page }) => {
  await page.clock.install()
  const dialog = await openConfirmation(page, NUMBER)
  await dialog.getByRole('button', { name: 'Return number' }).click()
  const link = page.getByRole('status').filter({ hasText: 'was returned.' }).getByRole('link', { name: 'Receipt' })
  await link.focus()
  await page.clock.runFor(60_000)
  await expect(link).toBeFocused()
  await page.getByRole('searchbox', { name: 'Search numbers' }).focus()
  await page.clock.runFor(10_000)
  await expect(link).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Dismiss message' })).toHaveCount(0)

  await page.getByRole('searchbox', { name: 'Search numbers' }).fill('+12145550102')
  await page.getByRole('button', { name: 'Return +12145550102' }).click()
  await dialog.getByRole('button', { name: 'Return number' }).click()
  await link.click()
  await expect(page.getByRole('dialog', { name: 'Receipt for +12145550102' })).toContainText('Confirmed gone')
})

test.describe('an account that can’t be read just then', () => {
  test.use({ expectedConsoleErrors: [REFUSED] })

  test('is told at the row: nothing was sent, and it may be confirmed again', async ({ page, sandbox }) => {
    const unreadable = { path: 'phoneNumbers', targetAccountId: '100001' }
    await sandbox.control.fault({ match: unreadable, effect: { answer: { kind: 'status', status: 400 } } })
    const dialog = await openConfirmation(page, NUMBER)
    await dialog.getByRole('button', { name: 'Return number' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'Nothing was sent' })).toBeVisible()
    await expect(page.getByRole('row').filter({ hasText: NUMBER })).toContainText('Nothing was sent')
    expect(await postsIn(sandbox.control)).toEqual([])
    await sandbox.control.clearFaults()
    await page.getByRole('button', { name: `Return ${NUMBER}` }).click()
    await dialog.getByRole('button', { name: 'Return number' }).click()
    await expectQuiet(page)
    await expect(page.getByRole('status').filter({ hasText: NUMBER })).toBeVisible()
    expect(await postsIn(sandbox.control)).toHaveLength(1)
  })
})

test.describe('by hand', () => {
  test.use({ expectedConsoleErrors: [/status of 400/] })

  test('a number typed in any usual form is shown back in full before the confirmation, with its earlier returns; a check that was cancelled opens none', async ({
    page,
    sandbox,
  }) => {
    await test.step('a number whose check was cancelled opens no confirmation when its answer comes', async () => {
      const held: (() => Promise<void>)[] = []
      const PARSE = '**/api/numbers/parse'
      await page.route(PARSE, (route) => held.push(() => route.continue()))
      const form = await openByHand(page)
      await form.getByLabel('Phone number').fill('(214) 555-0777')
      await page.keyboard.press('Enter')
      await expect.poll(() => held.length).toBe(1)
      await expect(form.getByLabel('Phone number')).not.toBeEditable()
      await form.getByRole('button', { name: 'Cancel' }).click()
      await expect(form).toBeHidden()
      const answered = page.waitForResponse(PARSE)
      await held[0]?.()
      await (await answered).finished()

      // Another answer, which the page draws after the one before.
      await openByHand(page)
      await form.getByLabel('Phone number').fill(NUMBER)
      await page.keyboard.press('Enter')
      await expect.poll(() => held.length).toBe(2)
      await expect(page.getByRole('alertdialog')).toHaveCount(0)
      await held[1]?.()
      const asked = page.getByRole('alertdialog', { name: 'Return this number?' })
      await expect(asked).toContainText(NUMBER)
      await page.keyboard.press('Escape')
      await expect(asked).toBeHidden()
      await page.unrouteAll()
    })

    await test.step('a number typed in any usual form is shown back in full, with its earlier returns', async () => {
      await sandbox.control.addNumber('+12145550777', '100001')
      const form = await openByHand(page)
      const field = form.getByLabel('Phone number')
      await field.fill('not a number')
      await page.keyboard.press('Enter')
      await expect(form.getByText(/not a phone number/i)).toBeVisible()
      await field.fill('(214) 555-0777')
      await page.keyboard.press('Enter')
      await form.getByLabel('Last four digits').fill('0777')
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('alertdialog', { name: 'Return this number?' })
      await expect(dialog).toContainText('+12145550777')
      await dialog.getByRole('button', { name: 'Return number' }).click()
      await expect(page.getByRole('status').filter({ hasText: '+12145550777' })).toBeVisible()
      expect((await postsIn(sandbox.control)).map(({ body }) => body)).toEqual([{ number: '+12145550777' }])

      const first = await openConfirmation(page, NUMBER)
      await first.getByRole('button', { name: 'Return number' }).click()
      await expect(page.getByRole('status').filter({ hasText: `${NUMBER} was returned` })).toBeVisible()
      await (await openByHand(page)).getByLabel('Phone number').fill(NUMBER)
      await page.keyboard.press('Enter')
      await form.getByLabel('Last four digits').fill(NUMBER.slice(-4))
      await page.keyboard.press('Enter')
      const before = dialog.getByRole('region', { name: 'Its returns' })
      await expect(before).toContainText('Returned')
      await expectAccessible(page)
      await before.getByRole('link').first().click()
      await expect(page.getByRole('dialog', { name: `Receipt for ${NUMBER}` })).toBeVisible()
    })
  })
})
