import { expectAccessible } from '../support/accessible.ts'
import { searchBox } from '../support/batch.ts'
import { expect, test } from '../support/fixtures.ts'
import { giveSession, wholeList } from '../support/page-steps.ts'
import { FRONT_DESK, type RecordBody } from '../support/returns.ts'

const [place, other] = FRONT_DESK
const NAME = 'Ada Lovelace'

test.describe('where a name and a reason are demanded', () => {
  test.use({ appEnv: { REQUIRE_OPERATOR: '1', REQUIRE_REASON: '1' } })

  test('a person types a name once, chooses a reason, adds a note later, and History finds it by all of them', async ({
    page,
    sandbox,
    signIn,
  }) => {
    await page.goto('/sign-in')
    await page.getByLabel('Vida API token').fill(sandbox.tokens.reseller)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(page.getByText('Type your name first.')).toBeVisible()
    await expect(page.getByLabel('Your name')).toBeFocused()
    await expectAccessible(page)
    await page.getByLabel('Your name').fill(NAME)
    await page.keyboard.press('Enter')
    await wholeList(page, 90)

    await searchBox(page).fill(place.number)
    await page.getByRole('button', { name: `Return ${place.number}` }).click()
    const dialog = page.getByRole('alertdialog', { name: 'Return this number?' })
    const confirm = dialog.getByRole('button', { name: 'Return number' })
    await expect(confirm).toHaveAttribute('aria-disabled', 'true')
    const reason = dialog.getByRole('combobox', { name: 'Reason' })
    await expect(reason).toHaveValue('')
    await reason.selectOption('Number replaced')
    await expectAccessible(page)
    await dialog.getByLabel('Note').fill('T-17')
    await confirm.click()
    await expect(page.getByRole('status').filter({ hasText: `${place.number} was returned` })).toBeVisible()
    await searchBox(page).fill(other.number)
    await page.getByRole('button', { name: `Return ${other.number}` }).click()
    // A reason is never carried over to another number.
    await expect(reason).toHaveValue('')
    await dialog.getByRole('button', { name: 'Keep number' }).click()

    const colleague = await signIn(undefined, 'Bob')
    await colleague.post('/api/numbers/return', { ...other, reason: 'Unused' })
    await page.getByRole('link', { name: 'History' }).click()
    const rows = page.getByRole('table', { name: 'Returns' }).getByRole('row', { name: /Receipt for/ })
    await expect(rows).toHaveCount(2)
    await page.getByLabel('Person').selectOption(NAME)
    await expect(rows).toHaveCount(1)
    await expect(rows).toContainText(`by ${NAME}`)
    await expect(rows).toContainText('Number replaced')
    await page.getByLabel('Reason').selectOption('Unused')
    await expect(page.getByText('No return matches these filters.')).toBeVisible()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByRole('searchbox', { name: 'Search returns' }).fill('lovelace')
    await expect(rows).toHaveCount(1)
    await rows.getByRole('button', { name: `Receipt for ${place.number}` }).click()
    const receipt = page.getByRole('dialog', { name: `Receipt for ${place.number}` })
    await expect(receipt).toContainText(`${NAME} (Northwind Voice)`)
    await receipt.getByLabel('Add a note').fill('Customer called')
    await receipt.getByRole('button', { name: 'Add note' }).click()
    const notes = receipt.getByRole('region', { name: 'Notes' })
    await expect(notes.getByRole('listitem')).toContainText([`${NAME}Customer called`])
    await expectAccessible(page)
    const { body } = await colleague.get<{ returns: RecordBody[] }>('/api/returns?search=customer%20called')
    expect(body.returns).toMatchObject([{ operator: NAME, reason: 'Number replaced', note: 'T-17' }])

    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    await expect(page.getByText('Signed in as')).toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Sign out' }).first().click()
    await expect(page.getByLabel('Your name')).toHaveValue(NAME)
  })
})

test('the account’s own list of reasons is what a confirmation offers', async ({ page, sandbox }) => {
  await giveSession(page, sandbox.tokens.reseller)
  await page.goto('/settings')
  const section = page.getByRole('region', { name: 'Reasons' })
  await section.getByLabel('One on each line').fill('Moved away\n\nPorted out')
  await section.getByRole('button', { name: 'Save reasons' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Reasons saved.' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Numbers' }).click()
  await searchBox(page).fill(place.number)
  await page.getByRole('button', { name: `Return ${place.number}` }).click()
  const reason = page.getByRole('combobox', { name: 'Reason' })
  await expect(reason.getByRole('option')).toHaveText(['No reason given', 'Moved away', 'Ported out'])
})
