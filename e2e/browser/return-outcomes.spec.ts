import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import {
  confirm,
  confirmHeld,
  FIRST,
  listOfFrontDesk,
  returnButton,
  rowOf,
  SECOND,
  status,
  THIRD,
  undoButton,
} from '../support/held-returns.ts'
import { expectQuiet, openActivity, wholeList } from '../support/page-steps.ts'
import { postsIn, RETURN, sentNumbers } from '../support/returns.ts'

test.describe('a hold of one second', () => {
  test.use({ appEnv: { RETURN_HOLD_SECONDS: '1' } })
  // One app for all of them, in place of one for each worker.
  test.describe.configure({ mode: 'default' })

  test.beforeEach(({ page, sandbox }) => listOfFrontDesk(page, sandbox.tokens.reseller))

  test('then one request is sent, the row leaves the list, a message says so once, with the receipt, and closing the tab does not cancel one', async ({
    page,
    context,
    sandbox,
  }) => {
    await test.step('one request is sent, the row leaves the list, and a message says so once, with the receipt', async () => {
      await confirm(page, FIRST)
      await expect(status(page, `${FIRST} was returned. Front desk no longer has it.`)).toBeVisible()
      await expect(page.getByText(FIRST, { exact: true })).toHaveCount(0)
      await expect(rowOf(page, SECOND)).toBeFocused()
      await page.getByRole('link', { name: 'Receipt' }).click()
      await expect(page.getByRole('dialog', { name: `Receipt for ${FIRST}` })).toContainText('Confirmed gone')
      expect(await sentNumbers(sandbox.control)).toEqual([FIRST])
    })

    await test.step('closing the tab does not cancel it', async () => {
      await page.keyboard.press('Escape')
      await page.getByRole('link', { name: 'Numbers' }).click()
      await page.getByRole('searchbox', { name: 'Search numbers' }).fill('Front desk')
      await confirmHeld(page, SECOND)
      await page.close()
      await sandbox.control.waitFor({ ...RETURN, number: SECOND })
      const other = await context.newPage()
      await other.goto('/history')
      await expect(rowOf(other, SECOND)).toContainText('Returned')
      expect(await sentNumbers(sandbox.control)).toEqual([FIRST, SECOND])
    })
  })

  test('a refusal stays at its row and in Activity, in Vida’s words, until it is dismissed, and is marked in another browser and in History', async ({
    page,
    sandbox,
    browser,
    baseURL,
  }) => {
    await test.step('at its row and in Activity', async () => {
      await sandbox.control.fault({
        match: { ...RETURN, number: FIRST },
        effect: { answer: { kind: 'success-false', message: '<img src=x onerror=alert(1)> Port pending' } },
      })
      await confirm(page, FIRST)
      const row = rowOf(page, FIRST)
      await expect(row).toContainText('Vida said: “<img src=x onerror=alert(1)> Port pending”')
      await expect(page.getByRole('alert').filter({ hasText: `${FIRST}: Not returned: Vida refused.` })).toBeVisible()
      await expect(await openActivity(page)).toContainText(`${FIRST} stays with Front desk.`)
      await expect(page.locator('img')).toHaveCount(0)
      await expectAccessible(page)
      await page.reload()
      await expect(row).toContainText('Port pending')
      await row.getByRole('button', { name: 'Dismiss' }).click()
      await expect(row).not.toContainText('Port pending')
      await expect(row).not.toContainText('Refused')
      await expectQuiet(page)
      await expect(returnButton(page, FIRST)).not.toHaveAttribute('aria-disabled')
      expect(await sentNumbers(sandbox.control)).toEqual([FIRST])
    })

    await test.step('a refused number is marked with Vida’s reason in another browser, and in History', async () => {
      await sandbox.control.fault({
        match: { ...RETURN, number: SECOND },
        effect: { answer: { kind: 'success-false', message: 'Port <b>pending</b>' } },
      })
      await confirm(page, SECOND)
      await expect(rowOf(page, SECOND)).toContainText('Port <b>pending</b>')
      const context = await browser.newContext({ baseURL: baseURL ?? '' })
      const other = await context.newPage()
      await listOfFrontDesk(other, sandbox.tokens.reseller)
      const badge = rowOf(other, SECOND).getByText('Refused', { exact: true })
      await expect(badge).toHaveAttribute('title', 'Vida said: “Port <b>pending</b>”')
      await other.getByRole('button', { name: SECOND, exact: true }).click()
      const drawer = other.getByRole('dialog', { name: SECOND })
      await expect(drawer.getByText('Vida said: “Port <b>pending</b>”')).toBeVisible()
      await expectAccessible(other)
      await drawer.getByRole('button', { name: `Dismiss the refusal of ${SECOND}` }).click()
      await expect(drawer.getByText('Vida said')).toBeHidden()
      await other.reload()
      await wholeList(other, 90)
      await expect(badge).toBeHidden()
      await other.goto('/history')
      await expect(rowOf(other, SECOND)).toContainText('Vida said: “Port <b>pending</b>”')
      await expectAccessible(other)
      await context.close()
    })
  })

  test('what was already gone, could not be read or has an unknown outcome is called so, and stays until it is dismissed or settled', async ({
    page,
    sandbox,
  }) => {
    await test.step('what was already gone is not called returned and stays until it is dismissed', async () => {
      await sandbox.control.moveNumber(FIRST, '100010')
      await confirm(page, FIRST)
      await expect(await openActivity(page)).toContainText(
        `Nothing was returned: ${FIRST} was no longer in Front desk.`,
      )
      await page.getByRole('searchbox', { name: 'Search numbers' }).fill(FIRST)
      await expect(rowOf(page, FIRST)).toContainText('Bluebird Bakery 8003')
      await (await openActivity(page)).getByRole('button', { name: /^Dismiss the outcome/ }).click()
      await expectQuiet(page)
      expect(await postsIn(sandbox.control)).toEqual([])
    })

    await test.step('an account that can’t be read then is told at the row: nothing was sent', async () => {
      const unreadable = { path: 'phoneNumbers', targetAccountId: '100001' }
      await sandbox.control.fault({ match: unreadable, effect: { answer: { kind: 'status', status: 400 } } })
      await page.getByRole('searchbox', { name: 'Search numbers' }).fill('Front desk')
      await confirm(page, SECOND)
      await expect(rowOf(page, SECOND)).toContainText('Nothing was sent')
      expect(await postsIn(sandbox.control)).toEqual([])
      await sandbox.control.clearFaults()
      await confirm(page, SECOND)
      await expect(status(page, `${SECOND} was returned`)).toBeVisible()
      await expectQuiet(page)
      expect(await sentNumbers(sandbox.control)).toEqual([SECOND])
    })

    await test.step('an unknown outcome stays until it is dismissed or settled', async () => {
      await sandbox.control.fault({ match: RETURN, effect: { work: 'never', answer: { kind: 'drop' } } })
      await confirm(page, THIRD)
      await expect(rowOf(page, THIRD)).toContainText('Outcome unknown')
      await expect(await openActivity(page)).toContainText(
        'The app checks the account again and shows the result here.',
      )
      await (await openActivity(page)).getByRole('button', { name: /^Dismiss the outcome/ }).click()
      await expect(await openActivity(page)).toContainText('1 return with an unknown outcome')
      await expect(rowOf(page, THIRD)).toContainText('Return not settled')
      expect(await sentNumbers(sandbox.control)).toEqual([SECOND, THIRD])
    })
  })
})

test.describe('without a hold', () => {
  test('the row says Returning until Vida has answered, and nothing waits for it', async ({ page, sandbox }) => {
    await listOfFrontDesk(page, sandbox.tokens.reseller)
    const match = { ...RETURN, number: FIRST }
    const waiting = await sandbox.control.fault({ match, effect: { waitBeforeWork: true } })
    await confirm(page, FIRST)
    await expect(rowOf(page, FIRST)).toContainText('Returning…')
    await expect(undoButton(page, FIRST)).toBeHidden()
    await confirm(page, SECOND)
    await expect(status(page, `${SECOND} was returned`)).toBeVisible()
    await expect(page.getByText(SECOND, { exact: true })).toHaveCount(0)
    await expect(rowOf(page, FIRST)).toContainText('Returning…')
    await sandbox.control.release(waiting)
    await expect(page.getByText(FIRST, { exact: true })).toHaveCount(0)
    expect(await sentNumbers(sandbox.control)).toEqual([FIRST, SECOND])
  })
})
