import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/accessible.ts'
import { expect, test } from '../support/fixtures.ts'
import { openList, scrollTo, wholeList } from '../support/page-steps.ts'

const search = (page: Page) => page.getByRole('searchbox', { name: 'Search numbers' })
const rows = (page: Page) =>
  page
    .getByRole('table', { name: 'Assigned numbers' })
    .getByRole('row')
    .filter({ has: page.getByText(/^\+\d/) })

test('while accounts are read a progress bar says so; then each number has its agent, organization and state', async ({
  page,
  sandbox,
}) => {
  const match = { path: 'phoneNumbers', targetAccountId: '100040' }
  const waiting = await sandbox.control.fault({ match, effect: { waitBeforeWork: true } })
  await openList(page, sandbox.tokens.reseller)
  await expect(page.getByText('+12145550101')).toBeVisible()
  await expect(page.getByRole('progressbar', { name: 'Reading accounts' })).toBeVisible()
  // Another press would begin from the start again.
  await expect(page.getByRole('button', { name: 'Refresh' })).toHaveAttribute('aria-disabled', 'true')
  await sandbox.control.release(waiting)
  await wholeList(page, 90)

  const table = page.getByRole('table', { name: 'Assigned numbers' })
  await expect(table).toHaveAttribute('aria-rowcount', '91')
  const row = rows(page).filter({ hasText: '+12145550101' })
  await expect(row).toContainText('(214) 555-0101')
  await expect(row).toContainText('Front desk')
  await expect(row).toContainText('Alder Family Dentistry')
  await expect(row).toContainText('Active')
  await expectAccessible(page)

  await test.step('the list is sorted by a click on a heading, told by aria-sort', async () => {
    const heading = page.getByRole('columnheader', { name: 'Number' })
    await heading.getByRole('button').click()
    await expect(heading).toHaveAttribute('aria-sort', /ascending|descending/)
    await expect(page).toHaveURL(/sort=/)
  })

  await test.step('the list has a churn queue of the numbers that cancelled and inactive customers still hold', async () => {
    await page
      .getByRole('radio', { name: /Churn queue/ })
      .or(page.getByRole('button', { name: /Churn queue/ }))
      .or(page.getByRole('link', { name: /Churn queue/ }))
      .first()
      .click()
    await expect(page.getByText('Copperline Fitness').first()).toBeVisible()
    await expect(page.getByText('Tidewater Legal').first()).toBeVisible()
    await expect(page.getByText('Alder Family Dentistry')).toHaveCount(0)
    await expectAccessible(page)
  })
})

