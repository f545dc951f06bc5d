import { expectAccessible } from '../support/accessible.ts'
import { cellsOf, exportFrom } from '../support/exports.ts'
import { expect, test } from '../support/fixtures.ts'
import { batchOf, goneAt } from '../support/history.ts'
import { giveSession } from '../support/page-steps.ts'
import { countPrints, printedPages } from '../support/print.ts'
import { FRONT_DESK } from '../support/returns.ts'

const [place, other] = FRONT_DESK
const WEEK_MS = 7 * 86_400_000

test('the auditor’s week: its returns, a report of them on screen, on paper and as a spreadsheet', async ({
  page,
  sandbox,
  signIn,
}) => {
  const ada = await signIn(undefined, 'Ada Lovelace')
  await ada.post('/api/numbers/return', { ...place, reason: 'Unused', note: 'T17' })
  await batchOf(await signIn(undefined, 'Bob'), [goneAt(1), goneAt(2)])
  await ada.post('/api/protections', { level: 'number', target: other.number, reason: 'Main line' })
  const prints = await countPrints(page)
  await giveSession(page, sandbox.tokens.reseller)
  await page.clock.setFixedTime(Date.now() + WEEK_MS)

  await page.goto('/history')
  const rows = page.getByRole('table', { name: 'Returns' }).getByRole('row', { name: /Receipt for|Batch of/ })
  await expect(rows).toHaveCount(2)
  const period = page.getByRole('group', { name: 'Period' })
  const week = period.getByRole('button', { name: 'Last week' })
  await week.click()
  await expect(week).toHaveAttribute('aria-pressed', 'true')
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\d&to=/)
  // The rows of before are dimmed until the answer is there.
  await expect(page.locator('[aria-busy=true]').filter({ has: rows })).toHaveCount(0)
  await expect(rows).toHaveCount(2)
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Report', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Report of returns' })
  await expect(dialog.getByText('3 returns', { exact: true })).toBeVisible()
  const part = (name: string) => dialog.getByRole('region', { name }).getByRole('row')
  await expect(part('By outcome')).toContainText([/Outcome/, /Returned1/, /Already gone2/])
  await expect(part('By person')).toContainText([/Person/, /Bob20/, /Ada Lovelace11/])
  await expect(part('By reason')).toContainText([/Reason/, /Unused11/, /No reason given20/])
  await expect(part('Changes of protection')).toContainText([
    /Protected/,
    /Set.*\+12145550102.*Ada Lovelace.*Main line/,
  ])
  await expect(part('Receipts')).toHaveCount(4)
  await expectAccessible(page)

  const cells = await cellsOf(await exportFrom(page, dialog.getByRole('button', { name: 'Export' }), 'XLSX'))
  expect(cells).toContainEqual(expect.arrayContaining(['Ada Lovelace', '1']))
  expect(cells.filter(([first]) => String(first).startsWith('R-'))).toHaveLength(3)
  await dialog.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Print' }).click()
  await expect.poll(prints).toBe(1)
  const paper = (await printedPages(page)).join('\n')
  expect(paper).toContain('Report of returns')
  for (const text of [place.number, 'Ada Lovelace', 'Unused', 'T17', 'Main line']) expect(paper).toContain(text)

  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await week.click()
  await expect(page).not.toHaveURL(/from=/)
})
