import { test, expect } from '../support/fixtures.ts'
import { openList, wholeList, openActivity } from '../support/page-steps.ts'
import { cellsOf } from '../support/exports.ts'

const DAY = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString()
function useOfAccount(accountId: string) {
  const n = Number(accountId) % 7
  const usage = (d: number | null) => ({ lastUsedAt: d === null ? null : ago(d), lastKind: d === null ? null : 'call', calls30: 3, texts30: 0 })
  const covered = [200, 95, 40, null, 300, 200, 190][n]
  return {
    accountId, readAt: ago(0), coveredSince: covered == null ? null : ago(covered),
    account: covered == null ? null : usage([0.1, null, null, null, 120, 2, null][n] ?? null), numbers: {},
  }
}

for (const [name, viewport] of [['desktop', { width: 1440, height: 900 }], ['phone', { width: 390, height: 844 }]] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${name} ${colorScheme}`, async ({ page, sandbox, signIn }) => {
      const client = await signIn()
      await client.put('/api/settings/prices', { currency: 'USD', price: '2.00', byCountry: { GB: '3.50' } })
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme })
      const shot = (what: string) => page.screenshot({ path: `/tmp/d-shots/${what}-${name}-${colorScheme}.png` })
      let release = () => {}
      await page.route('**/api/use', async (route) => {
        if (route.request().method() === 'GET') return route.fulfill({ json: { accounts: [] } })
        const { accountIds } = route.request().postDataJSON() as { accountIds: string[] }
        await new Promise<void>((resolve) => { release = resolve })
        const lines = [...accountIds.slice(0, -3).map((id) => ({ type: 'use', ...useOfAccount(id) })), ...accountIds.slice(-3).map((accountId) => ({ type: 'problem', accountId, code: 'x', detail: 'Vida did not answer in time.' })), { type: 'done', complete: false }]
        await route.fulfill({ contentType: 'application/x-ndjson', body: lines.map((l) => JSON.stringify(l) + '\n').join('') })
      })
      await openList(page, sandbox.tokens.reseller)
      await wholeList(page, 90)
      await shot('list')
      await page.getByRole('button', { name: 'More actions' }).click()
      await page.getByRole('menuitem', { name: 'Find unused numbers' }).click()
      await expect(page.getByRole('alertdialog')).toBeVisible()
      await shot('dialog')
      await page.getByRole('button', { name: /^Ask for \d+ accounts/ }).click()
      await expect(page.getByRole('progressbar', { name: 'Reading the use' })).toBeVisible()
      await shot('running')
      release()
      await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible()
      await shot('failed')
      await page.getByRole('button', { name: 'Close activity' }).click()
      await page.getByRole('button', { name: 'Dismiss' }).click().catch(() => {})
      await shot('known')
      await page.goto('/numbers?view=unused')
      await page.route('**/api/use', (route) => route.fulfill({ json: { accounts: [] } }))
    })
    test(`stored ${name} ${colorScheme}`, async ({ page, sandbox, signIn }) => {
      const client = await signIn()
      await client.put('/api/settings/prices', { currency: 'USD', price: '2.00', byCountry: { GB: '3.50' } })
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme })
      const shot = (what: string) => page.screenshot({ path: `/tmp/d-shots/${what}-${name}-${colorScheme}.png` })
      const events = await client.events()
      const ids = events.flatMap((e) => (e.type === 'numbers' && e.account ? [e.account.id] : []))
      await page.route('**/api/use', (route) => route.fulfill({ json: { accounts: ids.slice(0, 60).map(useOfAccount) } }))
      await openList(page, sandbox.tokens.reseller)
      await wholeList(page, 90)
      await page.waitForTimeout(500)
      await shot('stored')
      await page.goto('/numbers?view=unused')
      await wholeList(page, 90)
      await expect(page.getByText(/use as of/)).toBeVisible()
      await shot('unused')
      await page.goto('/numbers?view=churn')
      await expect(page.getByText(/a month/)).toBeVisible()
      await shot('churn')
      await page.goto('/numbers?view=unused&only=unused180&country=GB')
      await wholeList(page, 90)
      await page.waitForTimeout(500)
      await shot('empty')
      await page.goto('/settings')
      await expect(page.getByRole('button', { name: 'Save price' })).toBeVisible()
      await page.getByRole('button', { name: 'Add a country' }).click()
      await page.getByLabel('Its price 2').fill('2,5')
      await page.getByRole('button', { name: 'Save price' }).click()
      await shot('settings')
    })
  }
}
