import { chromium } from '@playwright/test'
import { browserFlags, findBrowser } from '../support/browser.ts'
import { keystrokes, openPage, SIZE, searchField } from './browser.ts'
import { percentile, withServers } from './measure.ts'
import { atMost, type Section } from './report.ts'

const ms = (value: number) => `${value.toFixed(0)} ms`

export const paletteSection: Section = {
  name: 'palette',
  title: 'The palette, with 50,000 numbers',
  how: 'As for the page: the same keys, typed first into the palette, then into the list’s search.',
  run: () =>
    withServers(SIZE, async ({ sandbox, app }) => {
      const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags() })
      try {
        const page = await openPage(browser, app.url, sandbox.tokens.reseller)
        const inPalette = page.getByRole('combobox', { name: 'Search everything' })
        // Before the list was ever searched, so that its rows are new to the search.
        await page.keyboard.press('Control+k')
        await inPalette.waitFor()
        const samples = await keystrokes(page, inPalette)
        await page.keyboard.press('Escape')
        await inPalette.waitFor({ state: 'detached' })
        const list = await keystrokes(page, searchField(page))
        const half = (of: number[]) => ms(percentile(of, 0.5))
        return [
          atMost(
            'keystroke in the palette to the painted result, p95',
            percentile(samples, 0.95),
            50,
            'ms',
            `${samples.length} keys, half of them ${half(samples)} or less, the first ${ms(samples[0] ?? Number.NaN)}. The list’s search in the same run: ${half(list)}, p95 ${ms(percentile(list, 0.95))}.`,
          ),
        ]
      } finally {
        await browser.close()
      }
    }),
}
