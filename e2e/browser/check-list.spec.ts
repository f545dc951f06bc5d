import { expectAccessible } from '../support/accessible.ts'
import { selected } from '../support/batch.ts'
import { checkText, filterOf, lineOf, linesOf, openCheck } from '../support/check-list.ts'
import { expect, test } from '../support/fixtures.ts'
import { activityButton, openList, wholeList } from '../support/page-steps.ts'
import { postsIn, RETURN } from '../support/returns.ts'

test('a list is compared with the numbers before anything else happens', async ({
  page,
  sandbox: { control, tokens },
  signIn,
}) => {
  const unsettled = { number: '+12145550105', accountId: '100002' }
  await control.fault({
    match: { ...RETURN, number: unsettled.number },
    effect: { work: 'never', answer: { kind: 'status', status: 500 } },
  })
  const { body } = await (await signIn()).post<{ outcome: string }>('/api/numbers/return', { ...unsettled, note: null })
  expect(body.outcome).toBe('unknown')
  await control.clearLog()
  await openList(page, tokens.reseller)
  await wholeList(page, 90)
  const dialog = await openCheck(page)

  await test.step('a thousand mixed lines, of which some are drawn at first', async () => {
    const lines = ['(214) 555-0101', '+1 214 555 0101', '214.555.0102', 'Front desk', '+1 999 555 0000 x']
    const unknown = Array.from({ length: 995 }, (_, index) => `+1303556${String(index).padStart(4, '0')}`)
    await checkText(dialog, [...lines, ...unknown].join('\n'))
    for (const name of ['All 1,000', 'Held 2', 'Not found 996', 'Repeated 1', 'Not a number 1'])
      await expect(filterOf(dialog, name)).toBeVisible()
    await expect(dialog.getByRole('status')).toHaveText(/^Held: 2, Returned before: 0, Not found: 996, Repeated: 1,/)
    await expect(lineOf(dialog, 2)).toContainText(/Repeated.*As in line 1/)
    await expectAccessible(page)
    await expect(linesOf(dialog).getByRole('row')).toHaveCount(51)
    await dialog.getByRole('button', { name: 'Show 50 more of 1,000 lines' }).press('Enter')
    await expect(linesOf(dialog).getByRole('row')).toHaveCount(101)
    await filterOf(dialog, 'Held 2').click()
    await expect(linesOf(dialog).getByRole('row')).toHaveCount(3)
  })

  await test.step('what stays ticked is selected, and nothing is sent', async () => {
    await lineOf(dialog, 3).getByRole('checkbox').uncheck()
    await dialog.getByRole('button', { name: 'Select 1 number' }).click()
    await expect(selected(page, 1)).toBeVisible()
    expect(await postsIn(control)).toEqual([])
  })

  await test.step('a held number that can’t be returned now has no checkbox and says why', async () => {
    await page.getByRole('button', { name: 'Clear selection' }).click()
    await expect(activityButton(page)).toHaveAccessibleName('Activity: 1 needs you')
    await openCheck(page)
    await checkText(dialog, '+12145550105\n+12145550102\n+12145550103')
    await expect(lineOf(dialog, 1)).toContainText(/Held.*It has a return that is in progress or unknown/)
    await expect(lineOf(dialog, 1).getByRole('checkbox')).toHaveCount(0)
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Select 2 numbers' }).click()
    await expect(page.getByRole('status').filter({ hasText: '2 numbers selected.' })).toBeVisible()
    await expect(selected(page, 2)).toBeVisible()
  })
})

test.describe('with one request that fails', () => {
  test.use({ expectedConsoleErrors: [/net::ERR_FAILED/] })

  test('a pasted list is checked at once, and a long one does not fill the field', async ({
    page,
    sandbox: { tokens },
  }) => {
    await openList(page, tokens.reseller)
    await wholeList(page, 90)
    const dialog = await openCheck(page)
    const field = dialog.getByLabel('Numbers')
    const paste = (text: string) =>
      field.evaluate((element, pasted) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', pasted)
        const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
        // The browser inserts a text that nobody takes.
        if (element.dispatchEvent(event)) document.execCommand('insertText', false, pasted)
      }, text)
    const numbers = Array.from({ length: 400 }, (_, index) => `+1303556${String(index).padStart(4, '0')}`)
    await paste(`+12145550101\n${numbers.join('\n')}`)
    await expect(dialog.getByText('Pasted text')).toBeVisible()
    await expect(dialog.getByText('401 rows')).toBeVisible()
    await expect(filterOf(dialog, 'Not found 400')).toBeVisible()
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await expect(field).toHaveValue('')
    await expect(field).toBeFocused()
    await test.step('a long text that can’t be checked is in the field, and nothing is lost', async () => {
      await page.route('**/parse-list', (route) => route.abort(), { times: 1 })
      await paste(numbers.join('\n'))
      await expect(dialog.getByRole('alert')).toBeVisible()
      await expect(field).toHaveValue(numbers.join('\n'))
    })
    await field.fill('+12145550101')
    await paste('\n+12145550102')
    await expect(field).toHaveValue('+12145550101\n+12145550102')
  })
})

