import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'

/** A request that Vida or the app refuses is a console error to Chromium; a story that provokes one expects it. */
export const REFUSED = /Failed to load resource: the server responded with a status of (?:401|403|409|502|503)/

/** Signs in on the page that is open, and waits for the list. */
export async function signInOnPage(page: Page, token: string): Promise<void> {
  await page.getByLabel('Vida API token').fill(token)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Numbers' })).toBeVisible()
}

/** Waits until the whole list was read. */
export async function wholeList(page: Page, numbers: number): Promise<void> {
  await expect(page.getByText(new RegExp(`^${numbers} numbers? in \\d+ accounts?`))).toBeVisible()
  await expect(page.getByRole('progressbar', { name: 'Reading accounts' })).toBeHidden()
}

/** No violation that axe can find, by the rules of WCAG 2.2 A and AA and axe's best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`)).toEqual([])
}
