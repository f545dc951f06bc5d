import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { openList, wholeList } from '../support/page-steps.ts'
import { RETURN } from '../support/returns.ts'

/** Puts each text, also a later one, into two `<font>` elements, as the translation of Chrome and Edge does. */
async function translate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const wrap = (root: Node) => {
      const texts: Text[] = []
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
      for (let node: Node | null = root; node; node = walker.nextNode()) if (node instanceof Text) texts.push(node)
      for (const text of texts) {
        const parent = text.parentElement
        if (!text.data.trim() || !parent || parent.closest('font, [translate="no"], script, style, textarea')) continue
        const [outer, inner] = [document.createElement('font'), document.createElement('font')]
        inner.append(`«${text.data}»`)
        outer.append(inner)
        text.replaceWith(outer)
      }
    }
    wrap(document.body)
    const changes = { childList: true, characterData: true, subtree: true }
    new MutationObserver((records) => {
      for (const { type, target, addedNodes } of records) {
        if (type === 'characterData') wrap(target)
        for (const node of addedNodes) if (node.isConnected) wrap(node)
      }
    }).observe(document.body, changes)
  })
  await expect(page.getByRole('heading', { name: '«Numbers»' })).toBeVisible()
}

const selected = (page: Page, count: number) => page.getByText(`«${count} selected»`, { exact: true })
const countLine = (page: Page) => page.getByText('«90 numbers»')

test.describe('in a browser that translates the page', () => {
  test.beforeEach(async ({ page, sandbox }) => {
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
    await translate(page)
  })

  test('the selection, the search, a return and a refused one show what is true', async ({ page, sandbox }) => {
    await test.step('the count of the selection, the search and its clearing show what is true', async () => {
      await page.getByRole('checkbox', { name: 'Select +12145550101' }).check()
      await expect(selected(page, 1)).toBeVisible()
      await page.getByRole('checkbox', { name: 'Select +12145550102' }).check()
      await expect(selected(page, 2)).toBeVisible()
      await page.getByRole('checkbox', { name: 'Select +12145550101' }).uncheck()
      await expect(selected(page, 1)).toBeVisible()
      await page.getByRole('button', { name: 'Clear selection' }).click()
      await expect(selected(page, 1)).toBeHidden()
      await page.getByRole('searchbox', { name: 'Search numbers' }).fill('Alder')
      await expect(page.getByText('« · 10 shown»')).toBeVisible()
      await page.getByRole('searchbox', { name: 'Search numbers' }).fill('no such number')
      await expect(page.getByText('«Nothing matches»')).toBeVisible()
      await page.getByRole('searchbox', { name: 'Search numbers' }).fill('')
      await expect(page.getByRole('button', { name: 'Return +12145550101' })).toBeVisible()
      await expect(countLine(page)).toBeVisible()
    })

    await test.step('a return and a refused one end with their outcomes', async () => {
      const confirm = async (number: string) => {
        await page.getByRole('button', { name: `Return ${number}` }).click()
        const dialog = page.getByRole('alertdialog')
        await expect(dialog).toContainText(number)
        await dialog.getByRole('button', { name: 'Return number' }).click()
        await expect(dialog).toBeHidden()
      }
      await confirm('+12145550101')
      await expect(page.getByRole('button', { name: 'Return +12145550101' })).toBeHidden()
      await expect(page.getByText('«89 numbers»')).toBeVisible()
      await sandbox.control.fault({ match: RETURN, effect: { answer: { kind: 'success-false', message: 'Not now.' } } })
      await confirm('+12145550102')
      await expect(page.getByRole('table').getByText(/Vida said/)).toBeVisible()
      await expect(page.getByText('This page broke')).toBeHidden()
    })
  })
})
