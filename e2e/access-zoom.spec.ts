import type { Locator, Page } from '@playwright/test'
import { expect, test } from './tools/fixtures.ts'
import { expectNothingLost } from './tools/lost.ts'
import { signInOnPage, wholeList } from './tools/story.ts'

test.use({ houseName: 'shared' })

const SIZES = {
  '200 % text': { width: 1280, height: 1024, text: '200%' },
  // What 1,280 by 1,024 px are at 400 %.
  '400 % zoom': { width: 320, height: 256, text: '100%' },
}

/** Scrolled to, each is wholly in view, and nothing lies over it. */
async function expectReachable(page: Page, ...buttons: Locator[]): Promise<void> {
  for (const button of buttons) {
    await button.scrollIntoViewIfNeeded()
    await expect(button).toBeInViewport({ ratio: 1 })
    // It is not pressed: only that a press would reach it.
    await button.click({ trial: true, force: (await button.getAttribute('aria-disabled')) === 'true' })
  }
  await expectNothingLost(page)
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
    await expectNothingLost(page)
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
    await page.getByRole('button', { name: 'Recap' }).click()
    const recap = page.getByRole('dialog', { name: 'Batch of 5 numbers' })
    await expectReachable(page, recap.getByRole('button', { name: 'Copy as text' }))
    await page.keyboard.press('Escape')

    await page.goto('/history')
    await expect(page.getByRole('table', { name: 'Returns' })).toBeVisible()
    await expectNothingLost(page)
  })
}
