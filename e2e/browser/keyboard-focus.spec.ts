import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { failReads } from '../support/inventory.ts'
import { expectFocusKept, giveSession, openByHand, openList, pressWhenReady, wholeList } from '../support/page-steps.ts'

const search = (page: Page) => page.getByRole('searchbox', { name: 'Search numbers' })

test('the focus is never lost with what is pressed: filters, menus, drawers, dialogs, messages', async ({
  page,
  sandbox,
}) => {
  await giveSession(page, sandbox.tokens.reseller)
  await page.goto('/numbers?q=nobody&country=DE,FR')
  await wholeList(page, 90)
  await expect(
    page.getByText('No row matches “nobody” and the chosen filters (Country: Germany, France).'),
  ).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).press('Enter')
  await expect(search(page)).toBeFocused()

  const country = page.getByRole('button', { name: /^Country: / })
  await country.press('Enter')
  await page.getByRole('checkbox', { name: /^Germany/ }).focus()
  await page.keyboard.press('Space')
  await expect(country).toHaveAccessibleName('Country: Germany')
  await page.keyboard.press('Escape')
  await expect(country).toBeFocused()
  await expect(country).toHaveAttribute('aria-expanded', 'false')
  await country.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Escape')
  await expect(country).toBeFocused()

  const row = page.locator('[role=row][aria-rowindex="3"]')
  await row.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  // On the row itself: the same key again opens its page again, and asks for no return.
  await expect(row).toBeFocused()
  await page.keyboard.press('r')
  await expect(page.getByRole('alertdialog', { name: 'Return this number?' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(row).toBeFocused()
  const button = row.getByRole('button', { name: /^Return / })
  await button.press('Enter')
  await page.getByRole('button', { name: 'Keep number' }).press('Enter')
  await expect(button).toBeFocused()

  await openByHand(page)
  await expect(page.getByRole('dialog').getByLabel('Phone number')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'More actions' })).toBeFocused()

  const check = page.getByRole('button', { name: 'Check a list' })
  await check.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(check).toBeFocused()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(check).toBeFocused()

  await page.getByRole('button', { name: /^Select all \d+ that match/ }).press('Enter')
  await expectFocusKept(page)
  await page.getByRole('button', { name: 'Clear selection' }).press('Enter')
  await expectFocusKept(page)
})

test('the row with the focus is not below the selection’s bar, and one that is folded away gives the focus to its group', async ({
  page,
  sandbox,
}) => {
  await test.step('the row with the focus is not below the selection’s bar, and how many are selected is said', async () => {
    await page.setViewportSize({ width: 1440, height: 900 })
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
    const table = page.getByRole('table', { name: 'Assigned numbers' })
    await table.locator('[data-index="0"]').focus()
    const focused = table.locator('[data-index]:focus')
    const below = async () => {
      const line = await focused.boundingBox()
      return (line?.y ?? 0) + (line?.height ?? 0)
    }
    // To the last line that the window has room for.
    while ((await below()) < 840) {
      const index = Number(await focused.getAttribute('data-index'))
      await page.keyboard.press('j')
      await expect(focused).toHaveAttribute('data-index', String(index + 1))
    }
    await page.keyboard.press('x')
    const bar = page.getByRole('group', { name: 'Selection' })
    const top = async () => (await bar.boundingBox())?.y ?? 0
    await expect.poll(async () => (await top()) - (await below())).toBeGreaterThanOrEqual(0)
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await expect.poll(async () => (await top()) - (await below())).toBeGreaterThanOrEqual(0)
    await expect(page.getByText('2 numbers selected', { exact: true })).toHaveAttribute('aria-live', 'polite')
    await bar.getByRole('button', { name: 'Clear selection' }).press('Enter')
    await expect(focused).toHaveCount(1)
  })

  await test.step('an agent’s line that goes with its customer’s rows gives the focus to the customer’s', async () => {
    await page.goto('/numbers?group=true')
    await wholeList(page, 90)
    const lines = page.getByRole('table', { name: 'Assigned numbers' }).locator('[data-index]')
    // Before it stands the one number of an agent without a line.
    await expect(lines.nth(2)).toContainText('After hours1000022 numbers')
    await lines.nth(2).focus()
    await page.keyboard.press('Enter')
    await expect(lines.nth(0)).toBeFocused()
    await expect(lines.nth(0).getByRole('button', { expanded: false })).toHaveCount(1)
  })
})

