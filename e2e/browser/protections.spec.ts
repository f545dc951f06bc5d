import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { checkboxOf, searchBox } from '../support/batch.ts'
import { checkText, lineOf, openCheck } from '../support/check-list.ts'
import { giveSession, openByHand, openList, REFUSED, wholeList } from '../support/page-steps.ts'
import { expect, test } from '../support/return-test.ts'
import { FRONT_DESK, sentNumbers } from '../support/returns.ts'

test.use({ sharedApp: 'returns', expectedConsoleErrors: [REFUSED] })

const [first, second, third, fourth] = FRONT_DESK

const lineWith = (page: Page, number: string): Locator => page.getByRole('row').filter({ hasText: number })
const returnOf = (page: Page, number: string) => page.getByRole('button', { name: `Return ${number}`, exact: true })
const liftOf = (page: Page, number: string) => page.getByRole('button', { name: `Lift protection of ${number}` })

test('a protected number is returned in none of five ways, until its protection is lifted', async ({
  page,
  api,
  sandbox,
}) => {
  const protect = (number: string) =>
    api.client.post('/api/protections', { level: 'number', target: number, reason: 'Fire alarm line' })
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)

  await page.getByRole('button', { name: first.number, exact: true }).click()
  const drawer = page.getByRole('dialog', { name: first.number })
  await drawer.getByRole('button', { name: `Protect ${first.number}` }).click()
  const form = page.getByRole('dialog', { name: 'Protect from being returned' })
  await expect(form.getByRole('radio')).toHaveCount(3)
  await expect(form.getByRole('radio', { name: first.number })).toBeChecked()
  await expectAccessible(page)
  await form.getByLabel('Reason').fill('Main line')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: `${first.number} is protected.` })).toBeVisible()

  await test.step('alone: the row and the page of the number say why, and offer to lift it', async () => {
    await expect(drawer.getByText(`${first.number} is protected: “Main line”.`)).toBeVisible()
    await expect(drawer.getByRole('button', { name: `Return ${first.number}` })).toHaveCount(0)
    await drawer.getByRole('button', { name: 'Close' }).click()
    await expect(lineWith(page, first.number).getByText('Protected', { exact: true })).toBeVisible()
    await expect(returnOf(page, first.number)).toHaveCount(0)
    await expect(liftOf(page, first.number)).toBeVisible()
    await expect(checkboxOf(page, first.number)).toBeDisabled()
    await expectAccessible(page)
  })

  await test.step('by hand', async () => {
    const byHand = await openByHand(page)
    await byHand.getByLabel('Phone number').fill(first.number)
    await page.keyboard.press('Enter')
    await expect(
      page.getByRole('alert').filter({ hasText: `${first.number} is protected: “Main line”.` }),
    ).toBeVisible()
    await expect(page.getByRole('alertdialog')).toHaveCount(0)
  })

  await test.step('from a list', async () => {
    const check = await openCheck(page)
    await checkText(check, `${first.number}\n${second.number}`)
    await expect(lineOf(check, 1)).toContainText('Held')
    await expect(lineOf(check, 1)).toContainText('It is protected')
    await check.getByRole('button', { name: 'Select 1 number' }).click()
    await page.getByRole('button', { name: 'Clear selection' }).click()
  })

  await test.step('protected elsewhere while it is confirmed: the server refuses it, and its row says so', async () => {
    await returnOf(page, second.number).click()
    await protect(second.number)
    await page.getByRole('button', { name: 'Return number', exact: true }).click()
    await expect(lineWith(page, second.number).getByText('Nothing was sent.', { exact: true })).toBeVisible()
    await expect(lineWith(page, second.number).getByText('Protected', { exact: true })).toBeVisible()
  })

  await test.step('in a batch: it is left out, counted and named, and the others go', async () => {
    await searchBox(page).fill('Front desk')
    for (const { number } of [third, fourth]) await checkboxOf(page, number).check()
    await page.getByRole('button', { name: 'Return 2 selected numbers' }).click()
    await protect(third.number)
    const dialog = page.getByRole('alertdialog')
    await dialog.getByLabel('Type the count').fill('2')
    await dialog.getByRole('button', { name: 'Return numbers' }).click()
    await expect(dialog.getByRole('alert').filter({ hasText: 'Fire alarm line' })).toBeVisible()
    await expect(dialog.getByText(`1 number is protected and left out: ${third.number}.`)).toBeVisible()
    await dialog.getByRole('button', { name: 'Return number', exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect.poll(() => sentNumbers(sandbox.control)).toEqual([fourth.number])
    await searchBox(page).fill('')
  })

  await liftOf(page, first.number).click()
  const lift = page.getByRole('dialog', { name: 'Lift the protection?' })
  await expect(lift.getByRole('button', { name: 'Lift protection' })).toHaveAttribute('aria-disabled', 'true')
  await lift.getByLabel('Reason').fill('Line closed')
  await lift.getByRole('button', { name: 'Lift protection' }).click()
  await expect(returnOf(page, first.number)).toBeVisible()
  await returnOf(page, first.number).click()
  await page.getByRole('button', { name: 'Return number', exact: true }).click()
  await expect.poll(() => sentNumbers(sandbox.control)).toEqual([fourth.number, first.number])

  await page.getByRole('link', { name: 'History', exact: true }).click()
  await page.getByRole('button', { name: 'Protection changes' }).click()
  const changes = page.getByRole('dialog', { name: 'Protection changes' })
  await expect(changes.getByRole('listitem')).toHaveCount(4)
  await expect(changes.getByRole('listitem').first()).toContainText('Line closed')
  await expectAccessible(page)
})

test('the page of a customer protects its organization and each agent, and leaves their numbers out', async ({
  page,
  sandbox,
}) => {
  await giveSession(page, sandbox.tokens.reseller)
  await page.goto('/customers/8011')
  await page.getByRole('button', { name: 'Protect agent account Intake' }).click()
  const form = page.getByRole('dialog', { name: 'Protect from being returned' })
  await form.getByLabel('Reason').fill('Court case')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Agent account Intake (100037) is protected: “Court case”.')).toBeVisible()
  await expect(page.getByText(/are protected\.$/)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Return \d of 5 numbers…$/ })).toBeVisible()
  await page.getByRole('button', { name: 'Protect…', exact: true }).first().click()
  await form.getByLabel('Reason').fill('All of it')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Organization Tidewater Legal (8011) is protected: “All of it”.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Return .*number/ })).toHaveCount(0)
  await expectAccessible(page)
})
