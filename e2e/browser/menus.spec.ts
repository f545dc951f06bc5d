import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { openList, wholeList } from '../support/page-steps.ts'

test.use({ sharedApp: 'shared', viewport: { width: 1280, height: 720 } })

test.beforeEach(async ({ page, sandbox }) => {
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
})

const top = (page: Page) => page.evaluate(() => window.scrollY)
const organization = (page: Page) => page.getByRole('button', { name: /^Organization: / })
const choice = (page: Page, name: string | RegExp) => page.getByRole('radio', { name })

/** The line of a choice is seen wholly within its list. */
async function expectSeen(line: Locator): Promise<void> {
  const seen = await line.evaluate((element) => {
    const place = (element.closest('label') ?? element).getBoundingClientRect()
    const list = element.closest('fieldset')?.getBoundingClientRect()
    return list !== undefined && place.top >= list.top && place.bottom <= list.bottom
  })
  expect(seen).toBe(true)
}

test('arrows, Home and End move among the choices of a filter, scroll its list and not the page, and Enter chooses', async ({
  page,
}) => {
  const button = organization(page)
  await button.press('Enter')
  await page.keyboard.press('ArrowDown')
  await expect(choice(page, 'All organizations')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(choice(page, /^Alder Family Dentistry/)).toBeFocused()
  await page.keyboard.press('End')
  const last = page.getByRole('radio').last()
  await expect(last).toBeFocused()
  await expectSeen(last)
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('ArrowDown')
  await expect(last).toBeFocused()
  for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('ArrowUp')
  await expectSeen(page.getByRole('radio').and(page.locator(':focus')))
  await page.keyboard.press('Home')
  await expect(choice(page, 'All organizations')).toBeFocused()
  await expect(choice(page, 'All organizations'), 'moving is not choosing').toBeChecked()
  expect(await top(page)).toBe(0)
  await expect(page).not.toHaveURL(/org=/)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(button).toBeFocused()
  await expect(button).toHaveAccessibleName('Organization: Alder Family Dentistry')
  await page.keyboard.press('ArrowDown')
  await expect(choice(page, /^Alder Family Dentistry/), 'ArrowDown opens it at what is chosen').toBeFocused()
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
  await expect(button).toHaveAttribute('aria-expanded', 'false')
})

test('letters go to the field of a long menu and narrow it, whatever has the focus; Enter takes the first', async ({
  page,
}) => {
  const button = organization(page)
  await button.click()
  await page.keyboard.type('muell')
  await expect(page.getByRole('textbox', { name: 'Find in organization' })).toHaveValue('muell')
  await expect(page.getByRole('radio')).toHaveCount(1)
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(button).toHaveAccessibleName(/Müller/)
  await expect(button).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.type('har')
  await expect(page.getByRole('radio')).toHaveCount(1)
  await page.keyboard.press('ArrowDown')
  await expect(choice(page, /^Harbor/)).toBeFocused()
})

test('letters lead to the choice that begins with them in a menu without a field', async ({ page }) => {
  await page.getByRole('button', { name: /^Country: / }).press('Enter')
  await page.keyboard.type('united k')
  await expect(choice(page, /^United Kingdom/)).toBeFocused()
  await expect(choice(page, 'All countries'), 'the space has chosen nothing').toBeChecked()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Copy or export' }).press('Enter')
  await page.keyboard.press('c')
  await expect(page.getByRole('button', { name: /^Copy 90/ })).toBeFocused()
  await page.keyboard.press('c')
  await expect(page.getByRole('button', { name: /^CSV of 90 shown/ })).toBeFocused()
})

for (const name of [/^Columns/, 'Copy or export', 'Settings']) {
  test(`arrows move within the menu ${name} and do not scroll the page`, async ({ page }) => {
    const button = page.getByRole('button', { name })
    await button.press('Enter')
    const panel = page.locator(`[id="${await button.getAttribute('aria-controls')}"]`)
    const stops = panel.locator('input, button').filter({ visible: true })
    await page.keyboard.press('End')
    await expect(stops.last()).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await expect(stops.nth(-2)).toBeFocused()
    await page.keyboard.press('Home')
    await expect(stops.first()).toBeFocused()
    expect(await top(page)).toBe(0)
    await page.keyboard.press('Escape')
    await expect(button).toBeFocused()
  })
}

test('the list of a menu ends above the end of a low window', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 600 })
  await organization(page).click()
  await page.keyboard.press('End')
  await expect(page.getByRole('radio').last()).toBeFocused()
  await expect(page.getByRole('radio').last()).toBeInViewport({ ratio: 1 })
  expect(await top(page)).toBe(0)
})

test('a list that goes on below cuts and fades its last line, also in forced colours, until its end is seen', async ({
  page,
}) => {
  await organization(page).click()
  const list = page.getByRole('group', { name: 'Organization' })
  const cut = () =>
    list.evaluate((element) => {
      const { bottom } = element.getBoundingClientRect()
      return [...element.querySelectorAll('label')].some((line) => {
        const place = line.getBoundingClientRect()
        return place.top < bottom - 4 && place.bottom > bottom + 4
      })
    })
  await expect.poll(cut).toBe(true)
  await expect(list).toHaveCSS('mask-image', /linear-gradient/)
  await page.emulateMedia({ forcedColors: 'active' })
  await expect(list).toHaveCSS('mask-image', /linear-gradient/)
  await page.keyboard.press('End')
  await expect(list).toHaveCSS('mask-image', 'none')
  await page.keyboard.press('Home')
  await expect(list).toHaveCSS('mask-image', /linear-gradient/)
})
