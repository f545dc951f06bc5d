import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { failReads } from '../support/inventory.ts'
import { giveSession, pressReturnNumber, wholeList } from '../support/page-steps.ts'

const pageOf = (number: string) => `/numbers?number=${encodeURIComponent(number)}`
const drawer = (page: Page, number: string) => page.getByRole('dialog', { name: number })
const refresh = (page: Page) => page.getByRole('button', { name: 'Refresh' }).first().click()

test.describe('a number’s page', () => {
  // What a page says of the past, it says of this reading.
  test.beforeEach(async ({ page, sandbox, signIn }) => {
    await (await signIn()).events()
    await giveSession(page, sandbox.tokens.reseller)
  })

  test('says who holds a number, since when it has been seen, its returns, and what else the account holds, also where a plus sign became a space; and what is no number', async ({
    page,
    sandbox,
  }) => {
    await page.goto('/numbers?number=+12145550101')
    const shown = drawer(page, '+12145550101')
    await expect(shown).toContainText('Front desk (100001)')
    await expect(shown).toContainText('Alder Family Dentistry (8001)')
    await expect(shown).toContainText('SMSYesStateActive')
    await expect(shown).not.toContainText('Reason given')
    await expect(shown.getByText(/^since at least .*\d/)).toBeVisible()
    await expect(shown.getByRole('region', { name: 'Its returns' })).toContainText('No returns of this number')
    const others = shown.getByRole('region', { name: 'Other numbers of Front desk' })
    await expect(others.getByRole('button')).toHaveCount(3)
    await expectAccessible(page)
    await others.getByRole('button').first().click()
    await expect(page).toHaveURL(/number=%2B12145550102/)
    await expect(drawer(page, '+12145550102')).toBeVisible()
    await page.keyboard.press('Escape')
    await sandbox.control.addNumber('+12145550177', '100005')
    await refresh(page)
    await wholeList(page, 91)
    await page.goto(pageOf('+12145550177'))
    await expect(drawer(page, '+12145550177').getByText(/^since (?!at least).*\d/)).toBeVisible()

    await test.step('what is no number', async () => {
      await page.goto('/numbers?number=%3Cb%3Ehello')
      const shown = drawer(page, 'No phone number')
      await expect(shown).toContainText('The address asks for “<b>hello”.')
      await expect(shown.getByRole('button', { name: 'Copy number' })).toHaveCount(0)
      await expectAccessible(page)
      await page.keyboard.press('Escape')
      await expect(page).not.toHaveURL(/number=/)
    })
  })

  test('on a desk it stands beside the list: rows are clicked through, j and k walk on, and Escape leads back', async ({
    page,
  }) => {
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto('/numbers')
    await wholeList(page, 90)
    const button = (number: string) => page.getByRole('button', { name: number, exact: true })
    const row = (number: string) => page.getByRole('row').filter({ has: button(number) })
    const opener = (number: string) => row(number).getByRole('button', { name: number, exact: true })
    const expectShown = async (number: string) => {
      await expect(drawer(page, number)).toBeVisible()
      await expect(page.locator('[role=row][aria-current=true]')).toHaveCount(1)
      await expect(row(number)).toHaveAttribute('aria-current', 'true')
    }
    const top = () => row('+12145550101').evaluate((element) => element.getBoundingClientRect().top)
    const before = await top()
    await opener('+12145550101').click()
    await expectShown('+12145550101')
    await expect(drawer(page, '+12145550101')).toBeFocused()
    expect(await top(), 'the list stays where it is').toBe(before)
    await expectAccessible(page)

    await opener('+12145550102').click()
    await expectShown('+12145550102')
    await page.keyboard.press('j')
    await expect(row('+12145550103')).toBeFocused()
    await expectShown('+12145550103')
    await page.keyboard.press('Enter')
    await expect(drawer(page, '+12145550103')).toBeFocused()
    await page.keyboard.press('k')
    await expectShown('+12145550102')
    await page.goBack()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page).not.toHaveURL(/number=/)

    await opener('+12145550101').click()
    for (let step = 0; step < 30; step += 1) await page.keyboard.press('j')
    const marked = page.locator('[role=row][aria-current=true]')
    await expect(marked).toHaveAttribute('data-index', '32')
    await expect(marked).toBeInViewport({ ratio: 1 })
    const box = await page.getByRole('dialog').boundingBox()
    expect((box?.y ?? 0) + (box?.height ?? 0), 'it ends within the window').toBeLessThanOrEqual(900)
    await page.keyboard.press('Escape')
    await expect(page.locator('[role=row][data-index="32"]')).toBeFocused()
    await expect(page.getByRole('dialog')).toHaveCount(0)

    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('searchbox', { name: 'Search numbers' }).fill('Front desk')
    await opener('+12145550101').click()
    await expect(drawer(page, '+12145550101')).toBeVisible()
    await expect(page.getByRole('table'), 'on a phone it is modal').toHaveCount(0)
    await page.keyboard.press('Escape')
  })

  test('beside the list it asks for the return of the number that it shows, stays, and goes on from its place', async ({
    page,
    sandbox,
  }) => {
    for (let line = 0; line < 9; line += 1) await sandbox.control.addNumber(`+1214555017${line}`, '100001')
    await page.goto('/numbers')
    await refresh(page)
    await wholeList(page, 99)
    await page.getByRole('button', { name: '+12145550101', exact: true }).click()
    await page.keyboard.press('j')
    const shown = drawer(page, '+12145550102')
    await shown.getByRole('button', { name: 'Return +12145550102' }).press('Enter')
    const asked = page.getByRole('alertdialog', { name: 'Return this number?' })
    await expect(asked).toContainText('+12145550102')
    await page.keyboard.press('Escape')
    await expect(shown.getByRole('button', { name: 'Return +12145550102' })).toBeFocused()
    await page.keyboard.press('Enter')
    await pressReturnNumber(page)
    await expect(shown).toBeFocused()
    await expect(shown).toContainText('It was returned from here')
    await page.keyboard.press('j')
    const next = drawer(page, '+12145550103')
    await expect(next.getByRole('region', { name: 'Other numbers of Front desk' }).getByRole('listitem')).toHaveCount(
      10,
    )
    await next.getByRole('button', { name: 'Show all 12' }).click()
    await expect(page.getByText('· 12 shown', { exact: true })).toBeVisible()
    await expect(page.getByRole('searchbox', { name: 'Search numbers' })).toHaveValue('account:100001')
  })

  test('gives way to a confirmation, leads to all numbers of its organization and of its agent, and closed it stays closed on Back', async ({
    page,
  }) => {
    await test.step('gives way to a confirmation that is asked for while the page is still on its way', async () => {
      await page.goto('/numbers')
      await wholeList(page, 90)
      const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
      let release = () => {}
      const held = new Promise<void>((resolve) => {
        release = resolve
      })
      await page.route('**/_next/static/chunks/*.js', async (route) => {
        if (!loaded.includes(route.request().url())) await held
        await route.continue()
      })
      // As a drawer: a panel beside the list would stay below the confirmation.
      await page.setViewportSize({ width: 1000, height: 720 })
      await page.goto(pageOf('+12145550102'))
      const button = page.getByRole('button', { name: 'Return +12145550102' })
      await button.click()
      release()
      await expect(page.getByRole('button', { name: 'Return number' })).toBeVisible()
      await expect(page.locator('[role=dialog]')).toHaveCount(0)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('alertdialog')).toHaveCount(0)
      await expect(button).toBeFocused()
      await expect(page).not.toHaveURL(/number=/)
      await expect(page.locator('[role=dialog]')).toHaveCount(0)
    })

    await test.step('leads to all numbers of its organization and of its agent, and closed it stays closed on Back', async () => {
      const shown = (count: number) => page.getByText(`· ${count} shown`, { exact: true })
      await page.unrouteAll()
      await page.setViewportSize({ width: 1280, height: 720 })
      await page.getByRole('button', { name: '+12145550101', exact: true }).click()
      await drawer(page, '+12145550101').getByRole('link', { name: 'Alder Family Dentistry (8001)' }).click()
      await page.getByRole('link', { name: 'Show in Numbers' }).click()
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await expect(shown(10)).toBeVisible()
      await expect(page).toHaveURL(/org=8001/)
      await page.getByRole('button', { name: '+12145550101', exact: true }).click()
      await drawer(page, '+12145550101').getByRole('button', { name: 'Front desk (100001)' }).click()
      await expect(shown(4)).toBeVisible()
      await page.getByRole('button', { name: '+12145550101', exact: true }).click()
      await expect(drawer(page, '+12145550101')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page).not.toHaveURL(/number=/)
      await page.goBack()
      await expect(page).not.toHaveURL(/number=/)
      await expect(page.getByRole('dialog')).toHaveCount(0)
    })
  })

  test('that is read just then, that two accounts hold, or that was returned says so', async ({ page, sandbox }) => {
    await test.step('that is open while the list is read learns since when as soon as the reading is over', async () => {
      const { control } = sandbox
      await control.addNumber('+12145550177', '100001')
      const match = { path: 'phoneNumbers', targetAccountId: '100040' }
      const waiting = await control.fault({ match, effect: { waitBeforeWork: true } })
      await page.goto(pageOf('+12145550177'))
      const shown = drawer(page, '+12145550177')
      await expect(shown.getByText('for the first time, by the reading under way')).toBeVisible()
      await control.release(waiting)
      await expect(shown.getByText(/^since .*\d/)).toBeVisible()
    })

    await test.step('that two accounts hold shows both, and offers no return', async () => {
      await sandbox.control.addNumber('+12145550101', '100006')
      // So high that nothing is half below the panel's buttons, where axe finds it too small.
      await page.setViewportSize({ width: 1280, height: 1400 })
      await page.goto(pageOf('+12145550101'))
      const shown = drawer(page, '+12145550101')
      await expect(shown).toContainText('Vida lists this number in 2 accounts')
      await expect(shown).toContainText('Front desk (100001)')
      await expect(shown).toContainText('Dispatch (100006)')
      await expect(shown.getByText(/^since at least .*\d/)).toHaveCount(1)
      await expect(shown.getByText(/^since (?!at least).*\d/)).toHaveCount(1)
      await expect(shown.getByRole('button', { name: /^Return/ })).toHaveCount(0)
      await expectAccessible(page)
    })

    await test.step('that was returned says so, with its receipt', async () => {
      await page.goto(pageOf('+12145550104'))
      await drawer(page, '+12145550104').getByRole('button', { name: 'Return +12145550104' }).click()
      await page.getByRole('button', { name: 'Return number' }).click()
      await expect(page.getByRole('status').getByText(/\+12145550104/)).toBeVisible()
      await page.goto(pageOf('+12145550104'))
      const shown = drawer(page, '+12145550104')
      await expect(shown).toContainText('It was returned from here')
      await expect(shown.getByRole('region', { name: 'Its returns' })).toContainText('Front desk, by Northwind Voice')
      await expectAccessible(page)
      await shown.getByRole('region', { name: 'Its returns' }).getByRole('link').click()
      await expect(page.getByRole('dialog')).toContainText('+12145550104')
    })
  })

  test('that left its account, or moved, says from where; one that nobody holds, or nobody could read, is found by a new reading; a right-to-left name keeps its id to its right', async ({
    page,
    sandbox,
  }) => {
    const { control } = sandbox

    await control.removeNumber('+12145550101')
    await page.goto(pageOf('+12145550101'))
    const left = drawer(page, '+12145550101')
    await expect(left).toContainText(/It was with Front desk on .*\. No account held it when the whole list was read/)
    await control.moveNumber('+12145550102', '100006')
    await page.goto(pageOf('+12145550102'))
    await expect(drawer(page, '+12145550102')).toContainText('Moved here fromFront desk (100001)')

    await page.goto(pageOf('+12145550177'))
    const free = drawer(page, '+12145550177')
    await expect(free).toContainText('No account held it when the whole list was read')
    await expect(free).toContainText('No returns of this number')
    await control.addNumber('+12145550177', '100005')
    await free.getByRole('button', { name: 'Refresh' }).click()
    await expect(free).toContainText('Overflow (100005)')

    await control.addNumber('+12145550178', '100005')
    await failReads(control, '100005', 404)
    await page.goto(pageOf('+12145550178'))
    const unread = drawer(page, '+12145550178')
    await expect(unread).toContainText('it may be in one of them')
    await control.clearFaults()
    await unread.getByRole('button', { name: 'Retry' }).click()
    await expect(unread).toContainText('Overflow (100005)')

    await test.step('keeps the id to the right of a right-to-left name', async () => {
      await control.setAccount('100001', { name: 'דלפק קבלה' })
      await page.goto(pageOf('+12145550103'))
      const shown = drawer(page, '+12145550103').getByRole('button', { name: 'דלפק קבלה (100001)' })
      await expect(shown).toBeVisible()
      const leftOf = (text: string) =>
        shown.evaluate((button, sought) => {
          const walker = document.createTreeWalker(button, NodeFilter.SHOW_TEXT)
          const range = document.createRange()
          for (let node = walker.nextNode(); node; node = walker.nextNode())
            if (node.textContent?.includes(sought)) range.selectNodeContents(node)
          return range.getBoundingClientRect().left
        }, text)
      expect(await leftOf('100001')).toBeGreaterThan(await leftOf('דלפק'))
    })
  })
})
