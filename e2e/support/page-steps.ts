import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from './accessible.ts'
import { expect } from './fixtures.ts'

/** Chromium logs a console error for each refused request. */
export const REFUSED = /Failed to load resource: the server responded with a status of (?:401|403|409|502|503)/

/** It logs one for each request that is under way when the connection goes. */
export const DISCONNECTED = /Failed to load resource: net::ERR_INTERNET_DISCONNECTED/

export async function signInOnPage(page: Page, token: string): Promise<void> {
  if (page.url() === 'about:blank') await page.goto('/sign-in')
  await page.getByLabel('Vida API token').fill(token)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Numbers' })).toBeVisible()
}

/** The server may close a connection that was kept open in the moment in which it is used again. */
const STALE = { maxRetries: 3 }

export async function giveSession(page: Page, token: string): Promise<void> {
  const { origin } = new URL((await page.request.get('/api/health', STALE)).url())
  const answer = await page.request.post('/api/session', { ...STALE, headers: { origin }, data: { token } })
  expect(answer.status(), 'signing in').toBe(200)
}

export async function openList(page: Page, token: string): Promise<void> {
  await giveSession(page, token)
  await page.goto('/numbers')
}

export async function wholeList(page: Page, numbers: number): Promise<void> {
  await expect(page.getByText(new RegExp(`^${numbers} numbers? in \\d+ accounts?`))).toBeVisible()
  await expect(page.getByRole('progressbar', { name: 'Reading accounts' })).toBeHidden()
}

/** Resolves when the page has heard of it, which is a frame after the window's place has changed. */
export function scrollTo(page: Page, top: number): Promise<void> {
  return page.evaluate(
    (y) =>
      new Promise<void>((resolve) => {
        if (window.scrollY === y) return resolve()
        window.addEventListener('scroll', () => resolve(), { once: true })
        window.scrollTo({ top: y, behavior: 'instant' })
      }),
    top,
  )
}

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

export async function expectState(page: Page, seen: () => Promise<void>): Promise<void> {
  await atEveryWidth(page, async (width, theme) => {
    await seen()
    // Of the dark colours, a phone's cards and the whole table show all.
    if (theme === 'light') await expectAccessible(page)
    else if (width !== 768) await expectAccessible(page, 'colors')
  })
}

export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const focused = () => target.evaluate((element) => element === document.activeElement)
  await expect(target).toBeVisible()
  for (let pressed = 0; pressed < 80 && !(await focused()); pressed += 1) await page.keyboard.press(key)
  await expect(target).toBeFocused()
}

/** The focus is on an element, and was not lost with the one that was pressed. */
export async function expectFocusKept(page: Page): Promise<void> {
  const place = () => page.evaluate(() => document.activeElement?.tagName)
  await expect.poll(place).not.toBe('BODY')
}

export async function openByHand(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Return another number' }).click()
  return page.getByRole('dialog', { name: 'Return another number' })
}

/** For a button that takes no press until it has been painted for a while. */
export async function pressWhenReady(button: Locator, key: 'Enter' | 'Space'): Promise<void> {
  await expect(button).toBeEnabled()
  await button.press(key)
}

export async function openConfirmation(page: Page, number: string): Promise<Locator> {
  await page.getByRole('searchbox', { name: 'Search numbers' }).fill(number)
  await page.getByRole('button', { name: `Return ${number}` }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Return this number?' })
  await expect(dialog).toBeVisible()
  return dialog
}

export const activityButton = (page: Page) => page.getByRole('button', { name: /^Activity/ })

/** A confirmation asks for its number's use; a session or a connection that ends meanwhile ends that first. */
export async function expectUseRead(dialog: Locator): Promise<void> {
  await expect(dialog.getByRole('group', { name: 'Use' })).toContainText(/^(?!Asking Vida)./)
}

/** What is under way, what needs a person, and what changed. */
export async function openActivity(page: Page): Promise<Locator> {
  const panel = page.getByRole('region', { name: 'Activity' })
  const button = activityButton(page)
  if ((await button.getAttribute('aria-expanded')) === 'false') await button.click()
  await expect(panel).toBeVisible()
  return panel
}

/** Nothing is under way, and nothing needs a person. */
export async function expectQuiet(page: Page): Promise<void> {
  await expect(activityButton(page)).toHaveAccessibleName('Activity')
}

/** Confirms what `openConfirmation` or a button of a row has opened; the dialog closes at once. */
export async function pressReturnNumber(page: Page): Promise<void> {
  const dialog = page.getByRole('alertdialog', { name: 'Return this number?' })
  await dialog.getByRole('button', { name: 'Return number' }).click()
  await expect(dialog).toBeHidden()
}