test.describe('the list of numbers', () => {
  test.beforeEach(async ({ page, sandbox }) => {
    await openList(page, sandbox.tokens.reseller)
    await wholeList(page, 90)
  })

  test('keeps its place and its search for a reload and for Back, and Refresh shows what is true now', async ({
    page,
    sandbox,
  }) => {
    await test.step('it is where it was left, and at its top when it is opened anew', async () => {
      const top = () => page.evaluate(() => window.scrollY)
      const middle = () =>
        page.evaluate(() => document.elementFromPoint(300, innerHeight / 2)?.closest('[role=row]')?.textContent)
      await scrollTo(page, 2_500)
      await expect.poll(middle).toMatch(/\+\d/)
      const left = await middle()
      for (const leave of ['History', 'reload']) {
        if (leave === 'reload') await page.reload()
        else {
          // A click of the mouse would scroll up to the link first.
          await page.getByRole('link', { name: leave }).dispatchEvent('click')
          await expect(page.getByRole('heading', { name: leave })).toBeVisible()
          await page.goBack()
        }
        await wholeList(page, 90)
        await expect.poll(top, leave).toBe(2_500)
        await expect.poll(middle, leave).toBe(left)
      }
      // A phone that is turned gets a list of cards in place of the lines: that begins where the window is by now.
      await scrollTo(page, 0)
      await page.setViewportSize({ width: 360, height: 780 })
      await expect(page.getByRole('button', { name: 'Filters' })).toBeVisible()
      await expect(rows(page).first()).toBeVisible()
      expect(await top()).toBe(0)
      await page.getByRole('link', { name: 'History' }).click()
      await page.getByRole('link', { name: 'Numbers' }).click()
      await wholeList(page, 90)
      expect(await top()).toBe(0)
      await page.setViewportSize({ width: 1280, height: 720 })
    })

    await test.step('a search of 1,200 numbers is kept in the tab, with a short address', async () => {
      const numbers = Array.from({ length: 1_200 }, (_, index) => `+1214555${String(index).padStart(4, '0')}`)
      const count = rows(page)
      await search(page).fill(numbers.join(', '))
      await expect(page).toHaveURL(/[?&]long=true/)
      await expect(count.filter({ hasText: '+12145550101' })).toBeVisible()
      await expect(count.filter({ hasText: '+44' })).toHaveCount(0)
      expect(page.url().length).toBeLessThan(200)
      await page.reload()
      await expect(search(page)).toHaveValue(numbers.join(', '))
      await expect(count.filter({ hasText: '+12145550101' })).toBeVisible()
      await page.getByRole('link', { name: 'History' }).click()
      await expect(page).toHaveURL(/\/history/)
      await page.goBack()
      await expect(search(page)).toHaveValue(numbers.join(', '))
      await search(page).fill('214')
      await expect(page).toHaveURL(/\/numbers\?q=214$/)
    })

    await test.step('a link leaves it while the search is still being typed, and Back has the search', async () => {
      const history = page.getByRole('link', { name: 'History' })
      await search(page).fill('bakery')
      await history.dispatchEvent('click')
      await expect(page.getByRole('heading', { name: 'History' })).toBeVisible()
      await page.goBack()
      await expect(search(page)).toHaveValue('bakery')
      await expect(page).toHaveURL(/q=bakery/)

      await sandbox.control.removeNumber('+12145550101')
      await sandbox.control.addNumber('+12145550199', '100001')
      await page.getByRole('button', { name: 'Refresh' }).click()
      await search(page).fill('2145550199')
      await expect(rows(page)).toHaveCount(1)
      await search(page).fill('2145550101')
      await expect(rows(page)).toHaveCount(0)
    })
  })

  test('is searched', async ({ page, context }) => {
    await test.step('without regard to punctuation', async () => {
      for (const typed of ['(214) 555-0101', '+1 214 555 01 01', '2145550101', '1.214.555.0101']) {
        await search(page).fill('')
        await expect(rows(page)).not.toHaveCount(1)
        await search(page).fill(typed)
        await expect(rows(page), typed).toHaveCount(1)
        await expect(rows(page)).toContainText('+12145550101')
      }
    })

    await test.step('by whatever a row says: country, state, SMS, German spellings, and “Line 5” as a label', async () => {
      const table = page.getByRole('table', { name: 'Assigned numbers' })
      const say = [
        ['germany', 'Germany'],
        ['mueller', 'Müller & Söhne Haustechnik'],
        ['cancelled', 'Cancelled'],
        ['inactive', 'Inactive'],
        ['no sms', 'no SMS'],
        ['line 5', 'Line 5'],
        ['0044 20 7946', '+442079460'],
        ['tel:+1-214-555-0101', '+12145550101'],
      ] as const
      for (const [typed, said] of say) {
        await search(page).fill(typed)
        await expect(rows(page).first(), typed).toContainText(said)
        await expect(rows(page).filter({ hasNotText: said }), typed).toHaveCount(0)
      }
      await expect(table).toHaveAttribute('aria-rowcount', '2')
    })

    await test.step('for any of several numbers that are pasted, one a line', async () => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await page.evaluate(() => navigator.clipboard.writeText('(214) 555-0101\n020 7946 0101\r\n+1 214 555 0102\n'))
      await search(page).fill('')
      await search(page).focus()
      await page.keyboard.press('ControlOrMeta+V')
      await expect(search(page)).toHaveValue('(214) 555-0101, 020 7946 0101, +1 214 555 0102')
      await expect(rows(page)).toHaveCount(3)
      await search(page).fill('')
      await expect(rows(page)).not.toHaveCount(3)
      await search(page).fill('+12145550101, +12145550102')
      await expect(rows(page)).toHaveCount(2)
    })

    await test.step('by agent and organization, and a search without a match offers a way out', async () => {
      await search(page).fill('o’malley')
      await search(page).fill('malley')
      await expect(rows(page)).toHaveCount(1)
      await search(page).fill('nobody has this')
      await expect(rows(page)).toHaveCount(0)
      await page.getByRole('button', { name: /clear/i }).first().click()
      await expect(rows(page).first()).toBeVisible()
    })

    await test.step('with a button that clears it, and one that folds all customers at once', async () => {
      const clear = page.getByRole('button', { name: 'Clear filters' })
      await expect(clear).toHaveCount(0)
      await search(page).fill('100001')
      await expect(rows(page)).toHaveCount(4)
      await clear.click()
      await expect(search(page)).toHaveValue('')
      await expect(search(page)).toBeFocused()
      await expect(clear).toHaveCount(0)
      await page.getByRole('checkbox', { name: 'Group by organization' }).check()
      await page.getByRole('button', { name: 'Collapse all' }).click()
      await expect(rows(page)).toHaveCount(0)
      const folded = (name: string) => page.getByRole('button', { name: new RegExp(`^${name} .*`), expanded: false })
      await expect(folded('Alder Family Dentistry')).toHaveAccessibleName(/ 10 numbers 4 agents Active$/)
      await expect(folded('Copperline Fitness')).toHaveAccessibleName(
        / 6 numbers \d agents? Customer cancelled .+ ago$/,
      )
      await page.getByRole('button', { name: 'Expand all' }).click()
      await expect(rows(page).first()).toBeVisible()
    })
  })
})

test('an account without any number is an empty state, not a failure', async ({ page, sandbox }) => {
  for (const { number, accountId } of await sandbox.control.numbers()) {
    if (accountId === '100001') await sandbox.control.removeNumber(number, accountId)
  }
  await openList(page, sandbox.tokens.agent)
  await expect(page.getByText(/no numbers/i).first()).toBeVisible()
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
  await expectAccessible(page)
})