test('the focus stays near what goes, and a page opened by its address gives it to what it belongs to', async ({
  page,
  sandbox,
}) => {
  await test.step('near a notice that its own button takes away, and near a row that leaves', async () => {
    await failReads(sandbox.control, '100001')
    await openList(page, sandbox.tokens.reseller)
    const alert = page.getByRole('main').getByRole('alert')
    await expect(alert).toBeVisible()
    await sandbox.control.clearFaults()
    await alert.getByRole('button', { name: 'Retry' }).press('Enter')
    await wholeList(page, 90)
    await expect(alert).toHaveCount(0)
    await expectFocusKept(page)

    await search(page).fill('Front desk')
    await page.getByRole('button', { name: 'Return +12145550104' }).focus()
    await sandbox.control.removeNumber('+12145550104')
    // A click of the mouse would move the focus.
    await page.getByRole('button', { name: 'Refresh' }).evaluate((refresh: HTMLElement) => refresh.click())
    await expect(page.getByText('+12145550104', { exact: true })).toHaveCount(0)
    await expectFocusKept(page)
  })

  await test.step('a page opened by its address gives the focus to what it belongs to', async () => {
    await page.goto('/numbers?number=%2B12145550101')
    await expect(page.getByRole('dialog', { name: '+12145550101' })).toContainText('Front desk')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('row').filter({ hasText: '+12145550101' })).toBeFocused()

    await page.getByRole('button', { name: 'Return +12145550101' }).press('Enter')
    await pressWhenReady(page.getByRole('alertdialog').getByRole('button', { name: 'Return number' }), 'Enter')
    await page.getByRole('status').getByRole('link', { name: 'Receipt' }).press('Enter')
    await expect(page.getByRole('dialog', { name: 'Receipt for +12145550101' })).toBeVisible()
    const receiptRow = page.getByRole('row').filter({ hasText: '+12145550101' })
    await expect(receiptRow).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(receiptRow).toBeFocused()
  })
})

test('a result is announced once, a count once after the typing has stopped, and after the last row that matches the focus is in the search field', async ({
  page,
  sandbox,
}) => {
  await test.step('a result is announced once, and a count once after the typing has stopped', async () => {
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
    await page.evaluate(() => {
      const announced: string[] = []
      Reflect.set(window, 'announced', announced)
      new MutationObserver((mutations) => {
        const regions = mutations.map(({ target }) => {
          const element = target instanceof Element ? target : target.parentElement
          return element?.closest('[role=status], [role=alert], [aria-live=polite]') ?? null
        })
        for (const region of new Set(regions)) if (region?.textContent) announced.push(region.textContent)
      }).observe(document.body, { subtree: true, childList: true, characterData: true })
    })
    const announced = () =>
      page.evaluate(() => {
        const all: unknown = Reflect.get(window, 'announced')
        return Array.isArray(all) ? all.map(String) : []
      })
    await search(page).pressSequentially('front desk')
    await expect.poll(announced).toEqual(['4 numbers match'])
    await page.getByRole('button', { name: 'Return +12145550101' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Return number' }).click()
    await expect(page.getByRole('row').filter({ hasText: '+12145550102' })).toBeFocused()
    await expect.poll(announced).toContain('3 numbers match')
    const results = (await announced()).filter((text) => text.includes('+12145550101') && !text.startsWith('Returning'))
    expect(results).toHaveLength(1)
  })

  await test.step('after the last row that matches is returned the focus is in the search field', async () => {
    await search(page).fill('+12145550102')
    await page.getByRole('button', { name: 'Return +12145550102' }).press('Enter')
    await pressWhenReady(page.getByRole('alertdialog').getByRole('button', { name: 'Return number' }), 'Enter')
    await expect(page.getByText('Nothing matches')).toBeVisible()
    await expect(search(page)).toBeFocused()
    await page.getByRole('button', { name: 'Dismiss message' }).first().press('Enter')
    await expectFocusKept(page)
  })
})
