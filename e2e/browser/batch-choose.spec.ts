import { readFile } from 'node:fs/promises'
import { expectAccessible } from '../support/accessible.ts'
import { checkboxOf, searchBox, selected } from '../support/batch.ts'
import { exportFrom } from '../support/exports.ts'
import { expect, test } from '../support/fixtures.ts'
import { failReads } from '../support/inventory.ts'
import { openList, REFUSED, wholeList } from '../support/page-steps.ts'

test.describe('with the whole list', () => {
  test.beforeEach(async ({ page, sandbox }) => {
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
  })

  test('a range is chosen with Shift by mouse or keyboard, from the row that was last selected and still is, and stays while the search changes', async ({
    page,
  }) => {
    await searchBox(page).fill('Front desk')
    await checkboxOf(page, '+12145550101').click()
    await checkboxOf(page, '+12145550104').click({ modifiers: ['Shift'] })
    await expect(selected(page, 4)).toBeVisible()
    await searchBox(page).fill('bakery')
    await expect(selected(page, 4)).toBeVisible()
    await page.getByRole('button', { name: 'Show selection' }).click()
    await expect(checkboxOf(page, '+12145550103')).toBeChecked()
    await expectAccessible(page)
    // A search ends it: a field that looks as if it searched does.
    await searchBox(page).fill('Dispatch')
    await expect(page.getByRole('button', { name: 'Show selection' })).toBeVisible()
    await expect(checkboxOf(page, '+17135550105')).not.toBeChecked()
    await expect(selected(page, 4)).toBeVisible()
    await page.getByRole('button', { name: 'Clear selection' }).click()
    await expect(page.locator('main [role=row][data-index][tabindex="0"]')).toBeFocused()
    await searchBox(page).fill('Dispatch')
    await checkboxOf(page, '+17135550105').press('Space')
    await checkboxOf(page, '+17135550102').press('Shift+Space')
    await expect(selected(page, 4)).toBeVisible()
    await expect(checkboxOf(page, '+17135550103')).toBeChecked()
    await expect(checkboxOf(page, '+17135550101')).not.toBeChecked()

    await page.getByRole('button', { name: 'Clear selection' }).click()
    await searchBox(page).fill('Front desk')
    await checkboxOf(page, '+12145550101').click()
    await page.getByRole('button', { name: 'Clear selection' }).click()
    await checkboxOf(page, '+12145550104').click({ modifiers: ['Shift'] })
    await expect(selected(page, 1)).toBeVisible()
    await checkboxOf(page, '+12145550104').click()
    await expect(selected(page, 1)).toHaveCount(0)
    await checkboxOf(page, '+12145550102').click({ modifiers: ['Shift'] })
    await expect(selected(page, 1)).toBeVisible()
    await checkboxOf(page, '+12145550104').click({ modifiers: ['Shift'] })
    await expect(selected(page, 3)).toBeVisible()

    await test.step('a selection is exported as CSV, in a file with the day of the person', async () => {
      await page.getByRole('button', { name: 'Clear selection' }).click()
      await page.clock.setFixedTime(new Date(2026, 10, 30, 23, 30))
      await checkboxOf(page, '+12145550101').click()
      await checkboxOf(page, '+12145550103').click()
      const file = await exportFrom(page, page.getByRole('button', { name: 'Export the selection' }), 'CSV')
      expect(file.suggestedFilename()).toBe('selected-numbers-2026-11-30.csv')
      const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
      expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(['+12145550101', '+12145550103'])
    })
  })

  test('all are chosen, an organization or an agent from its line, and what leaves the list or is in two accounts is not', async ({
    page,
    sandbox: { control },
  }) => {
    const organization = page.getByRole('checkbox', { name: 'Select all of Alder Family Dentistry 8001' })
    await test.step('all are offered as all, and as those that match once something narrows the list', async () => {
      const offered = page.getByRole('button', { name: /^(?:Uns|S)elect all/ })
      await expect(offered).toHaveText('Select all 90')
      await searchBox(page).fill('Front desk')
      await expect(offered).toHaveText(/^Select all \d+ that match$/)
      await searchBox(page).fill('')
      await expect(offered).toHaveText('Select all 90')
      await page.getByRole('button', { name: /^Churn queue/ }).click()
      await expect(offered).toHaveText(/^Select all \d+ that match$/)
      await page.getByRole('button', { name: 'All', exact: true }).click()
      await expect(offered).toHaveText('Select all 90')
      await offered.click()
      await expect(offered).toHaveText('Unselect all 90')
      await expect(selected(page, 90)).toBeVisible()
      await offered.click()
      await expect(page.getByRole('group', { name: 'Selection' })).toBeHidden()
    })

    await test.step('an organization or an agent is chosen from its line, and what leaves the list drops out for good', async () => {
      await searchBox(page).fill('Alder')
      await page.getByRole('checkbox', { name: 'Group' }).check()
      await page.getByRole('checkbox', { name: 'Select all of Front desk 100001' }).check()
      await expect(selected(page, 4)).toBeVisible()
      await expect(organization).toBeChecked({ indeterminate: true })
      await organization.click()
      await expect(selected(page, 10)).toBeVisible()
      await expectAccessible(page)
      await page.getByRole('checkbox', { name: 'Select all of Recalls 100003' }).uncheck()
      await expect(selected(page, 7)).toBeVisible()
      await control.removeNumber('+12145550102')
      await control.moveNumber('+12145550110', '100002')
      await page.getByRole('button', { name: 'Refresh' }).click()
      await expect(selected(page, 5)).toBeVisible()
      await control.addNumber('+12145550102', '100001')
      await page.getByRole('button', { name: 'Refresh' }).click()
      await expect(checkboxOf(page, '+12145550102')).not.toBeChecked()
      await expect(selected(page, 5)).toBeVisible()
      await page.getByRole('button', { name: 'Clear selection' }).click()
    })

    await test.step('a number in two accounts can’t be chosen, and does not keep its organization from being chosen', async () => {
      await control.addNumber('+12145550101', '100002')
      await page.getByRole('button', { name: 'Refresh' }).click()
      await expect(checkboxOf(page, '+12145550101').first()).toBeDisabled()
      // The keys say why they do nothing.
      await page.getByRole('button', { name: '+12145550101', exact: true }).first().focus()
      for (const key of ['x', 'r']) {
        await page.keyboard.press(key)
        await expect(
          page.getByRole('alert').filter({ hasText: 'Vida lists this number in two accounts' }),
        ).toBeVisible()
        await page.getByRole('button', { name: 'Dismiss message' }).click()
        await page.getByRole('button', { name: '+12145550101', exact: true }).first().focus()
      }
      await expect(page.getByRole('alertdialog')).toHaveCount(0)
      await organization.check()
      await expect(selected(page, 9)).toBeVisible()
      await organization.uncheck()
      await expect(page.getByRole('group', { name: 'Selection' })).toBeHidden()
    })
  })
})

