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

const EVERYTHING: axe.RunOnly = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}
const COLORS: axe.RunOnly = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }

/** Text beside other nodes: a browser's translation puts its own elements there, and React can't change it any more. */
async function expectTranslatable(page: Page): Promise<void> {
  const mixed = await page.evaluate(() => {
    const found: string[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const parent = text.parentElement
      if (text.nodeValue?.trim() && parent && parent.childNodes.length > 1) found.push(parent.outerHTML.slice(0, 200))
    }
    return found
  })
  expect(mixed, 'text without an element of its own').toEqual([])
}

/** Axe finds no violation, and text can be translated. `colors` is enough where the page was checked in its other theme before. */
export async function expectAccessible(page: Page, what: 'everything' | 'colors' = 'everything'): Promise<void> {
  await expectTranslatable(page)
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(SOURCE)
  const found = await page.evaluate(
    async (runOnly) => {
      // Without frames and passes it is faster, and no page has a frame.
      const results = await window.axe?.run(document, { runOnly, resultTypes: ['violations'], iframes: false })
      return results?.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`)
    },
    what === 'everything' ? EVERYTHING : COLORS,
  )
  expect(found).toEqual([])
}
