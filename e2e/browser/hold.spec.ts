import { expectAccessible } from '../support/accessible.ts'
import { beginBatch, panelOf } from '../support/batch.ts'
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
import { expectQuiet, giveSession, openActivity, openByHand, pressReturnNumber } from '../support/page-steps.ts'
import { placesIn, postsIn } from '../support/returns.ts'

test.describe('a hold of a minute', () => {
  test.use({ appEnv: { RETURN_HOLD_SECONDS: '60' } })
  // One app for all of them, in place of one for each worker.
  test.describe.configure({ mode: 'default' })

  test.beforeEach(({ page, sandbox }) => listOfFrontDesk(page, sandbox.tokens.reseller))

  test('the row counts down and offers Undo; Undo or Ctrl+Z, also one that is early, leaves the number alone', async ({
    page,
    sandbox,
  }) => {
    await test.step('the row counts down and offers Undo, the focus goes on, and Undo leaves the number alone', async () => {
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

    await test.step('Ctrl+Z undoes the newest one first, and nothing while the focus is in a text field', async () => {
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

    await test.step('Undo that is pressed before the app has answered takes the return back as soon as it has', async () => {
      const held: (() => Promise<void>)[] = []
      await page.route('**/api/numbers/return', (route) => held.push(() => route.continue()))
      await confirm(page, THIRD)
      await page.keyboard.press('Control+z')
      await expect(undoButton(page, THIRD)).toHaveAttribute('aria-busy', 'true')
      await held[0]?.()
      await expect(status(page, `The return of ${THIRD} was undone`)).toBeVisible()
      expect(await postsIn(sandbox.control)).toEqual([])
    })
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
      await page.getByRole('link', { name: 'History' }).click()
      await expect(page.getByRole('button', { name: `Receipt for ${FIRST}` })).toHaveCount(1)
      expect(await postsIn(sandbox.control)).toEqual([])
    })
  })

  test('it can be undone from another tab, from History and after a reload, and signing out cancels it', async ({
    page,
    context,
    sandbox,
  }) => {
    await test.step('from another tab, and from History', async () => {
      await confirmHeld(page, FIRST)
      await confirmHeld(page, SECOND)
      const other = await context.newPage()
      await other.goto('/numbers')
      await other.getByRole('searchbox', { name: 'Search numbers' }).fill('Front desk')
      await expect(rowOf(other, FIRST)).toContainText('Returning in')
      await undoButton(other, FIRST).click()
      await expect(status(page, `The return of ${FIRST} was undone`)).toBeVisible()
      await expect(undoButton(page, FIRST)).toBeHidden()
      await other.getByRole('link', { name: 'History' }).click()
      const record = rowOf(other, SECOND)
      await expect(record).toContainText('In progress')
      await expect(record).toContainText(/Sends in \d+ s/)
      await expectAccessible(other)
      await undoButton(other, SECOND).click()
      await expect(record).toContainText('Not sent')
      await expect(undoButton(page, SECOND)).toBeHidden()
      expect(await postsIn(sandbox.control)).toEqual([])
      await other.close()
    })

    await test.step('a reload keeps it, with Undo, on a phone a button of 44 px, and Ctrl+Z; signing out cancels it', async () => {
      await confirmHeld(page, FIRST)
      await page.reload()
      await expect(undoButton(page, FIRST)).toBeVisible()
      const desk = page.viewportSize()
      await page.setViewportSize({ width: 390, height: 844 })
      await expect(undoButton(page, FIRST)).toHaveText('Undo')
      const smallest = async () => {
        const box = await undoButton(page, FIRST).boundingBox()
        return Math.min(box?.width ?? 0, box?.height ?? 0)
      }
      await expect.poll(smallest).toBeGreaterThanOrEqual(44)
      if (desk) await page.setViewportSize(desk)
      await page.keyboard.press('Control+z')
      await expect(returnButton(page, FIRST)).not.toHaveAttribute('aria-disabled')

      await confirmHeld(page, THIRD)
      await page.getByRole('button', { name: 'Sign out', exact: true }).click()
      await expect(page).toHaveURL(/sign-in/)
      await giveSession(page, sandbox.tokens.reseller)
      await page.goto('/history')
      await expect(rowOf(page, THIRD)).toContainText('Not sent')
      await page.getByRole('button', { name: `Receipt for ${THIRD}` }).click()
      await expect(page.getByRole('dialog')).toContainText('The session that confirmed the return ended')
      expect(await postsIn(sandbox.control)).toEqual([])
    })
  })

  test('a number that is in no list has its countdown and Undo in Activity, and a batch says when it starts and is undone whole', async ({
    page,
    sandbox,
  }) => {
    await test.step('a number that is in no list has its countdown and Undo in Activity', async () => {
      await sandbox.control.addNumber('+12145550777', '100001')
      await (await openByHand(page)).getByLabel('Phone number').fill('(214) 555-0777')
      await page.keyboard.press('Enter')
      await page.getByLabel('Last four digits').fill('0777')
      await page.keyboard.press('Enter')
      await pressReturnNumber(page)
      await expect(await openActivity(page)).toContainText(/\+12145550777\s*Returning in \d+ s/)
      await undoButton(page, '+12145550777').click()
      await expectQuiet(page)
      expect(await postsIn(sandbox.control)).toEqual([])
    })

    await test.step('a batch says when it starts and is undone whole', async () => {
      await beginBatch(page, 'Copperline', 6)
      const panel = panelOf(page, 6)
      await expect(panel).toContainText(/Starts in (60|5\d) s/)
      await expect(panel).toBeFocused()
      await expectAccessible(page)
      await panel.getByRole('button', { name: 'Undo' }).click()
      await expect(panel).toContainText('undone before anything was sent')
      await expect(status(page, /batch.* was undone\. Nothing was sent\./i)).toBeVisible()
      await panel.getByRole('button', { name: 'Dismiss' }).click()
      await beginBatch(page, 'Copperline', 6)
      await expect(panel).toBeFocused()
      await page.keyboard.press('Control+z')
      await expect(panel).toContainText('undone before anything was sent')
      await page.getByRole('link', { name: 'History' }).click()
      await expect(page.getByRole('row').filter({ hasText: 'Undone' })).toHaveCount(2)
      expect(await postsIn(sandbox.control)).toEqual([])
    })
  })

  test('ten are confirmed one after another, none waiting for the one before', async ({ page, sandbox }) => {
    const search = page.getByRole('searchbox', { name: 'Search numbers' })
    for (const { number } of await placesIn(sandbox.control, 10)) {
      await search.fill(number)
      await confirm(page, number)
      await expect(undoButton(page, number)).toBeVisible()
    }
    await search.fill('')
    await expect(page.getByRole('button', { name: /^Undo return of/ })).toHaveCount(10)
    expect(await postsIn(sandbox.control)).toEqual([])
  })
})
