import { expectAccessible } from '../support/accessible.ts'
import { selected } from '../support/batch.ts'
import { expect, test } from '../support/fixtures.ts'
import { expectFocusKept, openList, wholeList } from '../support/page-steps.ts'
import { postsIn, RETURN } from '../support/returns.ts'

test('a pasted list is compared with the list before anything else happens', async ({
  page,
  sandbox: { control, tokens },
}) => {
  await control.addNumber('+493030104711', '100001')
  await control.addNumber('+433030104711', '100002')
  await openList(page, tokens.reseller)
  await wholeList(page, 92)
  const dialog = page.getByRole('dialog', { name: 'Paste a list' })

  await test.step('a thousand mixed lines', async () => {
    const lines = ['(214) 555-0101', '+1 214 555 0101', '214.555.0102', 'Front desk', '+1 999 555 0000 x']
    const unknown = Array.from({ length: 995 }, (_, index) => `+1303556${String(index).padStart(4, '0')}`)
    await page.getByRole('button', { name: 'Paste a list' }).click()
    await expect(dialog.getByLabel('Numbers')).toBeFocused()
    await dialog.getByLabel('Numbers').fill([...lines, ...unknown].join('\n'))
    await dialog.getByRole('button', { name: 'Compare with the list' }).click()
    await expect(dialog.getByText('Held (2)')).toBeVisible()
    await expect(dialog.getByText('Not found (996)')).toBeVisible()
    await expect(dialog.getByText('More than once (1)')).toBeVisible()
    await expect(dialog.getByText('Not a number (1)')).toBeVisible()
    await expectAccessible(page)
    await dialog.getByRole('checkbox', { name: /\+12145550102/ }).uncheck()
    await dialog.getByRole('button', { name: 'Select 1 number' }).click()
    await expect(selected(page, 1)).toBeVisible()
    expect(await postsIn(control)).toEqual([])
    await page.getByRole('button', { name: 'Clear selection' }).click()
  })

  await test.step('a national form as the list shows it is its number, which is named before anything is selected', async () => {
    const row = page.getByRole('row').filter({ hasText: '+442079460101' })
    await page.getByRole('searchbox', { name: 'Search numbers' }).fill('+442079460101')
    await expect(row).toContainText('020 7946 0101')
    await page.getByRole('button', { name: 'Paste a list' }).click()
    await dialog.getByLabel('Numbers').fill('020 7946 0101\n020 7946 9999\nFront desk')
    await dialog.getByRole('button', { name: 'Compare with the list' }).click()
    await expect(dialog.getByText('Held (1)')).toBeVisible()
    await expect(dialog.getByRole('checkbox', { name: /\+442079460101.*pasted as “020 7946 0101”/ })).toBeChecked()
    await dialog.getByText('Country code missing (1)').click()
    await expect(dialog.getByText('Write them with + and the country code.')).toBeVisible()
    await expect(dialog.getByText('Not a number (1)')).toBeVisible()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Select 1 number' }).click()
    await expect(selected(page, 1)).toBeVisible()
    await page.getByRole('button', { name: 'Clear selection' }).click()
  })

  await test.step('a national form of two numbers selects neither and names both', async () => {
    await page.getByRole('button', { name: 'Paste a list' }).click()
    await dialog.getByLabel('Numbers').fill('030 30104711')
    await dialog.getByRole('button', { name: 'Compare with the list' }).click()
    await expect(dialog.getByText('Held (0)')).toBeVisible()
    await dialog.getByText('May be several numbers (1)').click()
    await expect(dialog.getByText(/030 30104711: .*\+493030104711/)).toContainText('+433030104711')
    await expect(dialog.getByRole('button', { name: 'Select 0 numbers' })).toHaveAttribute('aria-disabled', 'true')
  })
})

