import type { Page } from '@playwright/test'
import { extractText, getDocumentProxy } from 'unpdf'

/** What the browser would print: the text of each page. */
export async function printedPages(page: Page, savedAs?: string): Promise<string[]> {
  const pdf = await page.pdf({ preferCSSPageSize: true, ...(savedAs && { path: savedAs }) })
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)))
  return text
}

/** Counts the calls of `window.print`, which does nothing without a window. */
export async function countPrints(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    window.print = () => {
      document.documentElement.dataset.prints = String(Number(document.documentElement.dataset.prints ?? 0) + 1)
    }
  })
  return async () => Number(await page.evaluate(() => document.documentElement.dataset.prints ?? 0))
}
