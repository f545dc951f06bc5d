import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { expectSoundLayout } from '../support/layout.ts'
import { openActivity, openList, signInOnPage, wholeList } from '../support/page-steps.ts'

const SIZES = {
  '200 % text': { width: 1280, height: 1024, text: '200%' },
  // What 1,280 by 1,024 px are at 400 %.
  '400 % zoom': { width: 320, height: 256, text: '100%' },
}

/** Whether a press on its middle would reach it. */
function isOnTop(element: Element): boolean {
  const { x, y, width, height } = element.getBoundingClientRect()
  return element.contains(document.elementFromPoint(x + width / 2, y + height / 2))
}

/** Scrolled to, each is wholly in view, and nothing lies over it. */
async function expectReachable(page: Page, ...buttons: Locator[]): Promise<void> {
  for (const button of buttons) {
    await button.scrollIntoViewIfNeeded()
    await expect(button).toBeInViewport({ ratio: 1 })
    // Not `trial` with `force`, which presses a button that becomes ready just then.
    await expect.poll(() => button.evaluate(isOnTop)).toBe(true)
  }
  await expectSoundLayout(page)
}

for (const [name, { width, height, text }] of Object.entries(SIZES)) {
  test(`${name} loses nothing, from signing in to the recap`, async ({ page, sandbox }) => {
    await page.addInitScript((size) => {
      document.addEventListener('readystatechange', () => {
        document.documentElement.style.fontSize = size
      })
    }, text)
    await page.setViewportSize({ width, height })
    await page.goto('/sign-in')
    await expectReachable(page, page.getByRole('button', { name: 'Sign in', exact: true }))

    await signInOnPage(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
    await expectSoundLayout(page)
    await page.getByRole('searchbox', { name: 'Search numbers' }).fill('Tidewater')
    await page.getByRole('button', { name: '+13055550101', exact: true }).click()
    const drawer = page.getByRole('dialog', { name: '+13055550101' })
    await expectReachable(page, drawer.getByRole('button', { name: 'Copy number' }))

    await drawer.getByRole('button', { name: 'Return +13055550101' }).click()
    const confirmation = page.getByRole('alertdialog', { name: 'Return this number?' })
    const keep = confirmation.getByRole('button', { name: 'Keep number' })
    await expect(keep).toBeFocused()
    await expect(confirmation.getByText('+13055550101', { exact: true })).toBeInViewport({ ratio: 1 })
    await expectReachable(
      page,
      confirmation.getByLabel('Note'),
      confirmation.getByRole('button', { name: 'Return number' }),
      keep,
    )
    await keep.click()

    await page.getByRole('button', { name: /^Select all 5/ }).click()
    const go = page.getByRole('button', { name: 'Return 5 selected numbers' })
    await expectReachable(page, page.getByRole('button', { name: 'Clear selection' }), go)
    await go.click()
    const batch = page.getByRole('alertdialog', { name: 'Return 5 numbers?' })
    await batch.getByLabel('Type the count').fill('5')
    const confirm = batch.getByRole('button', { name: 'Return numbers' })
    await expectReachable(
      page,
      batch.getByRole('button', { name: 'Drop +13055550101' }),
      batch.getByRole('button', { name: 'Keep numbers' }),
      confirm,
    )
    await confirm.click()
    await expect(page.getByRole('status').filter({ hasText: 'has ended' })).toBeVisible()
    await page.getByRole('button', { name: 'Dismiss message' }).click()
    await openActivity(page)
    await page.getByRole('button', { name: 'Recap' }).click()
    const recap = page.getByRole('dialog', { name: 'Batch of 5 numbers' })
    await expectReachable(page, recap.getByRole('button', { name: 'Copy as text' }))
    await page.keyboard.press('Escape')

    await page.getByRole('link', { name: 'History' }).click()
    await expect(page.getByRole('table', { name: 'Returns' })).toBeVisible()
    await expectSoundLayout(page)
  })
}

/** In places of the list: how far each line begins below the end of the one before it, px. */
function gapsBetweenLines(page: Page): Promise<number[]> {
  return page
    .getByRole('table', { name: 'Assigned numbers' })
    .locator('[data-index]')
    .evaluateAll((lines) => {
      const boxes = lines
        .map((line) => ({ index: Number(line.getAttribute('data-index')), box: line.getBoundingClientRect() }))
        .sort((a, b) => a.index - b.index)
      return boxes.flatMap(({ index, box }, at) => {
        const before = boxes[at - 1]
        return before?.index === index - 1 ? Math.round(box.top - before.box.bottom) : []
      })
    })
}

/** The gaps between lines that are negative or above `most` px. */
async function wrongGaps(page: Page, most = Number.POSITIVE_INFINITY): Promise<(number | string)[]> {
  const gaps = await gapsBetweenLines(page)
  return gaps.length === 0 ? ['no two lines were found'] : gaps.filter((gap) => gap < 0 || gap > most)
}

async function enlargeText(page: Page, size: string): Promise<void> {
  await page.evaluate((fontSize) => {
    document.documentElement.style.fontSize = fontSize
  }, size)
}

/** Texts of the element that lie over its next one, px. */
function textOver(element: Locator): Promise<string[]> {
  return element.evaluate((root) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    const boxes: { text: string; box: DOMRect }[] = []
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const range = document.createRange()
      range.selectNodeContents(node)
      boxes.push({ text: node.nodeValue ?? '', box: range.getBoundingClientRect() })
    }
    return boxes.flatMap(({ text, box }, index) => {
      const next = boxes[index + 1]?.box
      const over = next && box.bottom > next.top + 2 && box.right > next.left && next.bottom > box.top + 2
      return over ? [text] : []
    })
  })
}

