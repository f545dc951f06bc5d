import { expect, test } from '../support/fixtures.ts'
import { openList, wholeList } from '../support/page-steps.ts'

test.beforeEach(async ({ page, sandbox }) => {
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
})

test('row keys act with the focus in the table alone, and r never confirms', async ({ page, sandbox }) => {
  await test.step('from a heading they lead to the lines, and neither select nor return anything there', async () => {
    const table = page.getByRole('table', { name: 'Assigned numbers' })
    const heading = table.getByRole('button', { name: 'Number', exact: true })
    for (const key of ['j', 'ArrowDown']) {
      await heading.focus()
      await page.keyboard.press('x')
      await page.keyboard.press('r')
      await page.keyboard.press(key)
      await expect(table.locator('[data-index="0"]')).toBeFocused()
    }
    await expect(page.getByRole('alertdialog')).toHaveCount(0)
    await expect(page.getByText(/^\d+ selected$/)).toHaveCount(0)
  })

  await test.step('r opens the confirmation', async () => {
    await page.getByRole('button', { name: 'Return +12145550101' }).focus()
    await page.keyboard.press('j')
    await page.keyboard.press('r')
    const dialog = page.getByRole('alertdialog', { name: 'Return this number?' })
    await expect(dialog).toContainText('+12145550102')
    await expect(dialog.getByRole('button', { name: 'Keep number' })).toBeFocused()
    for (const key of ['r', 'x', 'j', '/', '?', 'Enter']) await page.keyboard.press(key)
    await expect(dialog).toBeHidden()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByText('1 selected', { exact: true })).toHaveCount(0)
    expect((await sandbox.control.log()).entries.some(({ path }) => path.endsWith('phoneNumber/return'))).toBe(false)
  })

  await test.step('not on buttons, in fields or in dialogs', async () => {
    const pressAll = async () => {
      for (const key of ['x', 'r', 'j', 'k']) await page.keyboard.press(key)
    }
    await page.getByRole('button', { name: 'Refresh' }).focus()
    await pressAll()
    await expect(page.getByRole('button', { name: 'Refresh' })).toBeFocused()
    const search = page.getByRole('searchbox', { name: 'Search numbers' })
    await search.focus()
    await pressAll()
    await expect(search).toHaveValue('xrjk')
    await search.fill('')
    await page.getByRole('button', { name: '+12145550101', exact: true }).click()
    await expect(page.getByRole('dialog', { name: '+12145550101' })).toBeVisible()
    await pressAll()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByRole('alertdialog')).toHaveCount(0)
    await expect(page.getByText(/^\d+ selected$/)).toHaveCount(0)
  })
})

test('? lists the keys; there, / and ? are switched off, and that lasts', async ({ page }) => {
  const search = page.getByRole('searchbox', { name: 'Search numbers' })
  const keys = page.getByRole('dialog', { name: 'Keys' })
  await page.locator('body').press('?')
  await expect(keys).toContainText('Select the row')
  await keys.getByRole('checkbox', { name: '/, ? and g work anywhere on the page' }).press('Space')
  await page.keyboard.press('Escape')
  await expect(keys).toBeHidden()
  for (const reloaded of [false, true]) {
    if (reloaded) await page.reload()
    await wholeList(page, 90)
    await page.getByRole('button', { name: 'Refresh' }).focus()
    await page.keyboard.press('/')
    await page.keyboard.press('?')
    await expect(search).not.toBeFocused()
    await expect(keys).toHaveCount(0)
  }
  const settings = page.getByRole('button', { name: 'Settings' })
  await settings.click()
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  await expect(keys).toContainText('PageDown')
  await page.keyboard.press('Escape')
  await expect(settings).toBeFocused()
  await settings.click()
  await page.getByRole('checkbox', { name: 'Keys /, ? and g' }).check()
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  await expect(search).toBeFocused()
})

test('one row takes part in the Tab order and says which it is, far down and after a filter, and the search leads to it', async ({
  page,
}) => {
  const table = page.getByRole('table', { name: 'Assigned numbers' })
  const rows = table.locator('[role=row][data-index]')
  const indexes = () => rows.evaluateAll((all) => all.map((row) => Number(row.getAttribute('aria-rowindex'))))
  const expectOneInTabOrder = async (index: string) => {
    const tabbable = table.locator('[role=row][tabindex="0"]')
    await expect(tabbable).toHaveCount(1)
    await expect(tabbable).toHaveAttribute('aria-rowindex', index)
    const others = table.locator('[role=row][tabindex="-1"] :is(button, input):not([tabindex="-1"])')
    await expect(others).toHaveCount(0)
  }
  await expectOneInTabOrder('2')
  await rows.first().focus()
  await page.keyboard.press('End')
  await expect(table.locator('[role=row][aria-rowindex="91"]')).toBeFocused()
  await expect(table).toHaveAttribute('aria-rowcount', '91')
  await expectOneInTabOrder('91')
  const drawn = await indexes()
  expect(drawn).toEqual(drawn.toSorted((one, other) => one - other))
  for (const key of ['k', 'ArrowUp', 'Home', 'ArrowDown']) await page.keyboard.press(key)
  await expect(table.locator('[role=row][aria-rowindex="3"]')).toBeFocused()
  await page.keyboard.press('/')
  await page.keyboard.type('Front desk')
  await expect(table).toHaveAttribute('aria-rowcount', '5')
  await expect.poll(indexes).toEqual([2, 3, 4, 5])
  await expectOneInTabOrder('3')

  await test.step('from the search Enter or ↓ goes to the first line of what it found, and / back', async () => {
    const search = page.getByRole('searchbox', { name: 'Search numbers' })
    for (const [text, key] of [
      ['Front desk', 'Enter'],
      ['After hours', 'ArrowDown'],
    ] as const) {
      await page.locator('body').press('/')
      await search.fill(text)
      await expect(table.locator('[data-index="0"]')).toContainText(text)
      await search.press(key)
      await expect(table.locator('[data-index="0"]')).toBeFocused()
      await page.keyboard.press('/')
      await expect(search).toBeFocused()
    }
  })
})
