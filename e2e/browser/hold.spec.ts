import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { beginBatch, panelOf } from '../support/batch.ts'
import { expect, test } from '../support/fixtures.ts'
import { openByHand, openList, pressReturnNumber, wholeList, yourReturns } from '../support/page-steps.ts'
import { FRONT_DESK, placesIn, postsIn, RETURN, sentNumbers } from '../support/returns.ts'

const [{ number: FIRST }, { number: SECOND }, { number: THIRD }] = FRONT_DESK

const rowOf = (page: Page, number: string) => page.getByRole('row').filter({ hasText: number })
const returnButton = (page: Page, number: string) => page.getByRole('button', { name: `Return ${number}` })
const undoButton = (page: Page, number: string) => page.getByRole('button', { name: `Undo return of ${number}` })
const status = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text })

/** Confirms the return of a number whose row is on screen. */
async function confirm(page: Page, number: string): Promise<void> {
  await returnButton(page, number).click()
  await pressReturnNumber(page)
}

async function listOfFrontDesk(page: Page, token: string): Promise<void> {
  await openList(page, token)
  await wholeList(page, 90)
  await page.getByRole('searchbox', { name: 'Search numbers' }).fill('Front desk')
}

test.describe('a hold of a minute', () => {
  test.use({ appEnv: { RETURN_HOLD_SECONDS: '60' } })

  test.beforeEach(({ page, sandbox }) => listOfFrontDesk(page, sandbox.tokens.reseller))

  test('the row counts down and offers Undo, the focus goes on, and Undo leaves the number alone', async ({
    page,
    sandbox,
  }) => {
    await confirm(page, FIRST)
    await expect(rowOf(page, SECOND)).toBeFocused()
    await expect(rowOf(page, FIRST)).toContainText(/Returning in (60|5\d) s/)
    await expect(page.getByText(`${FIRST} will be returned in 60 seconds. Undo: Ctrl+Z`)).toBeAttached()
    await expect(page.getByRole('checkbox', { name: `Select ${FIRST}` })).toBeDisabled()
    await expectAccessible(page)
    await undoButton(page, FIRST).click()
    await expect(status(page, `The return of ${FIRST} was undone. Nothing was sent.`)).toBeVisible()
    await expect(rowOf(page, FIRST)).toBeFocused()
    await expect(rowOf(page, FIRST)).not.toContainText('Returning')
    await expect(returnButton(page, FIRST)).not.toHaveAttribute('aria-disabled')
    expect(
      await sandbox.control.log().then(({ entries }) => entries.filter(({ path }) => /100001/.test(path))),
    ).toEqual([])
    expect(await postsIn(sandbox.control)).toEqual([])
  })

  test('Ctrl+Z undoes the newest one first, and nothing while the focus is in a text field', async ({
    page,
    sandbox,
  }) => {
    await confirm(page, FIRST)
    await confirm(page, SECOND)
    await expect(undoButton(page, SECOND)).toBeVisible()
    await page.getByRole('searchbox', { name: 'Search numbers' }).press('Control+z')
    await rowOf(page, THIRD).focus()
    await expect(undoButton(page, FIRST)).toBeVisible()
    await expect(undoButton(page, SECOND)).toBeVisible()
    await page.keyboard.press('Control+z')
    await expect(undoButton(page, SECOND)).toBeHidden()
    await expect(undoButton(page, FIRST)).toBeVisible()
    await page.keyboard.press('Meta+z')
    await expect(undoButton(page, FIRST)).toBeHidden()
    await expect(returnButton(page, FIRST)).toBeVisible()
    expect(await postsIn(sandbox.control)).toEqual([])
  })

  test('Undo that is pressed before the app has answered takes the return back as soon as it has', async ({
    page,
    sandbox,
  }) => {
    const held: (() => Promise<void>)[] = []
    await page.route('**/api/numbers/return', (route) => held.push(() => route.continue()))
    await confirm(page, FIRST)
    await page.keyboard.press('Control+z')
    await expect(undoButton(page, FIRST)).toHaveAttribute('aria-busy', 'true')
    await held[0]?.()
    await expect(status(page, `The return of ${FIRST} was undone`)).toBeVisible()
    expect(await postsIn(sandbox.control)).toEqual([])
  })

  test.describe('with a connection that fails', () => {
    test.use({ expectedConsoleErrors: [/ERR_FAILED/] })

    test('the same confirmation is sent again and makes one return', async ({ page, sandbox }) => {
      const ids: string[] = []
      await page.route('**/api/numbers/return', async (route) => {
        ids.push(route.request().postDataJSON().requestId)
        if (ids.length > 1) return route.continue()
        await route.fetch()
        return route.abort()
      })
      await confirm(page, FIRST)
      await expect.poll(() => ids.length).toBe(2)
      expect(new Set(ids).size).toBe(1)
      await expect(undoButton(page, FIRST)).toBeVisible()
      await page.goto('/history')
      await expect(page.getByRole('button', { name: `Receipt for ${FIRST}` })).toHaveCount(1)
      expect(await postsIn(sandbox.control)).toEqual([])
    })
  })

  test('it can be undone from another tab, and from History', async ({ page, context, sandbox }) => {
    await confirm(page, FIRST)
    await confirm(page, SECOND)
    await expect(undoButton(page, SECOND)).toBeVisible()
    const other = await context.newPage()
    await other.goto('/numbers')
    await other.getByRole('searchbox', { name: 'Search numbers' }).fill('Front desk')
    await expect(rowOf(other, FIRST)).toContainText('Returning in')
    await undoButton(other, FIRST).click()
    await expect(status(page, `The return of ${FIRST} was undone`)).toBeVisible()
    await expect(undoButton(page, FIRST)).toBeHidden()
    await other.goto('/history')
    const record = rowOf(other, SECOND)
    await expect(record).toContainText('In progress')
    await expect(record).toContainText(/Sends in \d+ s/)
    await expectAccessible(other)
    await undoButton(other, SECOND).click()
    await expect(record).toContainText('Not sent')
    await expect(undoButton(page, SECOND)).toBeHidden()
    expect(await postsIn(sandbox.control)).toEqual([])
  })

  test('signing out cancels it', async ({ page, sandbox }) => {
    await confirm(page, FIRST)
    await expect(undoButton(page, FIRST)).toBeVisible()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await expect(page).toHaveURL(/sign-in/)
    await openList(page, sandbox.tokens.reseller)
    await page.goto('/history')
    await expect(rowOf(page, FIRST)).toContainText('Not sent')
    await page.getByRole('button', { name: `Receipt for ${FIRST}` }).click()
    await expect(page.getByRole('dialog')).toContainText('The session that confirmed the return ended')
    expect(await postsIn(sandbox.control)).toEqual([])
  })

  test('a reload keeps it, with Undo and Ctrl+Z', async ({ page, sandbox }) => {
    await confirm(page, FIRST)
    await expect(undoButton(page, FIRST)).toBeVisible()
    await page.reload()
    await expect(undoButton(page, FIRST)).toBeVisible()
    await page.keyboard.press('Control+z')
    await expect(returnButton(page, FIRST)).not.toHaveAttribute('aria-disabled')
    expect(await postsIn(sandbox.control)).toEqual([])
  })

  test('a number that is in no list has its countdown and Undo above the table', async ({ page, sandbox }) => {
    await sandbox.control.addNumber('+12145550777', '100001')
    await (await openByHand(page)).getByLabel('Phone number').fill('(214) 555-0777')
    await page.keyboard.press('Enter')
    await page.getByLabel('Last four digits').fill('0777')
    await page.keyboard.press('Enter')
    await pressReturnNumber(page)
    await expect(yourReturns(page)).toContainText(/\+12145550777\s*Returning in \d+ s/)
    await undoButton(page, '+12145550777').click()
    await expect(yourReturns(page)).toBeHidden()
    expect(await postsIn(sandbox.control)).toEqual([])
  })

  test('a batch says when it starts and is undone whole', async ({ page, sandbox }) => {
    await beginBatch(page, 'Copperline', 6)
    const panel = panelOf(page, 6)
    await expect(panel).toContainText(/Starts in (60|5\d) s/)
    await expect(panel).toBeFocused()
    await expectAccessible(page)
    await panel.getByRole('button', { name: 'Undo' }).click()
    await expect(panel).toContainText('undone before anything was sent')
    await expect(status(page, 'was undone. Nothing was sent.')).toBeVisible()
    await panel.getByRole('button', { name: 'Dismiss' }).click()
    await beginBatch(page, 'Copperline', 6)
    await expect(panel).toBeFocused()
    await page.keyboard.press('Control+z')
    await expect(panel).toContainText('undone before anything was sent')
    await page.goto('/history')
    await expect(page.getByRole('row').filter({ hasText: 'Undone' })).toHaveCount(2)
    expect(await postsIn(sandbox.control)).toEqual([])
  })

  test('on a phone the card shows Undo as a button of 44 px', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await confirm(page, FIRST)
    await expect(undoButton(page, FIRST)).toHaveText('Undo')
    const box = await undoButton(page, FIRST).boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(44)
    expect(box?.width).toBeGreaterThanOrEqual(44)
  })
})

