import { beginBatch, checkboxOf, panelOf, searchBox } from '../support/batch.ts'
import { checkText, lineOf, openCheck } from '../support/check-list.ts'
import { expect, test } from '../support/fixtures.ts'
import { openActivity, openByHand, openList, wholeList } from '../support/page-steps.ts'
import { RETURN, sentNumbers } from '../support/returns.ts'

test('numbers that wait in a batch say so in every tab, and neither a return nor a second batch takes them meanwhile', async ({
  page,
  context,
  sandbox: { control, tokens },
}) => {
  await openList(page, tokens.reseller)
  await wholeList(page, 90)
  await control.fault({ match: RETURN, effect: { work: 'never', answer: { kind: 'status', status: 503 } } })
  await beginBatch(page, 'Brightwater', 12)
  await expect(panelOf(page, 12).getByRole('button', { name: 'Continue' })).toBeVisible({ timeout: 30_000 })
  const sent = new Set(await sentNumbers(control))
  const tab = await context.newPage()
  // High enough for all twelve: what is off screen is not in the document.
  await tab.setViewportSize({ width: 1280, height: 1400 })
  await tab.goto('/numbers?q=Brightwater')
  await wholeList(tab, 90)
  const rows = tab.getByRole('row').filter({ has: tab.getByRole('checkbox') })
  await expect(rows).toHaveCount(12)
  const waiting = rows.filter({ hasText: 'In a batch' })
  await expect(waiting).toHaveCount(12 - sent.size)
  const number = (await waiting.first().getByRole('checkbox').getAttribute('aria-label'))?.replace('Select ', '') ?? ''
  expect(sent.has(number)).toBe(false)
  await expect(checkboxOf(tab, number)).toBeDisabled()
  const back = tab.getByRole('button', { name: `Return ${number}` })
  await expect(back).toHaveAttribute('aria-disabled', 'true')
  await expect(back).toHaveAccessibleDescription(/waits in the batch of 12 numbers; Activity shows it/)
  await expect(tab.getByRole('button', { name: /that match$/ })).toHaveCount(0)
  await tab.getByRole('button', { name: number, exact: true }).click()
  const drawer = tab.getByRole('dialog', { name: number })
  await expect(drawer.getByText('To return it by itself, stop that batch first.')).toBeVisible()
  await expect(drawer.getByRole('button', { name: `Return ${number}` })).toHaveCount(0)
  await tab.keyboard.press('Escape')
  const check = await openCheck(tab)
  await checkText(check, number)
  await expect(lineOf(check, 1)).toContainText(/Held.*It waits in a batch/)
  await check.getByRole('button', { name: 'Cancel' }).click()

  await openByHand(tab)
  await tab.getByLabel('Phone number').fill(number)
  await tab.getByRole('button', { name: 'Check number' }).click()
  await expect(tab.getByRole('alert').filter({ hasText: `${number}: This number waits in` })).toBeVisible()
  await expect(tab.getByRole('alertdialog')).toHaveCount(0)

  await openActivity(tab)
  await panelOf(tab, 12).getByRole('button', { name: 'Stop' }).click()
  await expect(waiting).toHaveCount(0)
  await expect(checkboxOf(tab, number)).toBeEnabled()
  await searchBox(page).fill('Brightwater')
  await expect(checkboxOf(page, number)).toBeEnabled({ timeout: 20_000 })
})
