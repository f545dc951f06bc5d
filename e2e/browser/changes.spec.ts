import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { openList, wholeList } from '../support/page-steps.ts'

const changes = (page: Page) => page.getByRole('button', { name: /^\d+ changes? since it was seen before/ })

test('what changed since the list was seen before is told until it is dismissed', async ({ page, sandbox, signIn }) => {
  const { control } = sandbox
  await (await signIn()).events()
  await control.removeNumber('+12145550105')
  await control.addNumber('+12145550177', '100001')
  await control.moveNumber('+12145550101', '100002')
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  await expect(changes(page)).toHaveText('3 changes')

  await test.step('what was returned from here is not counted, before and after a reload', async () => {
    await page.getByRole('button', { name: 'Return +12145550102' }).click()
    await page.getByRole('button', { name: 'Return number' }).click()
    await expect(page.getByRole('status').getByText(/\+12145550102/)).toBeVisible()
    await expect(changes(page)).toHaveText('3 changes')
    await page.reload()
    await wholeList(page, 89)
    await expect(changes(page)).toHaveText('3 changes')
  })

  await test.step('it survives any number of reloads, and is there before the list is read anew', async () => {
    await control.fault({ match: { path: 'listOrganizations' }, effect: { answer: { kind: 'status', status: 500 } } })
    await page.reload()
    await expect(changes(page)).toHaveText('3 changes')
    await changes(page).click()
    await expect(page.getByText(/1 number appeared, 1 number moved, 1 number left\./)).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Show changed' }).click()
    await expect(page.getByText('Moved from Front desk')).toBeVisible()
    await control.clearFaults()
    await page.goto('/numbers')
    await wholeList(page, 89)
  })

  await test.step('it is gone for good once it is dismissed, and the next change is told alone', async () => {
    await changes(page).click()
    const dismissed = page.waitForResponse('**/api/inventory/dismiss')
    await page.getByRole('button', { name: 'Dismiss changes' }).click()
    await expect(changes(page)).toBeHidden()
    expect(await (await dismissed).json()).toEqual({ dismissed: true })
    await page.reload()
    await wholeList(page, 89)
    await expect(changes(page)).toBeHidden()
    await control.removeNumber('+12145550106')
    await page.reload()
    await wholeList(page, 88)
    await expect(changes(page)).toHaveText('1 change')
  })
})

test('who cancelled since the list was seen before is marked, counted beside the churn queue, and found from there', async ({
  page,
  sandbox,
  signIn,
}) => {
  const { control } = sandbox
  await page.setViewportSize({ width: 1440, height: 1600 })
  const news = page.getByRole('button', { name: /^\d+ numbers? came to the churn queue since/ })
  await (await signIn()).events()
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
  await expect(page.getByRole('button', { name: '16 numbers in the churn queue, filter' })).toBeVisible()
  await expect(news).toBeHidden()
  // Recalls has three numbers, and its organization stays; Brightwater Plumbing has eleven.
  await control.setAccount('100003', { active: false })
  await control.setAccount('8002', { canceledAt: Date.parse('2026-11-20') / 1000 })
  await page.reload()
  await wholeList(page, 90)
  await expect(changes(page)).toHaveText('14 changes')
  await expect(page.getByRole('button', { name: '30 numbers in the churn queue, filter' })).toBeVisible()
  await expect(news).toHaveAccessibleName(/^14 numbers/)
  await news.click()
  await expect(page.getByText('· 14 shown', { exact: true })).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: '+12145550109' })).toContainText('Newly inactive')
  await expect(page.getByRole('row').filter({ hasText: '+17135550101' })).toContainText('Newly cancelled')
  await expectAccessible(page)

  await test.step('a reload and a number that is returned from the queue leave the others', async () => {
    await page.reload()
    await wholeList(page, 90)
    await page.getByRole('button', { name: 'Return +12145550109' }).click()
    await page.getByRole('button', { name: 'Return number' }).click()
    await expect(news).toHaveAccessibleName(/^13 numbers/)
    await changes(page).click()
    await expect(page.getByText('13 numbers of 2 customers newly cancelled or inactive.')).toBeVisible()
    await page.getByRole('button', { name: 'Dismiss changes' }).click()
    await expect(news).toBeHidden()
    await expect(page.getByText('Newly')).toHaveCount(0)
  })
})