test('what is in the list goes before any numbering plan, and each other line says why', async ({
  page,
  sandbox: { control, tokens },
}) => {
  for (const number of ['+5072001234', '+15072001234', '+5215512345678']) await control.addNumber(number, '100001')
  await openList(page, tokens.reseller)
  await wholeList(page, 93)
  const dialog = await openCheck(page)
  const lines = [
    ...['5072001234', '442079460101', 'tel:+12145550101;ext=5', '+5215512345678', '214555010'],
    ...['1.2125550104E+10', '+1214555010O', '#N/A', 'Cancel 214-555-0102 ext 7 and +12145550103', '020 7946 9999'],
  ]
  await checkText(dialog, lines.join('\n'))
  await expect(lineOf(dialog, 2)).toContainText(/442079460101.*\+442079460101.*Held/)
  await expect(lineOf(dialog, 4)).toContainText('Held')
  await expect(lineOf(dialog, 5)).toContainText(/Not found.*A digit short of \+121455501\d\d, .*and 7 more/)
  await expect(lineOf(dialog, 6)).toContainText(/Not a number.*its last digits are lost/)
  await expect(lineOf(dialog, 7)).toContainText(/Not a number.*letter O for a zero/)
  await expect(lineOf(dialog, 8)).toContainText(/Not a number.*An error value of a spreadsheet/)
  await expect(lineOf(dialog, 9)).toContainText([/214-555-0102 ext 7.*Extension/, /\+12145550103.*Held/])
  await expect(lineOf(dialog, 10)).toContainText(/Not found.*write it with \+ and the country code/)
  await expectAccessible(page)

  await test.step('an extension is not all of a number, so a person decides', async () => {
    const extension = lineOf(dialog, 3).getByRole('checkbox')
    await expect(lineOf(dialog, 3)).toContainText(/Extension 5: if it is selected/)
    await expect(extension).not.toBeChecked()
    await expect(dialog.getByRole('button', { name: 'Select 3 numbers' })).toBeVisible()
    await extension.check()
  })

  await test.step('of several meanings a person picks one, and the focus stays at the line', async () => {
    const several = lineOf(dialog, 1)
    await expect(several).toContainText('Several meanings')
    await expect(several.getByRole('checkbox')).toHaveCount(0)
    await filterOf(dialog, 'Several meanings 1').click()
    await several.getByRole('button', { name: '+5072001234', exact: true }).click()
    await expect(several).toContainText(/5072001234.*\+5072001234.*Held/)
    await expect(several.getByRole('button', { name: 'Correct line 1' })).toBeFocused()
    await filterOf(dialog, 'All 11').click()
    await expect(several.getByRole('checkbox')).toBeChecked()
  })
  await test.step('a list that is checked anew begins without the ticks of the one before', async () => {
    await expect(dialog.getByRole('button', { name: 'Select 5 numbers' })).toBeVisible()
    await checkText(dialog, `${lines.join('\n')}\n`)
    await expect(lineOf(dialog, 1)).toContainText('Several meanings')
    await expect(lineOf(dialog, 3).getByRole('checkbox')).not.toBeChecked()
  })
  await lineOf(dialog, 3).getByRole('checkbox').check()
  await lineOf(dialog, 1).getByRole('button', { name: '+15072001234', exact: true }).click()
  await dialog.getByRole('button', { name: 'Select 5 numbers' }).click()
  await expect(selected(page, 5)).toBeVisible()
  expect(await postsIn(control)).toEqual([])
})

test('a line is corrected in place, and what was returned before shows its receipt', async ({
  page,
  sandbox: { tokens },
  signIn,
}) => {
  const returned = { number: '+12145550104', accountId: '100001' }
  const { status } = await (await signIn()).post('/api/numbers/return', { ...returned, note: null })
  expect(status).toBe(200)
  await openList(page, tokens.reseller)
  await wholeList(page, 89)
  const dialog = await openCheck(page)
  await checkText(dialog, `+1214555010l\n${returned.number}\nsomebody\n+12145550102`)
  await expect(lineOf(dialog, 2)).toContainText(/Returned before.*Returned on .*Receipt/)
  const receipt = lineOf(dialog, 2).getByRole('link', { name: 'Receipt' })
  await expect(receipt).toHaveAttribute('href', /^\/history\?receipt=R-/)

  const edit = lineOf(dialog, 1).getByRole('button', { name: 'Correct line 1' })
  const field = dialog.getByRole('textbox', { name: 'Line 1' })
  await test.step('Escape leaves it as it is', async () => {
    await edit.press('Enter')
    await expect(field).toBeFocused()
    await field.fill('+12145550103')
    await field.press('Escape')
    await expect(edit).toBeFocused()
    await expect(lineOf(dialog, 1)).toContainText('Not a number')
  })
  await test.step('Enter has that line judged anew', async () => {
    await filterOf(dialog, 'Not a number 2').click()
    await edit.press('Enter')
    await field.fill('+12145550101')
    // Until then the line is what stood there.
    await expect(dialog.getByRole('button', { name: /^Select \d/ })).toHaveAttribute('aria-disabled', 'true')
    await field.press('Enter')
    await expect(lineOf(dialog, 1)).toContainText(/\+12145550101.*Held/)
    await expect(edit).toBeFocused()
  })
  await test.step('a double click begins it, and several numbers become several lines', async () => {
    await lineOf(dialog, 3).getByText('somebody').dblclick()
    const third = dialog.getByRole('textbox', { name: 'Line 3' })
    await third.fill('214-555-0103 or +12145550102')
    await third.press('Enter')
    await filterOf(dialog, 'All 5').click()
    await expect(lineOf(dialog, 3)).toContainText([/\+12145550103.*Held/, /\+12145550102.*Held/])
    await expect(lineOf(dialog, 4)).toContainText(/Repeated.*As in line 3/)
  })
  await expect(dialog.getByRole('button', { name: 'Select 3 numbers' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})
