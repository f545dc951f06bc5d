import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { expect } from './fixtures.ts'

/** A request that Vida or the app refuses is a console error to Chromium; a story that provokes one expects it. */
export const REFUSED = /Failed to load resource: the server responded with a status of (?:401|403|409|502|503)/

/** Signs in by the form, on the sign-in page if one is open, and waits for the list. */
export async function signInOnPage(page: Page, token: string): Promise<void> {
  if (page.url() === 'about:blank') await page.goto('/sign-in')
  await page.getByLabel('Vida API token').fill(token)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Numbers' })).toBeVisible()
}

/** Gives the browser a session without a page: for stories that begin after signing in. */
export async function giveSession(page: Page, token: string): Promise<void> {
  const { origin } = new URL((await page.request.get('/api/health')).url())
  const answer = await page.request.post('/api/session', { headers: { origin }, data: { token } })
  expect(answer.status(), 'signing in').toBe(200)
}

/** Opens the list, signed in. */
export async function openList(page: Page, token: string): Promise<void> {
  await giveSession(page, token)
  await page.goto('/numbers')
}

/** Waits until the whole list was read. */
export async function wholeList(page: Page, numbers: number): Promise<void> {
  await expect(page.getByText(new RegExp(`^${numbers} numbers? in \\d+ accounts?`))).toBeVisible()
  await expect(page.getByRole('progressbar', { name: 'Reading accounts' })).toBeHidden()
}

/** Shows the page at each designed width, light and dark: as long as nobody chose a theme, it is the system's. */
export async function atEveryWidth(
  page: Page,
  look: (width: number, theme: 'light' | 'dark') => Promise<void>,
): Promise<void> {
  for (const width of [360, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await look(width, colorScheme)
    }
  }
}

/** A designed state: `seen` finds what it says and its way on, and axe finds nothing, at each width, light and dark. */
export async function expectState(page: Page, seen: () => Promise<void>): Promise<void> {
  await atEveryWidth(page, async (_width, theme) => {
    await seen()
    await expectAccessible(page, theme === 'light' ? 'everything' : 'colors')
  })
}

/** Goes on by Tab until `target` has the focus, as a person without a mouse would. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const focused = () => target.evaluate((element) => element === document.activeElement)
  await expect(target).toBeVisible()
  for (let pressed = 0; pressed < 80 && !(await focused()); pressed += 1) await page.keyboard.press(key)
  await expect(target).toBeFocused()
}

/** Something that can be seen has the focus: the page did not take it away with what was pressed. */
export async function expectFocusKept(page: Page): Promise<void> {
  const place = () => page.evaluate(() => document.activeElement?.tagName)
  await expect.poll(place).not.toBe('BODY')
}

/** Finds a number (E.164) in the list and opens the confirmation of its return. */
export async function openConfirmation(page: Page, number: string): Promise<Locator> {
  await page.getByRole('searchbox', { name: 'Search numbers' }).fill(number)
  await page.getByRole('button', { name: `Return ${number}` }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Return this number?' })
  await expect(dialog).toBeVisible()
  return dialog
}
