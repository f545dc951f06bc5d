import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { checkboxOf, openBatch, searchBox, selected } from '../support/batch.ts'
import { expect, test } from '../support/fixtures.ts'
import { openList, wholeList } from '../support/page-steps.ts'
import { postsIn, sentNumbers } from '../support/returns.ts'

/** The numbers that the open confirmation lists. */
const listed = async (page: Page) =>
  (await page.getByRole('region', { name: 'Chosen numbers' }).getByRole('listitem').allTextContents()).sort()

test('a confirmation counts what it holds, an agent or a number is dropped, and the count is typed', async ({
  page,
  sandbox: { control, tokens },
}) => {
  await openList(page, tokens.reseller)
  await wholeList(page, 90)
  await test.step('it counts for each customer and agent, marks who is active, and drops an agent at once', async () => {
    const dialog = await openBatch(page, 'Brightwater', 12)
    const list = dialog.getByRole('region', { name: 'Chosen numbers' })
    await expect(dialog.getByText('3 of 4 accounts are active.')).toBeVisible()
    await expect(list.getByText('active', { exact: true })).toHaveCount(3)
    const agents = await list.getByText(/^(?:Callbacks|Dispatch|Emergency line|Quotes) \d+/).allTextContents()
    expect(agents.map((text) => /^\D+/.exec(text)?.[0].trim())).toEqual([
      'Callbacks',
      'Dispatch',
      'Emergency line',
      'Quotes',
    ])
    await expect(list.getByRole('heading', { name: /^Brightwater Plumbing 8002 \(12\)/ })).toBeVisible()
    await list.getByRole('button', { name: 'Drop all 6 of Dispatch 100006' }).press('Enter')
    const smaller = page.getByRole('alertdialog', { name: 'Return 6 numbers?' })
    await expect(smaller.getByText('2 of 3 accounts are active.')).toBeVisible()
    await expect(smaller.getByRole('button', { name: 'Drop all 3 of Emergency line 100007' })).toBeFocused()
    await expect(smaller.getByText('Dispatch')).toHaveCount(0)
    await smaller.getByRole('button', { name: 'Keep numbers' }).click()
    await page.getByRole('button', { name: 'Clear selection' }).click()
  })

  // All that match are a fixed set whatever is searched next.
  const tidewater = ['+13055550101', '+13055550102', '+13055550103', '+13055550104', '+13055550105']
  await searchBox(page).fill('Tidewater')
  await page.getByRole('button', { name: 'Select all 5 that match' }).click()
  await expect(page.getByRole('button', { name: 'Unselect all 5 that match' })).toBeFocused()
  await searchBox(page).fill('Front desk')
  await expect(selected(page, 5)).toBeVisible()
  await page.getByRole('button', { name: 'Return 5 selected numbers' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Return 5 numbers?' })
  await expect.poll(() => listed(page)).toEqual(tidewater)
  await expect(dialog.getByRole('heading', { name: 'Tidewater Legal 8011 (5) will have no number left' })).toBeVisible()
  await expect(dialog.getByText('will have no number left')).toHaveCount(1)
  await expect(dialog.getByText(/^Intake 100037 \(\d\)\s+Cancelled \w+/)).toBeVisible()
  // Five are far from it.
  await expect(dialog.getByText('A batch can have at most 500 numbers.')).toHaveCount(0)
  await expect(dialog.getByRole('button', { name: 'Keep numbers' })).toBeFocused()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Drop +13055550101' }).click()
  const smaller = page.getByRole('alertdialog', { name: 'Return 4 numbers?' })
  await expect.poll(() => listed(page)).toEqual(tidewater.slice(1))
  await expect(smaller.getByText(/^Billing 100038 \(\d\).*will have no number left$/)).toBeVisible()
  await expect(smaller.getByText('will have no number left')).toHaveCount(1)
  const go = smaller.getByRole('button', { name: 'Return numbers' })
  for (const wrong of ['5', '', '44', 'four']) {
    await smaller.getByLabel('Type the count').fill(wrong)
    await expect(go).toHaveAttribute('aria-disabled', 'true')
    await go.click({ force: true })
  }
  expect(await postsIn(control)).toEqual([])
  await smaller.getByLabel('Type the count').fill('4')
  await go.dblclick()
  await expect(
    page.getByRole('status').filter({ hasText: 'The batch of 4 numbers has ended: 4 returned.' }),
  ).toBeVisible()
  expect((await sentNumbers(control)).sort()).toEqual(tidewater.slice(1))
  await wholeList(page, 86)
  await searchBox(page).fill('Tidewater')
  await expect(checkboxOf(page, '+13055550101')).toBeVisible()
})

test.describe('with more than a thousand numbers', () => {
  test.use({ viewport: { width: 1280, height: 1200 }, appEnv: { MAX_BATCH: '2000' } })

  test('a count reads the same wherever it stands, and may be typed with or without its comma', async ({
    page,
    sandbox: { control, tokens },
  }) => {
    await control.reset({ size: { organizations: 11, accountsPerOrganization: 10, numbersPerAccount: 10 } })
    await openList(page, tokens.reseller)
    await expect(page.getByText('1,100 numbers in 110 accounts')).toBeVisible({ timeout: 30_000 })
    await page.getByRole('button', { name: 'Select all 1,100' }).click()
    await expect(page.getByText('1,100 selected', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: 'Return 1,100 selected numbers' }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Return 1,100 numbers?' })
    await expect(dialog.getByText('Type 1,100 to confirm that you mean all of them.')).toBeVisible()
    const go = dialog.getByRole('button', { name: 'Return numbers' })
    await test.step('a list takes the height that is there, and the buttons stay in view without scrolling', async () => {
      const box = await dialog.getByRole('region', { name: 'Chosen numbers' }).boundingBox()
      expect(box?.height).toBeGreaterThan(500)
      await expect(go).toBeInViewport({ ratio: 1 })
      const scrolls = await dialog.evaluate((element) => element.scrollHeight > element.clientHeight)
      expect(scrolls).toBe(false)
    })
    for (const [typed, ready] of [
      ['1100', true],
      ['110', false],
      ['1,100', true],
      ['1.100', false],
    ] as const) {
      await dialog.getByLabel('Type the count').fill(typed)
      if (ready) await expect(go, typed).not.toHaveAttribute('aria-disabled')
      else await expect(go, typed).toHaveAttribute('aria-disabled', 'true')
    }
  })
})

test.describe('with a cap of three', () => {
  test.use({ appEnv: { MAX_BATCH: '3' } })

  test('more than a batch holds is not listed; the first ones in the list’s order are taken, and the others stay selected', async ({
    page,
    sandbox,
  }) => {
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
    await test.step('the cross of a number hands the focus on, and dropping the last one closes the confirmation', async () => {
      await searchBox(page).fill('Front desk')
      await checkboxOf(page, '+12145550102').click()
      await checkboxOf(page, '+12145550104').click({ modifiers: ['Shift'] })
      await page.getByRole('button', { name: 'Return 3 selected numbers' }).click()
      const few = page.getByRole('alertdialog', { name: 'Return 3 numbers?' })
      await expect(few.getByText('A batch can have at most 3 numbers.')).toBeVisible()
      await few.getByRole('button', { name: 'Drop +12145550104' }).press('Enter')
      const fewer = page.getByRole('alertdialog', { name: 'Return 2 numbers?' })
      await expect(fewer.getByRole('button', { name: 'Drop +12145550103' })).toBeFocused()
      for (const number of ['+12145550102', '+12145550103']) {
        await page.getByRole('button', { name: `Drop ${number}` }).click()
      }
      await expect(page.getByRole('alertdialog')).toBeHidden()
      expect(await postsIn(sandbox.control)).toEqual([])
      // Dropped from the batch, they are selected as before.
      await page.getByRole('button', { name: 'Clear selection' }).click()
    })

    const byNumber = page.getByRole('columnheader', { name: 'Number' })
    await byNumber.getByRole('button').dblclick()
    await expect(byNumber).toHaveAttribute('aria-sort', 'descending')
    const dialog = await openBatch(page, 'Tidewater', 5)
    await expect(dialog.getByText('A batch can have at most 3 numbers, and 5 are selected.')).toBeVisible()
    await expect(dialog.getByRole('region', { name: 'Chosen numbers' })).toHaveCount(0)
    await expect(dialog.getByRole('button', { name: 'Return numbers' })).toHaveCount(0)
    await expect(dialog.getByRole('button', { name: 'Keep numbers' })).toBeFocused()
    await expectAccessible(page)
    const order = await page
      .getByRole('checkbox', { name: /^Select \+/, includeHidden: true })
      .evaluateAll((boxes) => boxes.map((box) => box.getAttribute('aria-label')?.replace('Select ', '') ?? ''))
    expect(order).toHaveLength(5)
    await dialog.getByRole('button', { name: 'Take the first 3' }).click()
    const smaller = page.getByRole('alertdialog', { name: 'Return 3 numbers?' })
    await expect(smaller.getByRole('button', { name: 'Keep numbers' })).toBeFocused()
    await expect.poll(() => listed(page)).toEqual(order.slice(0, 3).sort())
    await smaller.getByLabel('Type the count').fill('3')
    await smaller.getByRole('button', { name: 'Return numbers' }).click()
    await expect(
      page.getByRole('status').filter({ hasText: 'The batch of 3 numbers has ended: 3 returned.' }),
    ).toBeVisible()
    expect((await sentNumbers(sandbox.control)).sort()).toEqual(order.slice(0, 3).sort())
    await expect(selected(page, 2)).toBeVisible()
  })
})

test.describe('an app that gives no answer', () => {
  test.use({ expectedConsoleErrors: [/net::ERR_FAILED|status of 503/] })

  test('leaves a batch that may have begun, and a refusal one that has not; meanwhile it is no question', async ({
    page,
    sandbox,
  }) => {
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
    const dialog = await openBatch(page, 'Tidewater', 5)
    await dialog.getByLabel('Type the count').fill('5')
    const go = dialog.getByRole('button', { name: 'Return numbers' })
    await page.route('**/api/batches', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({
            status: 503,
            contentType: 'application/problem+json',
            json: { code: 'vida_unreachable', detail: 'Vida cannot be reached. Nothing was changed.' },
          })
        : route.continue(),
    )
    await go.click()
    await expect(dialog.getByRole('alert')).toHaveText(/Nothing was changed\. No batch was started\.$/)
    const ids: string[] = []
    await page.route('**/api/batches', (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      ids.push(route.request().postDataJSON().requestId)
      return route.abort()
    })
    await go.click()
    const mayHaveStarted = 'The batch may have started all the same'
    await expect(dialog.getByRole('alert')).toContainText(mayHaveStarted, { timeout: 20_000 })
    expect(ids, 'one request, repeated').toHaveLength(4)
    expect(new Set(ids).size).toBe(1)
    let answer = () => {}
    let held = false
    await page.route('**/api/batches', async (route) => {
      if (held || route.request().method() !== 'POST') return route.fallback()
      held = true
      await new Promise<void>((resolve) => {
        answer = resolve
      })
      return route.abort()
    })
    await go.click()
    const begins = page.getByRole('alertdialog', { name: 'Starting a batch of 5 numbers' })
    await expect(begins.getByRole('button', { name: 'Starting…' })).toHaveAttribute('aria-busy', 'true')
    await expect(begins.getByText('It continues even if you close this page.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Return numbers' })).toHaveCount(0)
    await expectAccessible(page)
    answer()
    await expect(dialog.getByRole('alert')).toContainText(mayHaveStarted, { timeout: 20_000 })
    await expect(go).toBeVisible()
    expect(await postsIn(sandbox.control)).toEqual([])
  })
})