test.describe('a hold of one second', () => {
  test.use({ appEnv: { RETURN_HOLD_SECONDS: '1' } })

  test.beforeEach(({ page, sandbox }) => listOfFrontDesk(page, sandbox.tokens.reseller))

  test('then one request is sent, the row leaves the list, and a message says so once, with the receipt', async ({
    page,
    sandbox,
  }) => {
    await confirm(page, FIRST)
    await expect(status(page, `${FIRST} was returned. Front desk no longer has it.`)).toBeVisible()
    await expect(page.getByText(FIRST, { exact: true })).toHaveCount(0)
    await expect(rowOf(page, SECOND)).toBeFocused()
    await page.getByRole('link', { name: 'Receipt' }).click()
    await expect(page.getByRole('dialog', { name: `Receipt for ${FIRST}` })).toContainText('Confirmed gone')
    expect(await sentNumbers(sandbox.control)).toEqual([FIRST])
  })

  test('closing the tab does not cancel it', async ({ page, context, sandbox }) => {
    await confirm(page, FIRST)
    await expect(undoButton(page, FIRST)).toBeVisible()
    await page.close()
    await sandbox.control.waitFor(RETURN)
    const other = await context.newPage()
    await other.goto('/history')
    await expect(rowOf(other, FIRST)).toContainText('Returned')
    expect(await sentNumbers(sandbox.control)).toEqual([FIRST])
  })

  test('ten are confirmed one after another with a Vida that takes seconds for each', async ({ page, sandbox }) => {
    await sandbox.control.fault({ match: RETURN, effect: { delayBeforeWorkMs: 4_000 } })
    await page.getByRole('searchbox', { name: 'Search numbers' }).fill('')
    const numbers = (await placesIn(sandbox.control, 10)).map(({ number }) => number)
    const begun = Date.now()
    for (const number of numbers) {
      await page.getByRole('searchbox', { name: 'Search numbers' }).fill(number)
      await confirm(page, number)
    }
    expect(Date.now() - begun, 'time for ten confirmations').toBeLessThan(10_000)
    await wholeList(page, 80)
    expect((await sentNumbers(sandbox.control)).sort()).toEqual([...numbers].sort())
  })

  test('a refusal stays at its row and in the list above, in Vida’s words, until it is dismissed', async ({
    page,
    sandbox,
  }) => {
    await sandbox.control.fault({
      match: RETURN,
      effect: { answer: { kind: 'success-false', message: '<img src=x onerror=alert(1)> Port pending' } },
    })
    await confirm(page, FIRST)
    const row = rowOf(page, FIRST)
    await expect(row).toContainText('Vida said: “<img src=x onerror=alert(1)> Port pending”')
    await expect(yourReturns(page).getByRole('alert')).toContainText(`${FIRST} stays with Front desk.`)
    await expect(page.locator('img')).toHaveCount(0)
    await expectAccessible(page)
    await page.reload()
    await expect(row).toContainText('Port pending')
    await row.getByRole('button', { name: 'Dismiss' }).click()
    await expect(row).not.toContainText('Port pending')
    await expect(yourReturns(page)).toBeHidden()
    await expect(returnButton(page, FIRST)).not.toHaveAttribute('aria-disabled')
    expect(await sentNumbers(sandbox.control)).toEqual([FIRST])
  })

  test('an unknown outcome stays until it is dismissed or settled', async ({ page, sandbox }) => {
    await sandbox.control.fault({ match: RETURN, effect: { work: 'never', answer: { kind: 'drop' } } })
    await confirm(page, FIRST)
    await expect(rowOf(page, FIRST)).toContainText('Outcome unknown')
    await expect(yourReturns(page)).toContainText('The app checks the account again and shows the result here.')
    await yourReturns(page).getByRole('button', { name: 'Dismiss' }).click()
    await expect(yourReturns(page)).toBeHidden()
    await expect(rowOf(page, FIRST)).toContainText('Return not settled')
    expect(await sentNumbers(sandbox.control)).toEqual([FIRST])
  })

  test('what was already gone is not called returned and stays until it is dismissed', async ({ page, sandbox }) => {
    await sandbox.control.moveNumber(FIRST, '100010')
    await confirm(page, FIRST)
    await expect(yourReturns(page)).toContainText(`Nothing was returned: ${FIRST} was no longer in Front desk.`)
    await page.getByRole('searchbox', { name: 'Search numbers' }).fill(FIRST)
    await expect(rowOf(page, FIRST)).toContainText('Bluebird Bakery 8003')
    await yourReturns(page).getByRole('button', { name: 'Dismiss' }).click()
    await expect(yourReturns(page)).toBeHidden()
    expect(await postsIn(sandbox.control)).toEqual([])
  })

  test('an account that can’t be read then is told at the row: nothing was sent', async ({ page, sandbox }) => {
    const unreadable = { path: 'phoneNumbers', targetAccountId: '100001' }
    await sandbox.control.fault({ match: unreadable, effect: { answer: { kind: 'status', status: 400 } } })
    await confirm(page, FIRST)
    await expect(rowOf(page, FIRST)).toContainText('Nothing was sent')
    expect(await postsIn(sandbox.control)).toEqual([])
    await sandbox.control.clearFaults()
    await confirm(page, FIRST)
    await expect(status(page, `${FIRST} was returned`)).toBeVisible()
    await expect(yourReturns(page)).toBeHidden()
    expect(await sentNumbers(sandbox.control)).toEqual([FIRST])
  })
})

test.describe('without a hold', () => {
  test('the row says Returning until Vida has answered, and nothing waits for it', async ({ page, sandbox }) => {
    await listOfFrontDesk(page, sandbox.tokens.reseller)
    await sandbox.control.fault({ match: RETURN, effect: { delayBeforeWorkMs: 2_000 } })
    await confirm(page, FIRST)
    await expect(rowOf(page, FIRST)).toContainText('Returning…')
    await expect(undoButton(page, FIRST)).toBeHidden()
    await confirm(page, SECOND)
    await expect(status(page, /was returned|went through/)).toBeVisible()
    await expect(page.getByText(SECOND, { exact: true })).toHaveCount(0)
    await expect.poll(() => sentNumbers(sandbox.control)).toEqual([FIRST, SECOND])
  })
})
