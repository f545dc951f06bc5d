import type { Page } from '@playwright/test'
import { openList, pressReturnNumber, wholeList } from './page-steps.ts'
import { FRONT_DESK } from './returns.ts'

export const [{ number: FIRST }, { number: SECOND }, { number: THIRD }] = FRONT_DESK

export const rowOf = (page: Page, number: string) => page.getByRole('row').filter({ hasText: number })
export const returnButton = (page: Page, number: string) => page.getByRole('button', { name: `Return ${number}` })
export const undoButton = (page: Page, number: string) => page.getByRole('button', { name: `Undo return of ${number}` })
export const status = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text })

/** Confirms the return of a number whose row is on screen. */
export async function confirm(page: Page, number: string): Promise<void> {
  await returnButton(page, number).click()
  await pressReturnNumber(page)
}

/** As `confirm`, until the app has it; the row says that it is held before, while leaving the page still cancels it. */
export async function confirmHeld(page: Page, number: string): Promise<void> {
  const answered = page.waitForResponse('**/api/numbers/return')
  await confirm(page, number)
  await answered
}

export async function listOfFrontDesk(page: Page, token: string): Promise<void> {
  await openList(page, token)
  await wholeList(page, 90)
  await page.getByRole('searchbox', { name: 'Search numbers' }).fill('Front desk')
}
