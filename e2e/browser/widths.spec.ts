import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { atEveryWidth, expectState, openList, wholeList } from '../support/page-steps.ts'

test('a number is found and returned at every width, light and dark', async ({ page, sandbox }) => {
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  const search = page.getByRole('searchbox', { name: 'Search numbers' })
  let left = 90
  await atEveryWidth(page, async (width, theme) => {
    const number = `+1713555010${91 - left}`
    await search.fill(number)
    await expect(page.getByRole('table', { name: 'Assigned numbers' })).toHaveAttribute('aria-rowcount', '2')
    await page.getByRole('button', { name: `Return ${number}` }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Return this number?' })
    await expect(dialog).toContainText(number)
    await expect(dialog).toContainText('Dispatch')
    await expect(dialog).toContainText('Brightwater Plumbing')
    await expect(dialog.getByRole('button', { name: 'Keep number' })).toBeFocused()
    const box = await dialog.boundingBox()
    // On a phone it is a sheet: as wide as the window, and at its lower edge.
    expect(box && { width: box.width, bottom: box.y + box.height }).toEqual(
      width === 360 ? { width: 360, bottom: 900 } : { width: 512, bottom: expect.any(Number) },
    )
    await expectAccessible(page, theme === 'light' ? 'everything' : 'colors')
    await dialog.getByLabel('Note').fill('ticket 42')
    await dialog.getByRole('button', { name: 'Return number' }).click()
    await expect(page.getByRole('status').filter({ hasText: number })).toBeVisible()
    await expect(dialog).toBeHidden()
    await search.fill('')
    left -= 1
    await wholeList(page, left)
  })
  await page.getByRole('link', { name: 'History' }).click()
  await expectState(page, () => expect(page.getByRole('button', { name: /^Receipt for \+1713555010/ })).toHaveCount(6))
})
