import { lastOf, problemsOf } from '../support/inventory.ts'
import { expect, test } from '../support/return-test.ts'
import { expectProblem } from '../support/returns.ts'
import type { FaultRule } from '../vida-sandbox/faults.ts'

const SHUFFLED = { variant: { paging: 'shuffled' } } as const satisfies FaultRule['effect']
const RESELLER_SIZE = { organizations: 1, accountsPerOrganization: 55, numbersPerAccount: 1 }

test.describe('pages in an order that changes, without a total', () => {
  test.use({ sharedApp: 'returns' })

  for (const path of ['listOrganizations', 'listAccounts']) {
    test(`of ${path}: the list is not called complete`, async ({ sandbox, signIn }) => {
      const size =
        path === 'listAccounts' ? RESELLER_SIZE : { ...RESELLER_SIZE, organizations: 55, accountsPerOrganization: 1 }
      await sandbox.control.reset({ size, pageSizeCap: 20 })
      await sandbox.control.fault({ match: { path }, effect: SHUFFLED })
      const events = await (await signIn()).events()
      expect(lastOf(events)).toMatchObject({ complete: false })
      expect(problemsOf(events)).toEqual([path === 'listAccounts' ? 'list_changed 10001' : 'list_changed'])
    })
  }

  test('of an account’s numbers: nothing is sent, and nothing is called returned or gone', async ({
    sandbox,
    openApi,
  }) => {
    const { control } = sandbox
    await control.reset({ size: { organizations: 1, accountsPerOrganization: 1, numbersPerAccount: 55 } })
    await control.configure({ numbersPageSize: 20 })
    const api = await openApi()
    await api.client.events()
    await control.fault({ match: { path: 'phoneNumbers' }, effect: SHUFFLED })
    await api.treatReturns({ answer: { kind: 'status', status: 500 } })
    const events = await api.client.events()
    expect(problemsOf(events)).toEqual(['list_changed 1000001'])
    for (const place of (await control.numbers()).filter(({ accountId }) => accountId === '1000001').slice(0, 12))
      expectProblem(await api.confirm(place), 502, 'account_unreadable', place.number)
    expect(await api.posts()).toEqual([])
    expect((await api.records()).map(({ outcome }) => outcome)).toEqual(Array(12).fill('not_sent'))
  })

  test('of an account’s numbers only after the request: its outcome stays unknown', async ({ sandbox, openApi }) => {
    const { control } = sandbox
    await control.reset({ size: { organizations: 1, accountsPerOrganization: 1, numbersPerAccount: 55 } })
    await control.configure({ numbersPageSize: 20 })
    const api = await openApi()
    await api.client.events()
    const places = (await control.numbers()).filter(({ accountId }) => accountId === '1000001').slice(0, 4)
    const waiting = await api.treatReturns({ waitAfterWork: true, answer: { kind: 'status', status: 500 } })
    const answers = places.map((place) => api.confirm(place))
    await control.waitFor({ method: 'POST', path: 'phoneNumber/return' }, places.length)
    await control.fault({ match: { path: 'phoneNumbers' }, effect: SHUFFLED })
    await control.release(waiting)
    for (const { body } of await Promise.all(answers)) expect(body).toMatchObject({ outcome: 'unknown', numbers: null })
    await api.client.events()
    const records = await api.records()
    expect(records.map(({ outcome, verified }) => ({ outcome, verified }))).toEqual(
      Array(places.length).fill({ outcome: 'unknown', verified: null }),
    )
    for (const { receiptId } of records) expectProblem(await api.settle('check', receiptId), 502, 'account_unreadable')
  })
})
