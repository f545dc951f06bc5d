import { expectAccessible } from '../support/accessible.ts'
import { giveSession } from '../support/page-steps.ts'
import { expect, test } from '../support/return-test.ts'
import { FRONT_DESK, placesIn } from '../support/returns.ts'

// The app may settle a return just before the check, which is told so by 409.
test.use({ sharedApp: 'returns', expectedConsoleErrors: [/responded with a status of 409/] })

const [place] = FRONT_DESK

test('a return by hand that is unknown, or accepted while the number is still listed, is settled once it is gone', async ({
  page,
  api,
  sandbox,
}) => {
  await test.step('that Vida accepted while the number is still listed can be looked at again until it is gone', async () => {
    // Of another account than the step below: a later check of it would read what is to be settled there.
    const second = (await placesIn(sandbox.control)).find(({ accountId }) => accountId !== place.accountId) ?? place
    await api.treatReturns({ work: 'never' }, second.number)
    const { receiptId } = (await api.confirm(second)).body
    await giveSession(page, sandbox.tokens.reseller)
    await page.goto(`/history?receipt=${receiptId}`)
    const receipt = page.getByRole('dialog', { name: `Receipt for ${second.number}` })
    await expect(receipt).toContainText('Vida accepted the return, but the number was still listed')
    await expect(receipt.getByRole('button', { name: 'Mark not returned' })).toBeHidden()
    await api.control.removeNumber(second.number)
    await receipt.getByRole('button', { name: 'Check again' }).click()
    await expect(receipt).toContainText(/confirmed gone/i)
    await expect(receipt.getByRole('button', { name: 'Check again' })).toBeHidden()
  })

  await test.step('an unknown one can be marked after five minutes, and a complete reading without the number settles it', async () => {
    await api.treatReturns({ work: 'never', answer: { kind: 'drop' } }, place.number)
    const { receiptId } = (await api.confirm({ number: place.number, accountId: null })).body
    await page.clock.install()
    await page.goto(`/history?receipt=${receiptId}`)
    const receipt = page.getByRole('dialog', { name: `Receipt for ${place.number}` })
    const mark = receipt.getByRole('button', { name: 'Mark not returned' })
    await expect(receipt).toContainText('no account to read')
    await expect(receipt.getByRole('button', { name: 'Check again' })).toHaveAttribute('aria-disabled', 'true')
    await expect(mark).toHaveAttribute('aria-disabled', 'true')
    await expect(mark).toHaveAccessibleDescription(
      /Available from \d+:\d+:\d+ [AP]M, if the number is still listed then/,
    )
    await expectAccessible(page)

    // The page's clock alone: the server would still say that it is too early.
    await page.clock.fastForward('06:00')
    await expect(mark).not.toHaveAttribute('aria-disabled')

    await page.keyboard.press('Escape')
    const table = page.getByRole('table', { name: 'Returns' })
    await expect(table.getByRole('button', { name: `Receipt for ${place.number}` })).toBeVisible()
    await expect(table.getByRole('button', { name: 'Check again' })).toHaveCount(0)

    // Only what a reading listed can be gone.
    await api.client.events()
    await api.control.removeNumber(place.number)
    await page.goto('/numbers')
    await api.recordThatIs(place.number, { outcome: 'returned', verified: true })
    await page.goto(`/history?receipt=${receiptId}`)
    await expect(receipt).toContainText('A complete reading of all accounts no longer shows the number.')
    await expect(receipt.getByRole('button', { name: 'Check again' })).toBeHidden()
  })
})
