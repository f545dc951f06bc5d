import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { openList, wholeList } from '../support/page-steps.ts'

const overview = (page: Page) => page.getByRole('region', { name: 'Overview' })
const headline = (page: Page) => overview(page).getByRole('button', { name: /in the churn queue, filter$/ })
const table = (page: Page) => page.getByRole('table', { name: 'Assigned numbers' })
/** How many rows the list says it shows under a filter. */
const shown = (page: Page, count: string) => page.getByText(`· ${count} shown`, { exact: true })

test('a part chosen elsewhere gets a bar, two customers of one name are told apart, and several parts filter at once', async ({
  page,
  sandbox,
}) => {
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)

  await test.step('a part chosen elsewhere has a bar, keeps the focus when it goes, and the queue opens on no state outside it', async () => {
    await page.getByRole('button', { name: /^Organization:/ }).click()
    await page.getByRole('checkbox', { name: /^Quietwood Yoga/ }).check()
    const part = overview(page).getByRole('button', { name: 'Quietwood Yoga: 5 numbers, filter' })
    await expect(part).toHaveAttribute('aria-pressed', 'true')
    await part.focus()
    await page.keyboard.press('Space')
    await expect(part).toHaveCount(0)
    await expect(overview(page).getByRole('button', { name: /^Müller & Söhne Haustechnik: 8/ })).toBeFocused()

    await overview(page)
      .getByRole('button', { name: /^Active:/ })
      .click()
    await expect(shown(page, '74')).toBeVisible()
    await headline(page).click()
    await expect(shown(page, '16')).toBeVisible()
    await expect(page).not.toHaveURL(/state=/)
    await headline(page).click()
    await expect(table(page)).toHaveAttribute('aria-rowcount', '91')
  })

  await test.step('two customers of one name are told apart', async () => {
    await sandbox.control.addNumber('+9999999', '100001')
    for (let line = 0; line < 9; line += 1) await sandbox.control.addNumber(`+1312555019${line}`, '100033')
    await page.getByRole('button', { name: 'Refresh' }).click()
    await wholeList(page, 100)
    const bakery = overview(page).getByRole('button', { name: /^Bluebird Bakery \(8009\): 12 numbers/ })
    await bakery.click()
    await expect(page).toHaveURL(/org=8009/)
    await expect(shown(page, '12')).toBeVisible()
    await bakery.click()
    await expect(page).not.toHaveURL(/org=/)
  })

  await test.step('filters by several parts at once, and by what is not stated', async () => {
    const part = (name: string) => overview(page).getByRole('button', { name, exact: true })
    const [germany, unstated] = [part('Germany: 8 numbers, filter'), part('Not stated: 1 number, filter')]
    await germany.click()
    await expect(shown(page, '8')).toBeVisible()
    await unstated.click()
    await expect(shown(page, '9')).toBeVisible()
    await expect(page).toHaveURL(/country=DE,unstated/)
    for (const pressed of [germany, unstated]) await expect(pressed).toHaveAttribute('aria-pressed', 'true')
    await expect(page.getByRole('button', { name: 'Country: Germany, Not stated' })).toBeVisible()
    await expectAccessible(page)
    await germany.click()
    await expect(table(page).getByRole('row', { name: '+9999999' })).toBeVisible()
    await expect(shown(page, '1')).toBeVisible()
    await unstated.click()
    await expect(page).not.toHaveURL(/country=/)
  })
})

test('organizations of one size are told in one line, which leads to the menu; a chosen one gets a bar', async ({
  page,
  sandbox,
}) => {
  await sandbox.control.reset({ size: { organizations: 8, accountsPerOrganization: 2, numbersPerAccount: 3 } })
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 48)
  const alike = overview(page).getByRole('button', { name: '8 organizations with 6 numbers each, choose one' })
  await expect(overview(page).getByRole('button', { name: /^Customer/ })).toHaveCount(0)
  await expectAccessible(page)
  await alike.click()
  await page.getByRole('checkbox', { name: /^Customer 0003/ }).check()
  await expect(alike).toBeVisible()
  const bar = overview(page).getByRole('button', { name: 'Customer 0003: 6 numbers, filter' })
  await expect(bar).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Escape')
  await bar.click()
  await expect(shown(page, '6')).toBeHidden()
  await expect(bar).toHaveCount(0)
  await expect(alike).toBeFocused()
})