test('text enlarged while the list is open moves its lines apart, also when grouped', async ({ page, sandbox }) => {
  await page.setViewportSize({ width: 1280, height: 900 })
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  for (const [width, grouped] of [
    [1280, true],
    [360, true],
    [1280, false],
    [360, false],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    await expect(page.getByRole('button', { name: 'Filters' })).toBeVisible({ visible: width === 360 })
    if (width === 1280) await page.getByRole('checkbox', { name: 'Group' }).setChecked(grouped)
    const [gap = Number.NaN] = await gapsBetweenLines(page)
    for (const size of ['200%', '100%']) {
      await enlargeText(page, size)
      await expect.poll(() => wrongGaps(page, 2 * Math.max(gap, 8))).toEqual([])
      await expectSoundLayout(page)
      if (grouped) expect(await textOver(page.getByRole('row').filter({ hasText: 'Dentistry' }).first())).toEqual([])
    }
  }

  await test.step('text enlarged in the middle of the list leaves the same number on screen', async () => {
    await page.setViewportSize({ width: 1280, height: 900 })
    await expect(page.getByRole('button', { name: 'Filters' })).toBeHidden()
    const table = page.getByRole('table', { name: 'Assigned numbers' })
    await table
      .getByRole('button', { name: /^Return / })
      .first()
      .focus()
    for (let pages = 0; pages < 4; pages++) await page.keyboard.press('PageDown')
    const line = table.locator('[data-index="40"]')
    await expect(line).toBeFocused()
    await enlargeText(page, '200%')
    await expect(line).toBeInViewport()
    await expect(line).toBeFocused()
    await expect.poll(() => wrongGaps(page)).toEqual([])
  })
})

test('text of 200 % names all that a confirmation and a receipt name, on a phone and on a tablet', async ({
  page,
  sandbox,
}) => {
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  for (const { width, height, number } of [
    { width: 360, height: 780, number: '+12145550105' },
    { width: 768, height: 1024, number: '+12145550106' },
  ]) {
    await page.setViewportSize({ width, height })
    await page.getByRole('searchbox', { name: 'Search numbers' }).fill(number)
    await enlargeText(page, '200%')
    await expectSoundLayout(page)
    await page.getByRole('button', { name: number, exact: true }).click()
    await expect(page.getByRole('dialog', { name: number })).toContainText('After hours')
    await expectSoundLayout(page)
    await page.keyboard.press('Escape')

    await page.getByRole('checkbox', { name: `Select ${number}` }).check()
    await page.getByRole('button', { name: 'Return 1 selected number' }).click()
    const batch = page.getByRole('alertdialog', { name: 'Return 1 number?' })
    await expectReachable(page, batch.getByRole('button', { name: `Drop ${number}` }))
    await batch.getByRole('button', { name: /^Keep/ }).click()

    await page.getByRole('button', { name: `Return ${number}` }).click()
    const confirmation = page.getByRole('alertdialog', { name: 'Return this number?' })
    await expect(confirmation).toContainText('Alder Family Dentistry 8001')
    await expectReachable(page, confirmation.getByLabel('Note'))
    await confirmation.getByRole('button', { name: 'Return number' }).click()
    await page
      .getByRole('status')
      .filter({ hasText: `${number} was returned.` })
      .getByRole('link', { name: 'Receipt' })
      .click()
    const receipt = page.getByRole('dialog', { name: `Receipt for ${number}` })
    await expect(receipt).toBeVisible()
    await enlargeText(page, '200%')
    await expectSoundLayout(page)
    await page.keyboard.press('Escape')
    await expect(receipt).toBeHidden()
    await expectSoundLayout(page)
    await enlargeText(page, '100%')
    await page.getByRole('link', { name: 'Numbers', exact: true }).click()
  }
})
