import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type axe from 'axe-core'
import { expect } from './fixtures.ts'

declare global {
  interface Window {
    axe?: typeof axe
  }
}

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The rules of WCAG 2.2 A and AA, and axe's best practices. */
const EVERYTHING: axe.RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}
/** Those among them that look at colours. */
const COLORS: axe.RunOnly = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }

/**
 * No violation that axe can find. `colors` where the page was looked at before in its other theme, which differs in
 * nothing else. Axe is loaded once for each document, by the browser's debugger, which the page's policy does not bind.
 */
export async function expectAccessible(page: Page, what: 'everything' | 'colors' = 'everything'): Promise<void> {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(SOURCE)
  const found = await page.evaluate(
    async (runOnly) => {
      // No page here has a frame, and passes are not looked at.
      const results = await window.axe?.run(document, { runOnly, resultTypes: ['violations'], iframes: false })
      return results?.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`)
    },
    what === 'everything' ? EVERYTHING : COLORS,
  )
  expect(found).toEqual([])
}
