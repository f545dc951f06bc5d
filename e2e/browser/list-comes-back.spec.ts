import { openList, wholeList } from '../support/page-steps.ts'
import { expect, test } from '../support/return-test.ts'
import { FRONT_DESK } from '../support/returns.ts'

test.use({ sharedApp: 'returns' })

const [place] = FRONT_DESK

test('a number that comes back within a minute of its return is shown by the first reading that has it', async ({
  page,
  sandbox,
  api,
}) => {
  expect((await api.confirm(place)).body).toMatchObject({ outcome: 'returned' })
  await sandbox.control.addNumber(place.number, place.accountId)
  const marks = page.waitForResponse(/\/api\/returns\/marks/)
  await openList(page, sandbox.tokens.reseller)
  await marks
  await wholeList(page, 90)
  await page.getByRole('searchbox', { name: 'Search numbers' }).fill(place.number)
  await expect(page.getByRole('button', { name: `Return ${place.number}` })).toBeVisible()
})
