import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { giveSession, openList, wholeList } from '../support/page-steps.ts'

test.use({ viewport: { width: 1280, height: 720 } })

const top = (page: Page) => page.evaluate(() => window.scrollY)
const organization = (page: Page) => page.getByRole('button', { name: /^Organization: / })
const list = (page: Page) => page.getByRole('group', { name: 'Organization' })
const choices = (page: Page) => list(page).getByRole('checkbox')
const choice = (page: Page, name: string | RegExp) => list(page).getByRole('checkbox', { name })

test('a filter is chosen by keyboard, and a long list of choices is narrowed by its field', async ({
  page,
  sandbox,
}) => {
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  await test.step('Tab moves, Space ticks one and one more, which narrow the list together, and unticks', async () => {
    const button = organization(page)
    await button.press('Enter')
    await expect(button).toHaveAttribute('aria-expanded', 'true')
    await page.keyboard.press('Tab')
    await expect(page.getByRole('textbox', { name: 'Find in organization' })).toBeFocused()
    await page.keyboard.press('Tab')
    const alder = choice(page, /^Alder Family Dentistry/)
    // Browsers give a list that scrolls the focus, too.
    if (await list(page).evaluate((element) => element === document.activeElement)) await page.keyboard.press('Tab')
    await expect(alder).toBeFocused()
    await expect(alder, 'moving is not choosing').not.toBeChecked()
    await expect(page).not.toHaveURL(/org=/)
    await page.keyboard.press('Space')
    await expect(button).toHaveAccessibleName('Organization: Alder Family Dentistry')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await expect(button).toHaveAccessibleName('Organization: Alder Family Dentistry, Bluebird Bakery (8003)')
    await expect(page).toHaveURL(/org=8001,8003/)
    await expect(page.getByText('· 16 shown', { exact: true })).toBeVisible()
    await page.keyboard.press('Space')
    await expect(button).toHaveAccessibleName('Organization: Alder Family Dentistry')
    await expect(page).toHaveURL(/org=8001$/)
    await page.keyboard.press('Escape')
    await expect(button).toBeFocused()
    await expect(button).toHaveAttribute('aria-expanded', 'false')
    await expect(choices(page)).toHaveCount(0)
  })

  await test.step('what was ticked is first when the list opens again, and Clear unticks it', async () => {
    await organization(page).click()
    await choice(page, /^Quietwood Yoga/).check()
    await page.keyboard.press('Escape')
    await organization(page).click()
    await expect(choices(page).nth(0)).toHaveAccessibleName(/^Alder/)
    await expect(choices(page).nth(1)).toHaveAccessibleName(/^Quietwood/)
    await page.getByRole('button', { name: 'Clear organization' }).click()
    await expect(choices(page).and(page.locator(':checked'))).toHaveCount(0)
    await expect(organization(page)).toHaveAccessibleName('Organization: All organizations')
    await expect(page).not.toHaveURL(/org=/)
    await page.keyboard.press('Escape')
  })

  await test.step('the field narrows without regard to case and accents', async () => {
    const button = organization(page)
    await button.click()
    const field = page.getByRole('textbox', { name: 'Find in organization' })
    for (const typed of ['MUELL', 'muller', 'müll']) {
      await field.fill(typed)
      await expect(choices(page)).toHaveCount(1)
    }
    await expectAccessible(page)
    await choices(page).check()
    await expect(button).toHaveAccessibleName(/Müller/)
    await field.fill('no such customer')
    await expect(page.getByText('Nothing matches.')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(button).toBeFocused()
    await page.getByRole('button', { name: /^Country: / }).click()
    await expect(page.getByRole('group', { name: 'Country' })).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Find in country' }), 'six need no field').toHaveCount(0)
  })
})

test('a filter of History takes several values', async ({ page, sandbox }) => {
  await giveSession(page, sandbox.tokens.reseller)
  await page.goto('/history')
  const button = page.getByRole('button', { name: /^Outcome: / })
  await button.click()
  const outcome = (name: string) => page.getByRole('checkbox', { name, exact: true })
  await outcome('Refused').check()
  await outcome('Returned').check()
  await expect(button).toHaveAccessibleName('Outcome: Returned, Refused')
  await expect(page).toHaveURL(/outcome=returned,refused/)
  await outcome('Returned').uncheck()
  await outcome('Refused').uncheck()
  await expect(button).toHaveAccessibleName('Outcome: All outcomes')
  await expect(page).not.toHaveURL(/outcome/)
})

test('each panel closes in every usual way, stays in its window, and is a sheet on a phone', async ({
  page,
  sandbox,
}) => {
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  await test.step('closes by Escape, by its button, by a press outside, and when the focus leaves it', async () => {
    for (const name of [/^Organization: /, /^Columns/, 'Copy or export', 'Settings']) {
      await test.step(String(name), async () => {
        const button = page.getByRole('button', { name })
        const panel = page.locator(`[id="${await button.getAttribute('popovertarget')}"]`)
        await button.press('Enter')
        await expect(panel).toBeInViewport({ ratio: 1 })
        await page.keyboard.press('Tab')
        await expect(panel.locator(':focus')).toHaveCount(1)
        expect(await top(page)).toBe(0)
        await page.keyboard.press('Escape')
        await expect(panel).toBeHidden()
        await expect(button).toBeFocused()
        await button.click()
        await expect(panel).toBeVisible()
        await button.click()
        await expect(panel).toBeHidden()
        await button.click()
        await page.getByRole('heading', { name: 'Numbers' }).click()
        await expect(panel).toBeHidden()
        await button.press('Enter')
        await expect(panel).toBeVisible()
        await page.keyboard.press('Shift+Tab')
        await expect(panel).toBeHidden()
        await expect(page.locator(':focus')).toBeVisible()
      })
    }
  })

  await test.step('a long list fades at its end, also in forced colours, and its last choice stands above the fade, in a low window, too', async () => {
    await organization(page).click()
    await expect(list(page)).toHaveCSS('mask-image', /linear-gradient/)
    await page.emulateMedia({ forcedColors: 'active' })
    await expect(list(page)).toHaveCSS('mask-image', /linear-gradient/)
    await choices(page).last().focus()
    const clear = () =>
      list(page).evaluate((element) => {
        const last = [...element.querySelectorAll('label')].at(-1)
        return element.getBoundingClientRect().bottom - (last?.getBoundingClientRect().bottom ?? 0)
      })
    await expect.poll(clear).toBeGreaterThanOrEqual(23)

    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 1280, height: 600 })
    await organization(page).click()
    await choices(page).last().focus()
    await expect(choices(page).last()).toBeInViewport({ ratio: 1 })
    await expect(page.getByRole('textbox', { name: 'Find in organization' })).toBeInViewport({ ratio: 1 })
    expect(await top(page)).toBe(0)
  })

  await test.step('on a phone it is a sheet at the bottom of the window, and the sort order is chosen in a select', async () => {
    await page.keyboard.press('Escape')
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('button', { name: 'Filters' }).click()
    await organization(page).click()
    const panel = page.locator(`[id="${await organization(page).getAttribute('popovertarget')}"]`)
    const place = () => panel.boundingBox().then((box) => box && [box.x, box.width, box.y + box.height])
    await expect.poll(place).toEqual([0, 390, 844])
    await page.keyboard.press('Escape')
    await page.getByRole('combobox', { name: 'Sort' }).selectOption('Number')
    await expect(page).toHaveURL(/sort=number/)
  })
})
