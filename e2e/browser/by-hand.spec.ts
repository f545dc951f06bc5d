import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { failReads } from '../support/inventory.ts'
import { openByHand, openList, wholeList } from '../support/page-steps.ts'
import { expect, test } from '../support/return-test.ts'
import { FRONT_DESK } from '../support/returns.ts'

test.use({ sharedApp: 'returns' })

const [PLACE, OTHER] = FRONT_DESK
const NOBODYS = '+12145550777'

const form = (page: Page) => page.getByRole('dialog', { name: 'Return another number' })
const lastFour = (page: Page) => page.getByLabel('Last four digits')
const question = (page: Page) => page.getByRole('alertdialog', { name: 'Return this number?' })

async function askFor(page: Page, number: string): Promise<void> {
  await (await openByHand(page)).getByLabel('Phone number').fill(number)
  await page.keyboard.press('Enter')
}

test('a return by hand is in a menu that works by keyboard; a listed number is confirmed at once, any other is typed twice', async ({
  page,
  api,
  sandbox,
}) => {
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  await expect(page.getByRole('button', { name: 'Return another number' })).toHaveCount(0)
  const more = page.getByRole('button', { name: 'More actions' })
  const menu = page.getByRole('menu', { name: 'More actions' })
  const item = menu.getByRole('menuitem', { name: 'Return another number' })
  await more.press('Enter')
  await expect(item).toBeFocused()
  await expectAccessible(page)
  await page.keyboard.press('ArrowDown')
  await expect(menu.getByRole('menuitem', { name: 'Find unused numbers' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(item).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(item).toHaveCount(0)
  await expect(more).toBeFocused()
  await more.press('Enter')
  await item.press('Enter')
  await expect(form(page).getByLabel('Phone number')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(more).toBeFocused()

  await test.step('a listed number goes straight to the confirmation', async () => {
    await askFor(page, '(214) 555-0101')
    await expect(question(page)).toContainText('Front desk')
    await question(page).getByRole('button', { name: 'Keep number' }).click()
  })

  await test.step('for a number that a complete list does not hold, that is said and its last four digits are asked for', async () => {
    await askFor(page, '(214) 555-0777')
    await expect(form(page).getByRole('alert')).toContainText(
      `No account holds ${NOBODYS}. The list is complete, as of`,
    )
    await expect(lastFour(page)).toBeFocused()
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await page.keyboard.type('0778')
    await page.keyboard.press('Enter')
    await expect(form(page)).toContainText(`These are not the last four digits of ${NOBODYS}.`)
    await expect(question(page)).toHaveCount(0)

    // Another number is another question.
    await form(page).getByLabel('Phone number').fill('(214) 555-0779')
    await expect(lastFour(page)).toHaveCount(0)
    await form(page).getByLabel('Phone number').fill(NOBODYS)
    await form(page).getByRole('button', { name: 'Check number' }).click()
    await lastFour(page).fill('0777')
    await form(page).getByRole('button', { name: 'Continue' }).click()
    await expect(question(page)).toContainText(NOBODYS)
    expect(await api.records()).toEqual([])
  })
})

test.describe('with requests that are refused', () => {
  // The numbering plans know no +5215512345678 without its +; and History can’t be read.
  test.use({ expectedConsoleErrors: [/status of (?:400|503)/] })

  test('digits without a country code are the listed number, and of two numbers none until one is chosen', async ({
    page,
    sandbox,
  }) => {
    for (const number of ['+5072001234', '+5215512345678']) await sandbox.control.addNumber(number, PLACE.accountId)
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 92)
    await askFor(page, '5072001234')
    await expect(form(page).getByRole('alert')).toContainText('this can mean 2 numbers')
    await expect(form(page).getByRole('button', { name: '+15072001234 (not in the list)' })).toBeVisible()
    await expect(form(page).getByRole('button', { name: 'Check number' })).toHaveAttribute('aria-disabled', 'true')
    await page.keyboard.press('Enter')
    await expect(question(page)).toHaveCount(0)
    await expectAccessible(page)
    await form(page).getByRole('button', { name: '+5072001234 (Front desk)' }).click()
    await expect(question(page)).toContainText('+5072001234')
    await question(page).getByRole('button', { name: 'Keep number' }).click()
    for (const text of ['+5215512345678', '5215512345678']) {
      await askFor(page, text)
      await expect(question(page)).toContainText('+5215512345678')
      await question(page).getByRole('button', { name: 'Keep number' }).click()
    }

    await test.step('when History can’t be read, that is said before the confirmation', async () => {
      await page.route('**/api/returns?search=*', (route) => route.fulfill({ status: 503, json: {} }))
      await askFor(page, PLACE.number)
      await expect(form(page).getByRole('alert')).toContainText(
        'Whether it was returned from here before could not be read.',
      )
      await expect(question(page)).toHaveCount(0)
      await form(page).getByRole('button', { name: 'Continue' }).click()
      await expect(question(page)).toContainText('Front desk')
    })
  })
})

test('while the list is not complete it is not known whether an account holds a number, and a return before comes first', async ({
  page,
  api,
  sandbox,
}) => {
  await failReads(sandbox.control, PLACE.accountId)
  await openList(page, sandbox.tokens.reseller)
  await expect(page.getByRole('main').getByRole('alert')).toContainText('1 account failed')
  await askFor(page, OTHER.number)
  await expect(form(page).getByRole('alert')).toContainText(
    `It is not known whether an account holds ${OTHER.number}: the list is not complete.`,
  )
  await lastFour(page).fill('0102')
  await page.keyboard.press('Enter')
  await expect(question(page)).toContainText(OTHER.number)
  await question(page).getByRole('button', { name: 'Keep number' }).click()
  await sandbox.control.clearFaults()

  await test.step('for a number that was returned from here before, the receipt comes first, listed or not', async () => {
    await api.client.events()
    const { receiptId } = (await api.confirm(PLACE, 'ticket 42')).body
    await page.getByRole('button', { name: 'Refresh' }).click()
    await wholeList(page, 89)
    await askFor(page, PLACE.number)
    const last = form(page).getByRole('region', { name: 'Its last return' })
    await expect(last).toContainText(`${PLACE.number} was returned from here before.`)
    await expect(last).toContainText(/Returned.*Front desk.*Confirmed gone.*ticket 42/s)
    await expect(last.getByRole('link', { name: 'Open receipt' })).toHaveAttribute(
      'href',
      `/history?receipt=${receiptId}`,
    )
    await expectAccessible(page)
    await lastFour(page).fill('0101')
    await page.keyboard.press('Enter')
    await expect(question(page)).toBeVisible()
    await question(page).getByRole('button', { name: 'Keep number' }).click()

    await sandbox.control.addNumber(PLACE.number, PLACE.accountId)
    await page.getByRole('button', { name: 'Refresh' }).click()
    await wholeList(page, 90)
    await askFor(page, PLACE.number)
    await expect(last).toBeVisible()
    await expect(lastFour(page)).toHaveCount(0)
    await expect(question(page)).toHaveCount(0)
    await form(page).getByRole('button', { name: 'Continue' }).click()
    await expect(question(page)).toContainText('Front desk')
  })
})