test('what is in the list goes before any numbering plan, and what is no number says why', async ({
  page,
  sandbox: { control, tokens },
}) => {
  for (const number of ['+5072001234', '+15072001234', '+5215512345678']) await control.addNumber(number, '100001')
  await openList(page, tokens.reseller)
  await wholeList(page, 93)
  const dialog = page.getByRole('dialog', { name: 'Paste a list' })
  const lines = [
    ...['5072001234', '442079460101', 'tel:+12145550101;ext=5', '+5215512345678', '214555010'],
    ...['1.2125550104E+10', '+1214555010O', '#N/A', 'Cancel 214-555-0102 ext 7 and +12145550103'],
  ]
  await page.getByRole('button', { name: 'Paste a list' }).click()
  await dialog.getByLabel('Numbers').fill(lines.join('\n'))
  await dialog.getByRole('button', { name: 'Compare with the list' }).click()
  await expect(dialog.getByText('Held (5)')).toBeVisible()
  await dialog.getByText('May be several numbers (1)').click()
  await expect(dialog.getByText('5072001234: +15072001234, +5072001234')).toBeVisible()
  await dialog.getByText('One digit off (1)').click()
  await expect(
    dialog.getByText(/^214555010: a digit short of \+121455501\d\d, \+121455501\d\d, \+121455501\d\d, and 7 more$/),
  ).toBeVisible()
  await dialog.getByText('Not a number (3)').click()
  await expect(dialog.getByText('#N/A: an error value of a spreadsheet')).toContainText(
    /1\.2125550104E\+10: a spreadsheet rounded it.*\n\+1214555010O: it has the letter O for a zero/,
  )
  await expectAccessible(page)
  // An extension is not all of a number, so a person decides.
  const extension = dialog.getByRole('checkbox', { name: /\+12145550101.*Extension 5/ })
  await expect(extension).not.toBeChecked()
  await expect(dialog.getByRole('button', { name: 'Select 3 numbers' })).toBeVisible()
  await extension.check()
  await dialog.getByRole('button', { name: 'Select 4 numbers' }).click()
  await expect(selected(page, 4)).toBeVisible()
  expect(await postsIn(control)).toEqual([])
})

test('a pasted number that can’t be chosen stands by itself with the reason, and the button counts what it selects', async ({
  page,
  sandbox: { control, tokens },
  signIn,
}) => {
  const unsettled = { number: '+12145550101', accountId: '100001' }
  await control.fault({
    match: { ...RETURN, number: unsettled.number },
    effect: { work: 'never', answer: { kind: 'status', status: 500 } },
  })
  const { body } = await (await signIn()).post<{ outcome: string }>('/api/numbers/return', {
    ...unsettled,
    note: null,
  })
  expect(body.outcome).toBe('unknown')
  await openList(page, tokens.reseller)
  await wholeList(page, 90)
  await expect(page.getByText('1 return with an unknown outcome')).toBeVisible()
  await page.getByRole('button', { name: 'Paste a list' }).click()
  const dialog = page.getByRole('dialog', { name: 'Paste a list' })
  await dialog.getByLabel('Numbers').fill('+12145550101\n+12145550102\n+12145550103')
  await dialog.getByRole('button', { name: 'Compare with the list' }).click()
  await expect(dialog.getByText('Held (2)')).toBeVisible()
  await dialog.getByText('Not settled (1)').click()
  await expect(dialog.getByText('have an earlier return that is in progress or unknown')).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Select 2 numbers' }).click()
  await expect(page.getByRole('status').filter({ hasText: '2 numbers selected.' })).toBeVisible()
  await expect(selected(page, 2)).toBeVisible()
})

test('a long pasted list is folded until all of it is asked for, and counted as a whole', async ({
  page,
  sandbox: { control, tokens },
}) => {
  await control.reset({ size: { organizations: 6, accountsPerOrganization: 5, numbersPerAccount: 5 } })
  const numbers = (await control.numbers()).filter(({ accountId }) => accountId.startsWith('1000'))
  expect(numbers).toHaveLength(150)
  await openList(page, tokens.reseller)
  await wholeList(page, 150)
  await page.getByRole('button', { name: 'Paste a list' }).click()
  const dialog = page.getByRole('dialog', { name: 'Paste a list' })
  await dialog.getByLabel('Numbers').fill(numbers.map(({ number }) => number).join('\n'))
  await dialog.getByRole('button', { name: 'Compare with the list' }).click()
  await expect(dialog.getByText('Held (150)')).toBeVisible()
  await expect(dialog.getByRole('checkbox')).toHaveCount(100)
  await expect(dialog.getByRole('button', { name: 'Select 150 numbers' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Show all 150' }).press('Enter')
  await expect(dialog.getByRole('checkbox')).toHaveCount(150)
  await expectFocusKept(page)
  await dialog.getByRole('checkbox').last().uncheck()
  await expect(dialog.getByRole('button', { name: 'Select 149 numbers' })).toBeVisible()
})
