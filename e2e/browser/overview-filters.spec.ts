import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { openList, wholeList } from '../support/page-steps.ts'

const overview = (page: Page) => page.getByRole('region', { name: 'Overview' })
const table = (page: Page) => page.getByRole('table', { name: 'Assigned numbers' })
/** How many rows the list says it shows under a filter. */
const shown = (page: Page, count: string) => page.getByText(`· ${count} shown`, { exact: true })

test('filters by several parts at once, and by what is not stated', async ({ page, sandbox }) => {
  await sandbox.control.addNumber('+9999999', '100001')
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 91)
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
