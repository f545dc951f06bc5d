import type { Page } from '@playwright/test'
import { expect, test } from '../support/fixtures.ts'
import { openList, wholeList } from '../support/page-steps.ts'
import { expectOnePost, FRONT_DESK, RETURN } from '../support/returns.ts'
import type { SandboxControl } from '../vida-sandbox/control.ts'

test.use({ sharedApp: 'returns' })

const [{ number }, { number: second }] = FRONT_DESK

test.beforeEach(async ({ page, sandbox }) => {
  await openList(page, sandbox.tokens.reseller)
  await wholeList(page, 90)
})

const rowsButton = (page: Page, number: string) => page.getByRole('button', { name: `Return ${number}` })
const recordRow = (page: Page, number: string) =>
  page.getByRole('table', { name: 'Returns' }).getByRole('row').filter({ hasText: number })

/** Confirms a return, and resolves while it waits in Vida with the fault to release. */
async function confirmWaitingReturn(page: Page, control: SandboxControl, number: string): Promise<number> {
  const waiting = await control.fault({ match: { ...RETURN, number }, effect: { waitBeforeWork: true } })
  await page.getByRole('searchbox', { name: 'Search numbers' }).fill(number)
  await rowsButton(page, number).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Return number' }).click()
  await control.waitFor({ ...RETURN, number })
  return waiting
}

/** What the history of a page says at last; a page that was there before is loaded anew until it does. */
async function expectReturnedInHistory(
  page: Page,
  control: SandboxControl,
  number: string,
  left: number,
): Promise<void> {
  await expect(async () => {
    await page.goto('/history')
    await expect(recordRow(page, number)).toContainText('Returned', { timeout: 2_000 })
  }).toPass({ timeout: 20_000 })
  const post = await expectOnePost(control, number)
  expect(post).toMatchObject({ worked: true, aborted: false })
  await page.getByRole('link', { name: 'Numbers' }).click()
  await wholeList(page, left)
}

test('a return that is out goes on when its page is reloaded or its tab closed, is offered no second time, and is found returned in the history', async ({
  page,
  context,
  sandbox: { control },
}) => {
  await test.step('a page reloaded while its return is out shows it as not settled, offers no second one, and finds it returned', async () => {
    const waiting = await confirmWaitingReturn(page, control, number)
    await page.reload()

    await expect(page.getByRole('row').filter({ hasText: number })).toContainText('Returning')
    await expect(rowsButton(page, number)).toHaveAttribute('aria-disabled', 'true')
    await expect(rowsButton(page, number)).toHaveAccessibleDescription(/under way or not settled/)
    await rowsButton(page, number).press('Enter')
    await rowsButton(page, number).press('r')
    await expect(page.getByRole('alertdialog')).toHaveCount(0)
    await page.getByRole('button', { name: number, exact: true }).click()
    const drawer = page.getByRole('dialog', { name: number })
    await expect(drawer).toContainText('An earlier return of this number is under way or not settled')
    await expect(drawer.getByRole('button', { name: `Return ${number}` })).toHaveCount(0)
    await page.goto('/history')
    await expect(recordRow(page, number)).toContainText('In progress')

    await control.release(waiting)
    await expectReturnedInHistory(page, control, number, 89)
  })

  await test.step('a tab closed while its return is out does not stop it: another tab finds it returned in the history', async () => {
    await control.clearLog()
    const waiting = await confirmWaitingReturn(page, control, second)
    await page.close()
    await control.release(waiting)
    await expectReturnedInHistory(await context.newPage(), control, second, 88)
  })
})
