import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { openBatch } from '../support/batch.ts'
import { expect, test } from '../support/fixtures.ts'
import { FIRST, listOfFrontDesk, returnButton, rowOf, SECOND, undoButton } from '../support/held-returns.ts'
import { openActivity, openList, pressReturnNumber, wholeList } from '../support/page-steps.ts'
import { postsIn, sentNumbers } from '../support/returns.ts'

const AGENT = '100001'
const CALLED = { number: FIRST, hoursAgo: 1.5, times: 14 }

const use = (page: Page) => page.getByRole('alertdialog').getByRole('group', { name: 'Use' })
const lastFour = (page: Page) => page.getByLabel('Last four digits')
const returnNumber = (page: Page) => page.getByRole('button', { name: 'Return number' })

test.describe('with a hold of a minute', () => {
  test.use({ appEnv: { RETURN_HOLD_SECONDS: '60' } })

  test('a number that was called an hour ago is returned only with its last four digits, and its held row says it', async ({
    page,
    sandbox: { control, tokens },
  }) => {
    await control.addUse(
      AGENT,
      CALLED,
      { number: FIRST, hoursAgo: 40, kind: 'text' },
      { number: SECOND, hoursAgo: 8_000 },
    )
    await listOfFrontDesk(page, tokens.reseller)
    await returnButton(page, FIRST).click()
    await expect(use(page)).toContainText('Last call 1 hour ago · 14 calls and 1 text in 30 days')
    await expect(use(page)).toContainText('Of this number.')
    await expect(lastFour(page)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Keep number' })).toBeFocused()
    await expectAccessible(page)
    await lastFour(page).fill('0199')
    await expect(page.getByRole('alert').filter({ hasText: 'These are not the last four digits' })).toBeVisible()
    await returnNumber(page).click({ force: true })
    await lastFour(page).fill(FIRST.slice(-4))
    await pressReturnNumber(page)
    await expect(undoButton(page, FIRST)).toBeVisible()
    await expect(rowOf(page, FIRST)).toContainText('Used 1 hour ago')
    await expectAccessible(page)
    await expect(await openActivity(page)).toContainText('Used 1 hour ago')
    await page.keyboard.press('Escape')
    await returnButton(page, SECOND).click()
    await expect(use(page)).toContainText(/^No call or text in 333 days/)
    await expect(lastFour(page)).toHaveCount(0)
    expect(await postsIn(control)).toEqual([])
  })

  test('what Vida says while the dialog is open asks for the digits, and what it says later is beside Undo', async ({
    page,
    sandbox: { control, tokens },
  }) => {
    await control.addUse(AGENT, CALLED, { ...CALLED, number: SECOND })
    const answers: (() => Promise<void>)[] = []
    await page.route('**/api/numbers/use?*', (route) => answers.push(() => route.continue()))
    const answer = async (nth: number) => {
      await expect.poll(() => answers.length).toBe(nth)
      await answers[nth - 1]?.()
    }
    await listOfFrontDesk(page, tokens.reseller)
    await returnButton(page, FIRST).click()
    await expect(use(page)).toContainText('Asking Vida when it was last used…')
    await expect(returnNumber(page)).toBeEnabled()
    const { height } = (await use(page).boundingBox()) ?? {}
    await answer(1)
    await expect(lastFour(page)).toBeVisible()
    await expect(returnNumber(page)).toBeDisabled()
    expect((await use(page).boundingBox())?.height).toBe(height)
    await page.getByRole('button', { name: 'Keep number' }).click()
    await returnButton(page, SECOND).click()
    await pressReturnNumber(page)
    await expect(undoButton(page, SECOND)).toBeVisible()
    await expect(rowOf(page, SECOND)).not.toContainText('Used')
    await answer(2)
    await expect(rowOf(page, SECOND)).toContainText('Used 1 hour ago')
    await expect(page.getByText(`${SECOND}: Used 1 hour ago.`)).toBeAttached()
    expect(await postsIn(control)).toEqual([])
  })
})

test('where Vida offers no messages, that is said, and the number is returned without waiting for it', async ({
  page,
  sandbox: { control, tokens },
}) => {
  await control.configure({ messages: 'not-offered', logs: 'unavailable' })
  await listOfFrontDesk(page, tokens.reseller)
  await returnButton(page, FIRST).click()
  await expect(use(page)).toContainText('Vida does not say')
  await expect(lastFour(page)).toHaveCount(0)
  await pressReturnNumber(page)
  await expect.poll(() => sentNumbers(control)).toEqual([FIRST])
})

test('a batch names its used numbers first, counts them, and drops them at one press', async ({
  page,
  sandbox: { control, tokens },
}) => {
  const used = ['+17135550107', '+17135550110']
  await control.addUse(
    '100007',
    { number: '+17135550107', hoursAgo: 30 },
    { number: '+17135550108', hoursAgo: 24 * 20 },
  )
  await control.addUse('100008', { number: '+17135550110', hoursAgo: 3.5, times: 2 })
  await openList(page, tokens.reseller)
  await wholeList(page, 90)
  const dialog = await openBatch(page, 'Brightwater', 12)
  await expect(dialog.getByText(/^2 of 12 were used this week; of \d+ it is not known\.$/)).toBeVisible()
  const agents = dialog.getByRole('region', { name: 'Chosen numbers' }).getByText(/^\D+ 10000\d \(\d+\)/)
  await expect
    .poll(async () => (await agents.allTextContents()).slice(0, 2).join())
    .toMatch(/100007.*100008|100008.*100007/)
  await expect(dialog.getByText('Last call 3 hours ago', { exact: true })).toBeVisible()
  await expect(dialog.getByText('Vida does not say', { exact: true })).toHaveCount(2)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Drop the used ones' }).click()
  const smaller = page.getByRole('alertdialog', { name: 'Return 10 numbers?' })
  await expect(smaller.getByRole('button', { name: 'Keep numbers' })).toBeFocused()
  await expect(smaller.getByRole('button', { name: 'Drop the used ones' })).toHaveCount(0)
  await smaller.getByLabel('Type the count').fill('10')
  await smaller.getByRole('button', { name: 'Return numbers' }).click()
  await expect.poll(async () => (await sentNumbers(control)).length).toBe(10)
  expect((await sentNumbers(control)).filter((number) => used.includes(number))).toEqual([])
})
