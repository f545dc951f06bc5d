import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { openList, wholeList } from '../support/page-steps.ts'
import { postsIn } from '../support/returns.ts'

const line = (page: Page, index: number) =>
  page.getByRole('table', { name: 'Assigned numbers' }).locator(`[data-index="${index}"]`)
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search numbers' })
const selected = (page: Page, text: string) => page.getByText(text, { exact: true })
const anySelected = (page: Page) => page.getByText(/^\d+ selected/)

test.beforeEach(async ({ page, sandbox }) => {
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
})

test('the list has the focus when the page opens, and keys lead to a number, to the other page and back, and extend the selection', async ({
  page,
}) => {
  await expect(line(page, 0)).toBeFocused()

  await test.step('j and k on a number’s page lead to the next number of the list and back', async () => {
    await page.keyboard.press('Enter')
    const first = page.getByRole('dialog', { name: /^\+\d+$/ })
    const title = first.getByRole('heading').first()
    await expect(title).toBeVisible()
    const number = (await title.textContent()) ?? ''
    await page.keyboard.press('j')
    await expect(title).not.toHaveText(number)
    await page.keyboard.press('k')
    await expect(title).toHaveText(number)
    await page.keyboard.press('Escape')
    await expect(line(page, 0)).toBeFocused()
  })

  await test.step('g goes to the other page and back', async () => {
    for (const key of ['g', 'h']) await page.keyboard.press(key)
    await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
    for (const key of ['g', 'n']) await page.keyboard.press(key)
    await expect(page.getByRole('heading', { name: 'Numbers' })).toBeVisible()
    await wholeList(page, 90)
    await line(page, 0).focus()
  })

  await test.step('Shift and a moving key extends the selection and takes back what it added; Ctrl+A selects what matches', async () => {
    for (const key of ['j', 'Shift+ArrowDown', 'Shift+J', 'Shift+ArrowDown']) await page.keyboard.press(key)
    await expect(line(page, 4)).toBeFocused()
    await expect(selected(page, '4 selected')).toBeVisible()
    for (const key of ['Shift+ArrowUp', 'Shift+K']) await page.keyboard.press(key)
    await expect(selected(page, '2 selected')).toBeVisible()
    for (const index of [1, 2]) await expect(line(page, index).getByRole('checkbox')).toBeChecked()
    await page.getByRole('button', { name: 'Clear selection' }).press('Enter')
    await line(page, 0).focus()
    // A selected row elsewhere is no beginning, and what was selected before stays.
    for (const key of ['x', 'j', 'j', 'j', 'x', 'k', 'Shift+ArrowDown', 'Shift+ArrowDown'])
      await page.keyboard.press(key)
    await expect(selected(page, '4 selected')).toBeVisible()
    await page.keyboard.press('Shift+ArrowUp')
    await page.keyboard.press('Shift+ArrowUp')
    for (const index of [0, 2, 3]) await expect(line(page, index).getByRole('checkbox')).toBeChecked()
    await expect(selected(page, '3 selected')).toBeVisible()
    await page.keyboard.press('/')
    await page.keyboard.type('Front desk')
    await expect(page.getByRole('table', { name: 'Assigned numbers' })).toHaveAttribute('aria-rowcount', '5')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+a')
    for (const index of [0, 1, 2, 3]) await expect(line(page, index).getByRole('checkbox')).toBeChecked()
  })
})

test('Escape clears, R asks for the selection, and nothing is sent by keys alone', async ({ page, sandbox }) => {
  await test.step('Escape clears the search, then the selection, and leads from an empty search to the list', async () => {
    await page.keyboard.press('x')
    await page.keyboard.press('/')
    await page.keyboard.type('nothing like it')
    await expect(selected(page, '1 selected')).toBeVisible()
    await expect(selected(page, ', 1 not shown')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(search(page)).toHaveValue('')
    await expect(line(page, 0)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(line(page, 0)).toBeFocused()
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(selected(page, '1 selected')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(anySelected(page)).toHaveCount(0)
  })

  await test.step('R asks for the selection; r on another row asks which is meant, and nothing is sent by keys alone', async () => {
    const which = page.getByRole('alertdialog', { name: 'Which do you mean?' })
    await page.keyboard.press('Shift+R')
    await expect(page.getByText('No number is selected.')).toBeVisible()
    for (const key of ['x', 'j', 'x', 'j']) await page.keyboard.press(key)
    await page.keyboard.press('Shift+R')
    const both = page.getByRole('alertdialog', { name: 'Return 2 numbers?' })
    await expect(both.getByRole('button', { name: 'Keep numbers' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(both).toBeHidden()
    await expect(line(page, 2)).toBeFocused()
    await page.keyboard.press('r')
    await expect(which.getByRole('button', { name: 'None' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(which).toBeHidden()
    await page.keyboard.press('r')
    await which.getByRole('button', { name: 'The 2 selected numbers…' }).press('Enter')
    await expect(both).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(line(page, 2)).toBeFocused()
    await page.keyboard.press('r')
    await which.getByRole('button', { name: /^\+\d+…$/ }).press('Enter')
    const one = page.getByRole('alertdialog', { name: 'Return this number?' })
    await expect(one.getByRole('button', { name: 'Keep number' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(line(page, 2)).toBeFocused()
    expect(await postsIn(sandbox.control)).toEqual([])
  })

  await test.step('keys pressed right after typing act on what was typed, also where the list follows late', async () => {
    await page.getByRole('button', { name: 'Clear selection' }).click()
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 10 })
    await page.keyboard.press('/')
    await page.keyboard.type('Copperlin')
    // Not awaited one by one: they come as fast as the page takes them.
    await Promise.all(['e', 'Enter', 'Control+a'].map((key) => page.keyboard.press(key)))
    await expect(selected(page, '6 selected')).toBeVisible()
    await page.keyboard.press('/')
    await page.keyboard.press('Control+a')
    await Promise.all(['A', 'l', 'd', 'e', 'r', 'Enter', 'x'].map((key) => page.keyboard.press(key)))
    await expect(selected(page, '7 selected')).toBeVisible()
    await expect(page.getByRole('row', { name: /Alder/ }).first().getByRole('checkbox')).toBeChecked()
  })
})
