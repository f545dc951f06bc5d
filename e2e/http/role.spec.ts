import { expect, test } from '../support/return-test.ts'
import { expectProblem, FRONT_DESK } from '../support/returns.ts'

const [place, second] = FRONT_DESK

test('a role that Vida took away since the sign-in returns nothing more, as soon as Vida has refused a return', async ({
  api,
}) => {
  await api.client.events()
  await api.control.configure({ identity: { reseller: { accountType: 'organization', resellerId: null } } })
  await api.treatReturns({ answer: { kind: 'status', status: 403, message: 'Requires a reseller account' } })
  await api.control.clearLog()
  expect((await api.confirm(place)).body).toMatchObject({ outcome: 'refused', message: 'Requires a reseller account' })
  await api.control.waitFor({ path: 'account', settled: true })
  expectProblem(await api.confirm(second), 403, 'not_allowed')
  await api.expectOnePost(place.number)
  const { body } = await api.client.get('/api/session')
  expect(body).toMatchObject({ account: { role: 'organization', canReturn: false } })
})

test('Vida is not asked who is signed in before each return', async ({ api }) => {
  await api.control.clearLog()
  expect((await api.confirm(place)).body).toMatchObject({ outcome: 'returned' })
  expect((await api.confirm(second)).body).toMatchObject({ outcome: 'returned' })
  const { entries } = await api.control.log()
  expect(entries.filter(({ path }) => path.endsWith('/account'))).toEqual([])
})