test.describe('with an account missing', () => {
  test.use({ expectedConsoleErrors: [REFUSED] })

  test('only what is read is offered to be chosen, and nobody is said to be left without a number', async ({
    page,
    sandbox,
  }) => {
    await failReads(sandbox.control, '100002')
    await openList(page, sandbox.tokens.reseller)
    // The notice at the scan's end moves what is below it.
    await expect(page.getByRole('main').getByRole('alert')).toContainText('1 account failed')
    await expect(page.getByRole('button', { name: 'Select the 88 shown' })).toBeVisible()
    await expect(page.getByRole('button', { name: /that match$/ })).toBeHidden()
    await page.getByRole('checkbox', { name: 'Group' }).check()
    await page.getByRole('checkbox', { name: 'Select what is read of Alder Family Dentistry 8001' }).check()
    await page.getByRole('button', { name: 'Return 8 selected numbers' }).click()
    const dialog = page.getByRole('alertdialog')
    await expect(dialog.getByText('may have no number left').first()).toBeVisible()
    await expect(dialog.getByText('will have no number left')).toHaveCount(0)
  })
})

test('a selection is kept through a reload and the way to History and back, and is nobody else’s', async ({
  page,
  context,
  sandbox: { control, tokens },
}) => {
  const bar = page.getByRole('group', { name: 'Selection' })
  await openList(page, tokens.reseller)
  await wholeList(page, 90)
  await searchBox(page).fill('Tidewater')
  await page.getByRole('button', { name: 'Select all 5 that match' }).click()
  await checkboxOf(page, '+13055550104').uncheck()
  await expect(selected(page, 4)).toBeVisible()
  // Written a moment after the typing; a reload before that would begin without it.
  await expect(page).toHaveURL(/q=Tidewater/)
  await page.reload()
  await expect(selected(page, 4)).toBeVisible()
  await expect(checkboxOf(page, '+13055550103')).toBeChecked()
  await expect(checkboxOf(page, '+13055550104')).not.toBeChecked()
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
  await page.getByRole('link', { name: 'Numbers' }).click()
  await expect(selected(page, 4)).toBeVisible()

  await test.step('it is held against the list as it is then, and stays cleared', async () => {
    await page.getByRole('link', { name: 'History' }).click()
    await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
    await control.removeNumber('+13055550101')
    await page.goto('/numbers')
    await wholeList(page, 89)
    await expect(selected(page, 3)).toBeVisible()
    await page.getByRole('button', { name: 'Return 3 selected numbers' }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Return 3 numbers?' })
    await expect(dialog.getByRole('listitem')).toHaveText(['+13055550105', '+13055550102', '+13055550103'])
    await dialog.getByRole('button', { name: 'Keep numbers' }).click()
    await page.getByRole('button', { name: 'Clear selection' }).click()
    await page.reload()
    await wholeList(page, 89)
    await expect(bar).toBeHidden()
  })

  const select = async () => {
    await checkboxOf(page, '+12145550101').check()
    await expect(selected(page, 1)).toBeVisible()
  }

  await test.step('it is no other tab’s, and gone after signing out, whoever signs in next', async () => {
    await select()
    const other = await context.newPage()
    await other.goto('/numbers')
    await wholeList(other, 89)
    await expect(other.getByRole('group', { name: 'Selection' })).toBeHidden()
    await other.getByRole('button', { name: 'Sign out', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('+1214')
    await openList(page, tokens.reseller)
    await wholeList(page, 89)
    await expect(bar).toBeHidden()
  })

  await test.step('it is not another account’s who signs in without this tab', async () => {
    await select()
    // Only the cookie changes, as when another window of this browser signs in.
    await openList(page, tokens.otherReseller)
    await expect(page.getByText(/^\d+ numbers? in \d+ accounts?/)).toBeVisible()
    await expect(bar).toBeHidden()
  })
})
