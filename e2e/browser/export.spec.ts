import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { cellsOf, exportFrom } from '../support/exports.ts'
import { batchOf, goneAt } from '../support/history.ts'
import { giveSession, openList, wholeList } from '../support/page-steps.ts'
import { expect, test } from '../support/return-test.ts'
import type { Sandbox } from '../support/test-app.ts'

test.use({ sharedApp: 'returns' })

/** Opens the menu while the list is read, until it is complete. */
async function expectEntriesStay(page: Page, { control, tokens }: Sandbox): Promise<void> {
  const held = await control.fault({
    match: { path: 'phoneNumbers', targetAccountId: '100040' },
    effect: { waitBeforeWork: true },
  })
  await openList(page, tokens.reseller)
  await expect(page.getByText('+12145550101', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Copy or export' }).click()
  const said = page.getByText('This list is incomplete.')
  await expect(said).toBeVisible()
  const place = async () => (await page.getByRole('button', { name: /^Print/ }).boundingBox())?.y
  const before = await place()
  await control.release(held)
  await expect(said).toHaveCount(0)
  expect(await place()).toBe(before)
}

test('the list is exported as a spreadsheet whose numbers are text with their +, by keyboard, too', async ({
  page,
  sandbox,
}) => {
  await test.step('no entry of the open menu moves when the list becomes complete', async () => {
    await expectEntriesStay(page, sandbox)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: /^Print/ })).toHaveCount(0)
  })
  await wholeList(page, 90)
  await page.clock.setFixedTime(new Date(2026, 10, 30, 23, 30))
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Copy or export' }).press('Enter')
  await expectAccessible(page)
  const entry = page.getByRole('button', { name: 'XLSX of all 90 numbers' })
  for (let pressed = 0; pressed < 5; pressed += 1) await page.keyboard.press('Tab')
  await expect(entry).toBeFocused()
  await page.keyboard.press('Enter')
  const file = await download
  expect(file.suggestedFilename()).toBe('numbers-2026-11-30.xlsx')
  await expect(page.getByRole('status').filter({ hasText: 'Exported numbers-2026-11-30.xlsx.' })).toBeVisible()
  const [heading, ...rows] = await cellsOf(file)
  expect(heading?.slice(0, 2)).toEqual(['Number', 'National form'])
  expect(rows).toHaveLength(90)
  expect(rows.filter(([number]) => !/^\+\d+$/.test(String(number)))).toEqual([])
  expect(rows.flat().filter((cell) => cell !== null && typeof cell !== 'string')).toEqual([])
})

test('at 390 px, too, no entry of the open menu moves when the list becomes complete', async ({ page, sandbox }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await expectEntriesStay(page, sandbox)
})

test.describe('with one request that fails', () => {
  test.use({ expectedConsoleErrors: [/Failed to load resource/] })

  test('History is exported as a spreadsheet with all that matches, and a batch with the cells of its CSV', async ({
    page,
    sandbox,
    signIn,
  }) => {
    const client = await signIn()
    const places = Array.from({ length: 60 }, (_, index) => goneAt(index))
    const id = await batchOf(client, places, '007')
    await giveSession(page, sandbox.tokens.reseller)
    await page.goto('/history')
    const button = page.getByRole('button', { name: 'Export', exact: true })
    await test.step('one that fails says why, and a second try makes the file', async () => {
      await page.route('**/api/returns?*format=csv*', (route) => route.abort(), { times: 1 })
      await button.click()
      await page.getByRole('menuitem', { name: 'Export XLSX' }).click()
      await expect(page.getByRole('alert').filter({ hasText: 'The app cannot be reached' })).toBeVisible()
    })
    const file = await exportFrom(page, button, 'XLSX')
    expect(file.suggestedFilename()).toMatch(/^returns-\d{4}-\d\d-\d\d\.xlsx$/)
    const rows = (await cellsOf(file)).slice(1)
    expect(rows.map((row) => row[1]).toSorted()).toEqual(places.map(({ number }) => number).toSorted())
    expect(new Set(rows.map((row) => row[13]))).toEqual(new Set(['007']))

    await page.getByRole('button', { name: 'Batch of 60 numbers' }).click()
    const recap = page.getByRole('dialog', { name: 'Batch of 60 numbers' })
    const ofBatch = recap.getByRole('button', { name: 'Export', exact: true })
    await ofBatch.press('Enter')
    await expectAccessible(page)
    // Escape closes the menu alone.
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menuitem')).toHaveCount(0)
    await expect(ofBatch).toBeFocused()
    await expect(recap).toBeVisible()
    const csv = await exportFrom(page, ofBatch, 'CSV')
    const xlsx = await exportFrom(page, ofBatch, 'XLSX')
    expect([csv.suggestedFilename(), xlsx.suggestedFilename()]).toEqual([`${id}.csv`, `${id}.xlsx`])
    const lines = (await readFile(await csv.path(), 'utf8')).slice(1).trim().split('\r\n')
    const cells = (await cellsOf(xlsx)).map((row) => row.map((cell) => cell ?? '').join(','))
    expect(cells).toEqual(lines.map((line) => line.replaceAll('"', '')))
  })
})
