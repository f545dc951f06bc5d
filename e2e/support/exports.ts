import type { Download, Locator, Page } from '@playwright/test'
import readXlsxFile from 'read-excel-file/node'

/** Chooses in the menu of a button *Export* and waits for the file. */
export async function exportFrom(page: Page, button: Locator, format: 'CSV' | 'XLSX'): Promise<Download> {
  const download = page.waitForEvent('download')
  await button.click()
  await page.getByRole('menuitem', { name: `Export ${format}` }).click()
  return download
}

export async function cellsOf(file: Download): Promise<unknown[][]> {
  const [sheet] = await readXlsxFile(await file.path(), { trim: false })
  return sheet?.data ?? []
}
