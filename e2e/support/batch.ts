import { expect, type Locator, type Page } from '@playwright/test'
import { openActivity } from './page-steps.ts'

export const searchBox = (page: Page) => page.getByRole('searchbox', { name: 'Search numbers' })
export const checkboxOf = (page: Page, number: string) => page.getByRole('checkbox', { name: `Select ${number}` })
export const selected = (page: Page, count: number) => page.getByText(`${count} selected`, { exact: true })
export const listIn = (recap: Locator, name: string) => recap.getByRole('region', { name, exact: true })

export async function openBatch(page: Page, search: string, count: number): Promise<Locator> {
  await searchBox(page).fill(search)
  await page.getByRole('button', { name: search ? `Select all ${count} that match` : `Select all ${count}` }).click()
  await page.getByRole('button', { name: `Return ${count} selected numbers` }).click()
  return page.getByRole('alertdialog', { name: `Return ${count} numbers?` })
}

export async function beginBatch(page: Page, search: string, count: number): Promise<void> {
  const dialog = await openBatch(page, search, count)
  await dialog.getByLabel('Type the count').fill(String(count))
  await dialog.getByRole('button', { name: 'Return numbers' }).click()
  await expect(dialog).toBeHidden()
}

export const panelOf = (page: Page, count: number) => page.getByRole('region', { name: `Batch of ${count} numbers` })

export async function openRecap(page: Page, count: number): Promise<Locator> {
  await openActivity(page)
  await panelOf(page, count).getByRole('button', { name: 'Recap' }).click()
  return page.getByRole('dialog', { name: `Batch of ${count} numbers` })
}

export async function listsIn(recap: Locator): Promise<Record<string, string[]>> {
  const lists: Record<string, string[]> = {}
  for (const list of await recap.getByRole('region').all()) {
    const items = await list.getByRole('listitem').allTextContents()
    lists[(await list.getAttribute('aria-label')) ?? ''] = items.map((text) => /^\+\d+/.exec(text)?.[0] ?? text)
  }
  return lists
}
