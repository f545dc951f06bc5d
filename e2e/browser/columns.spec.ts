import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { openList, wholeList } from '../support/page-steps.ts'

test.use({ viewport: { width: 1440, height: 900 } })

const table = (page: Page) => page.getByRole('table', { name: 'Assigned numbers' })
const headings = (page: Page) => table(page).getByRole('columnheader')
const row = (page: Page, number: string) => table(page).getByRole('row').filter({ hasText: number })
const button = (page: Page) => page.getByRole('button', { name: /^Columns/ })
const choice = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Columns' }).getByRole('checkbox', { name })

test.describe('columns', () => {
  test.beforeEach(async ({ page, sandbox }) => {
    await sandbox.control.addNumber('+12145550101', '100002')
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 91)
  })

  test('are hidden and shown again, and stay hidden in this browser from the first row on', async ({ page }) => {
    await button(page).click()
    await expect(page.getByRole('group', { name: 'Columns' }).getByRole('checkbox')).toHaveCount(7)
    await choice(page, 'Country').uncheck()
    for (const name of ['Label', 'Provider', 'Texts']) await choice(page, name).uncheck()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    const left = ['Number', 'Agent account', 'Organization', 'State', 'Actions']
    await expect(headings(page)).toHaveText(left)
    await expect(row(page, '+12145550102').getByRole('cell')).toHaveCount(left.length)
    await expect(row(page, '+12145550102')).not.toContainText('United States')
    await page.addInitScript(() => {
      const watched = window as Window & { everSeen?: string[] }
      watched.everSeen = []
      const look = () => {
        for (const each of document.querySelectorAll('[role=columnheader]'))
          watched.everSeen?.push(each.textContent ?? '')
      }
      new MutationObserver(look).observe(document, { childList: true, subtree: true })
    })
    await page.reload()
    await wholeList(page, 91)
    await expect(headings(page)).toHaveText(left)
    const seen = await page.evaluate(() => (window as Window & { everSeen?: string[] }).everSeen ?? [])
    expect([...new Set(seen)]).toEqual(left)
    await button(page).click()
    await page.getByRole('button', { name: 'Show all columns' }).click()
    await expect(headings(page)).toHaveCount(9)
    await expect(row(page, '+12145550102')).toContainText('United States')
    await page.keyboard.press('Escape')
    for (const name of ['Label', 'Provider', 'Texts']) {
      const heading = headings(page).filter({ hasText: name })
      await heading.getByRole('button').click()
      await expect(heading).toHaveAttribute('aria-sort', 'ascending')
      await expect(page).toHaveURL(new RegExp(`sort=${name.toLowerCase()}`))
    }
    await expect(table(page).locator('[data-index="0"]').getByRole('cell').nth(7)).toHaveText('no SMS')
  })

  test('are chosen by keyboard, leave their room to the others, and may all be hidden: what is odd about a row is still said', async ({
    page,
  }) => {
    await page.locator('body').press('/')
    await expect(page.getByRole('searchbox', { name: 'Search numbers' })).toBeFocused()
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    for (let stops = 0; stops < 15 && (await focused()) !== 'Columns'; stops += 1) await page.keyboard.press('Tab')
    await expect(button(page)).toBeFocused()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await expect(choice(page, 'Agent account')).toBeFocused()
    await page.keyboard.press('Space')
    await expect(choice(page, 'Agent account')).not.toBeChecked()
    const others = ['Organization', 'Country', 'State', 'Label', 'Provider', 'Texts']
    await expect(headings(page)).toHaveText(['Number', ...others, 'Actions'])
    await page.keyboard.press('Escape')
    await expect(button(page)).toBeFocused()
    await expect(button(page)).toHaveAccessibleName('Columns, 1 hidden')

    await test.step('they leave their room to the others, and are not a card’s', async () => {
      const shown = headings(page).filter({ visible: true })
      for (const [width, last] of [
        [1440, 'Texts'],
        [1366, 'Provider'],
        [1280, 'Label'],
        [1024, 'State'],
      ] as const) {
        await page.setViewportSize({ width, height: 900 })
        await expect(shown.last(), `${width} px`).toHaveText(last)
      }
      await page.setViewportSize({ width: 800, height: 900 })
      await expect(shown).toHaveText(['Number', 'Organization', 'State'])
      await expect(row(page, '+12145550102').getByText('Alder Family Dentistry')).toBeVisible()
      await page.setViewportSize({ width: 1440, height: 900 })
      await button(page).click()
      await choice(page, 'State').uncheck()
      await expect(row(page, '+12145550102')).not.toContainText('Active')
      await page.setViewportSize({ width: 360, height: 800 })
      await expect(button(page)).toBeHidden()
      await expect(row(page, '+12145550102')).toContainText('Active')
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.keyboard.press('Escape')
    })

    await test.step('one that is hidden and sorts the list says so', async () => {
      const said = page.getByText('Sorted by organization', { exact: true })
      await expect(said).toBeHidden()
      await button(page).click()
      await choice(page, 'Organization').uncheck()
      await expect(said).toBeVisible()
      await page.keyboard.press('Escape')
      await page.getByRole('columnheader', { name: 'Country' }).getByRole('button').click()
      await expect(said).toBeHidden()
    })

    await test.step('all may be hidden: what is odd about a row is still said', async () => {
      await page.getByRole('searchbox', { name: 'Search numbers' }).fill('Alder')
      await button(page).click()
      for (const each of await page.getByRole('group', { name: 'Columns' }).getByRole('checkbox').all())
        await each.uncheck()
      await expect(headings(page)).toHaveText(['Number', 'Actions'])
      await expect(row(page, '+12145550101').first()).toContainText('In two accounts')
      await expect(row(page, '+12145550102').getByRole('button', { name: 'Return +12145550102' })).toBeVisible()
      await page.keyboard.press('Escape')
      await page.getByRole('checkbox', { name: 'Group' }).check()
      const group = table(page).getByRole('row').filter({ hasText: 'Alder Family Dentistry' })
      await expect(group.getByRole('cell')).toHaveAttribute('aria-colspan', '2')
      await expectAccessible(page)
    })
  })
})

test('a browser that keeps nothing hides columns for as long as the page is open', async ({ page, sandbox }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('Access is denied for this document.', 'SecurityError')
      },
    })
  })
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  await button(page).click()
  await choice(page, 'Country').uncheck()
  await expect(headings(page)).toHaveCount(8)
  await page.reload()
  await wholeList(page, 90)
  await expect(headings(page)).toHaveCount(9)
})
