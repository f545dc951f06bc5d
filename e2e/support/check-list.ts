import { expect, type Locator, type Page } from '@playwright/test'

export async function openCheck(page: Page): Promise<Locator> {
  const button = page.getByRole('button', { name: 'Check a list' })
  const more = page.getByRole('button', { name: 'More actions' })
  await expect(more).toBeVisible()
  if (await button.isVisible()) await button.click()
  else {
    // On a phone.
    await more.click()
    await page.getByRole('menuitem', { name: 'Check a list' }).click()
  }
  const dialog = page.getByRole('dialog', { name: 'Check a list' })
  await expect(dialog.getByLabel('Numbers')).toBeFocused()
  return dialog
}

export async function checkText(dialog: Locator, text: string): Promise<void> {
  await dialog.getByLabel('Numbers').fill(text)
  await dialog.getByRole('button', { name: 'Check', exact: true }).click()
  await expect(linesOf(dialog)).toBeVisible()
}

export const linesOf = (dialog: Locator) => dialog.getByRole('table', { name: 'Lines' })

/** The row of a line of the text or the sheet, from 1. */
export function lineOf(dialog: Locator, line: number): Locator {
  const cell = dialog.page().getByRole('cell', { name: String(line), exact: true })
  return linesOf(dialog).getByRole('row').filter({ has: cell })
}

/** A button of the filters, such as `Held 24`. */
export const filterOf = (dialog: Locator, name: string) => dialog.getByRole('button', { name, exact: true })
