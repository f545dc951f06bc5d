import { readFile } from 'node:fs/promises'
import { expectAccessible } from '../support/accessible.ts'
import { selected } from '../support/batch.ts'
import { filterOf, lineOf, linesOf, openCheck } from '../support/check-list.ts'
import { expect, test } from '../support/fixtures.ts'
import { openList, wholeList } from '../support/page-steps.ts'
import { placesIn, postsIn } from '../support/returns.ts'
import { type CellValue, workbookOf } from '../support/workbook.ts'
import type { SandboxControl } from '../vida-sandbox/control.ts'

/** As finance sends it: a title, a heading, 30 lines of which some are broken, and a total. */
function financeRows(numbers: readonly string[]): CellValue[][] {
  const held = numbers.slice(0, 24)
  const lines: CellValue[][] = held.map((number, index) => [
    `Customer ${index + 1}`,
    30_000_000 + index,
    // Excel stores what is typed without a + as a number.
    index % 2 === 0 ? Number(number.slice(1)) : number,
    index * 1.5,
  ])
  const broken = ['1.2125550104E+10', '+1212555010O', '#N/A', null, '+13035560000', held[0] ?? '']
  return [
    ['Numbers to cancel, November 2026', null, null, null],
    [],
    ['Customer', 'Account number', 'Phone number', 'Amount'],
    ...lines,
    ...broken.map((cell, index): CellValue[] => [`Customer ${index + 25}`, 30_000_100 + index, cell, 2]),
    ['Total', null, 30, 418.5],
  ]
}

async function americanNumbers(control: SandboxControl): Promise<string[]> {
  const places = await placesIn(control)
  return places.map(({ number }) => number).filter((number) => number.startsWith('+1'))
}

