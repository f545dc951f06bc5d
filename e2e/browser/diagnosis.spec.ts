import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { atEveryWidth, openList, tabTo, wholeList } from '../support/page-steps.ts'

const run = (page: Page) => page.getByRole('button', { name: 'Run diagnosis' })
const rows = (page: Page) => page.getByRole('table', { name: 'Diagnosis' }).getByRole('row')
const verdict = (page: Page, words: string) => page.getByRole('heading', { name: words, exact: true })

test('from the account menu by keyboard: progress, the verdict first, each endpoint, and a report to copy and to save', async ({
  page,
  context,
  sandbox: { control, tokens },
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const scripts: Promise<string>[] = []
  page.on('response', (response) => {
    if (response.url().includes('/_next/static/chunks/')) scripts.push(response.text())
  })
  await openList(page, tokens.reseller)
  await wholeList(page, 90)
  expect((await Promise.all(scripts)).join()).not.toContain('Run diagnosis')
  const menu = page.getByRole('button', { name: 'Settings' })
  await tabTo(page, menu, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('link', { name: 'Settings' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await expect(page).toHaveURL(/\/settings$/)
  await expectAccessible(page)

  const rule = await control.fault({ match: { path: 'phoneNumbers' }, effect: { waitBeforeWork: true } })
  await tabTo(page, run(page))
  await page.keyboard.press('Enter')
  const progress = page.getByRole('progressbar', { name: 'Asking Vida' })
  await expect(progress).toBeVisible()
  await expect(page.getByText(/^Call \d+ of at most 40$/)).toBeVisible()
  await expectAccessible(page)
  await control.release(rule)
  await expect(verdict(page, 'Ready')).toBeVisible()
  await expect(page.getByRole('status')).toContainText('Diagnosis: Ready.')
  await expect(progress).toBeHidden()
  await expect(run(page)).toBeFocused()
  const numbers = rows(page).filter({ hasText: 'phoneNumbers' })
  await expect(numbers).toContainText('200 × 10')
  await expect(numbers).toContainText('Numbers come whole')
  await expect(numbers.getByText('understood', { exact: true })).toBeVisible()
  await expect(rows(page).filter({ hasText: 'listResellers' })).toContainText('not needed')
  await numbers.getByText('Fields and types').click()
  await expect(numbers).toContainText('phoneNumbers: list of { phoneNumber: E.164')
  await atEveryWidth(page, async (_, theme) => {
    await expectAccessible(page, theme === 'light' ? 'everything' : 'colors')
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  })

  await page.getByRole('button', { name: 'Copy report' }).click()
  await expect(page.getByRole('status')).toContainText('Copied the report.')
  const copied: unknown = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))
  expect(copied).toMatchObject({ format: 1, verdict: 'ready' })
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save report' }).click()
  const file = await downloading
  expect(file.suggestedFilename()).toBe('numberdesk-diagnosis.json')
  expect(JSON.parse(readFileSync(await file.path(), 'utf8'))).toEqual(copied)

  await test.step('what limits the app, and what it does not understand, is said before anything else', async () => {
    await control.configure({ numbersOffered: false })
    await run(page).click()
    await expect(verdict(page, 'Works with limits')).toBeVisible()
    await expect(numbers).toContainText('partly understood')
    await expect(numbers.getByText('Limit', { exact: true })).toBeVisible()
    await control.configure({ numbersOffered: true, numbersShape: 'other-key' })
    await run(page).click()
    await expect(verdict(page, 'Not understood')).toBeVisible()
    await expect(page.getByText('Do not return numbers with the app yet.')).toBeVisible()
    await expect(numbers.getByText('not understood', { exact: true })).toBeVisible()
    await expectAccessible(page)
  })
})

test.describe('without an answer', () => {
  test.use({ expectedConsoleErrors: [/status of 429/] })

  test('without a session the page asks for one and leads back; a diagnosis that may not begin says why, and can be run again', async ({
    page,
    signIn,
    sandbox: { control, tokens },
  }) => {
    const other = await signIn(tokens.reseller)
    await page.goto('/settings')
    await expect(page).toHaveURL(/\/sign-in\?next=%2Fsettings$/)
    await page.getByLabel('Vida API token').fill(tokens.reseller)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
    const rule = await control.fault({ match: { path: 'phoneNumbers' }, effect: { waitBeforeWork: true } })
    const headers = { origin: other.url, 'content-type': 'application/json' }
    const running = other.raw('/api/diagnosis', { method: 'POST', headers, body: '{}' }).then((answer) => answer.text())
    await control.waitFor({ path: 'phoneNumbers' })
    await run(page).click()
    await expect(page.getByRole('alert').filter({ hasText: 'Nothing was done' })).toBeVisible()
    await control.release(rule)
    await running
    await run(page).click()
    await expect(verdict(page, 'Ready')).toBeVisible()
  })
})