test('the finance department’s list: from a spreadsheet to the confirmation, and the rest goes back with its reasons', async ({
  page,
  sandbox: { control, tokens },
}) => {
  const held = await americanNumbers(control)
  await openList(page, tokens.reseller)
  await wholeList(page, 90)
  const dialog = await openCheck(page)
  await dialog.getByLabel('File').setInputFiles(await workbookOf('november.xlsx', financeRows(held)))
  await expect(dialog.getByText('november.xlsx')).toBeVisible()
  await expect(dialog.getByLabel('Column')).toHaveValue('2')
  await expect(filterOf(dialog, 'Held 24')).toBeVisible()
  await expect(linesOf(dialog).getByRole('row')).toHaveCount(34)
  await expect(lineOf(dialog, 3)).toContainText(/Phone number.*Not a number.*Header/)
  await expect(lineOf(dialog, 4)).toContainText(`${held[0]?.slice(1)}`)
  await expect(lineOf(dialog, 4)).toContainText(held[0] ?? '')
  await expect(lineOf(dialog, 28)).toContainText(/1\.2125550104E\+10.*Not a number.*last digits are lost/)
  await expect(lineOf(dialog, 29)).toContainText(/Not a number.*letter O/)
  await expect(lineOf(dialog, 30)).toContainText(/#N\/A.*Not a number.*error value/)
  await expect(lineOf(dialog, 31)).toContainText(/Customer 28.*Not a number.*cell is empty/)
  await expect(lineOf(dialog, 32)).toContainText(/\+13035560000.*Not found/)
  await expect(lineOf(dialog, 33)).toContainText(/Repeated.*As in line 4/)
  await expect(lineOf(dialog, 34)).toContainText(/Not a number.*Total/)
  await expectAccessible(page)

  await test.step('another column can be chosen, and the first one again', async () => {
    await dialog.getByLabel('Column').selectOption({ label: 'B: Account number' })
    await expect(lineOf(dialog, 4)).toContainText('30000000')
    await expect(filterOf(dialog, 'Held 24')).toHaveCount(0)
    await dialog.getByLabel('Column').selectOption({ label: 'C: Phone number' })
    await expect(filterOf(dialog, 'Held 24')).toBeVisible()
  })
  await test.step('the rest is exported: what finance must look at, without the heading and the total', async () => {
    const downloading = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Export the rest' }).click()
    await page.getByRole('menuitem', { name: 'Export CSV' }).click()
    const file = await downloading
    expect(file.suggestedFilename()).toMatch(/^list-rest-\d{4}-\d\d-\d\d\.csv$/)
    const text = await readFile(await file.path(), 'utf8')
    expect(
      text
        .trim()
        .split('\r\n')
        .map((line) => line.split(',')[0]),
    ).toEqual(['Line', '28', '29', '30', '31', '32', '33'])
    expect(text).toContain(`33,${held[0]},${held[0]},,Repeated,As in line 4,`)
  })
  await dialog.getByRole('button', { name: 'Select 24 numbers' }).click()
  await expect(selected(page, 24)).toBeVisible()
  await page.getByRole('button', { name: 'Return 24 selected numbers' }).click()
  await expect(page.getByRole('alertdialog', { name: 'Return 24 numbers?' })).toBeVisible()
  expect(await postsIn(control)).toEqual([])
})

test('a file that can’t be read says so, and the text that was there stays', async ({
  page,
  sandbox: { control, tokens },
}) => {
  const [number = ''] = await americanNumbers(control)
  await openList(page, tokens.reseller)
  await wholeList(page, 90)
  const dialog = await openCheck(page)
  const field = dialog.getByLabel('Numbers')
  await field.fill(number)
  const choose = (name: string, content: string | Buffer) =>
    dialog.getByLabel('File').setInputFiles({ name, mimeType: '', buffer: Buffer.from(content) })
  await choose('broken.xlsx', 'PK\u0003\u0004 and no more')
  await expect(dialog.getByRole('alert')).toHaveText(/broken\.xlsx can’t be read\. It is neither .* or it is damaged/)
  await choose('large.csv', Buffer.alloc(5_000_001, '1\n'))
  await expect(dialog.getByRole('alert')).toHaveText(/large\.csv can’t be read\. It is larger than 5 MB/)
  await choose('long.csv', '1\n'.repeat(10_001))
  await expect(dialog.getByRole('alert')).toHaveText(/more than 10,000 rows/)
  await expect(field).toHaveValue(number)

  await test.step('a file that is dropped is checked, and gives way to the text again', async () => {
    const files = await page.evaluateHandle((line) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([`Name;Phone\nAlder;${line}\n`], 'list.csv'))
      return transfer
    }, number)
    await field.dispatchEvent('drop', { dataTransfer: files })
    await expect(dialog.getByLabel('Column')).toHaveValue('1')
    await expect(lineOf(dialog, 2)).toContainText(/Held/)
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
    await expect(field).toHaveValue(number)
  })
  await test.step('cells of a spreadsheet are a table, too', async () => {
    await field.fill(`Customer\tPhone\n"Alder, Inc."\t${number}\nTotal\t1`)
    await dialog.getByRole('button', { name: 'Check', exact: true }).click()
    await expect(dialog.getByLabel('Column')).toHaveValue('1')
    await expect(lineOf(dialog, 1)).toContainText('Header')
    await expect(lineOf(dialog, 2)).toContainText('Held')
    await expect(lineOf(dialog, 3)).toContainText('Total')
  })

  await test.step('on a phone each line is a card, and nothing is wider than the screen', async () => {
    await page.setViewportSize({ width: 390, height: 800 })
    const held = await americanNumbers(control)
    await dialog.getByLabel('File').setInputFiles(await workbookOf('november.xlsx', financeRows(held)))
    await expect(filterOf(dialog, 'Held 24')).toBeVisible()
    for (const width of [390, 360]) {
      await page.setViewportSize({ width, height: 800 })
      await expectAccessible(page)
      const overflow = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)
      expect(overflow).toBe(0)
    }
  })
})
