import { inventoryIn, lastOf, problemsOf } from '../support/inventory.ts'
import { expect, test } from '../support/return-test.ts'
import { expectProblem, FRONT_DESK } from '../support/returns.ts'

test.use({ sharedApp: 'returns' })

const [first, second] = FRONT_DESK

test('an entry that is no number is quoted, and the others of its account are shown and returned', async ({
  sandbox,
  api,
}) => {
  await sandbox.control.addNumber('88202', first.accountId)
  const events = await api.client.events()
  expect(problemsOf(events)).toEqual(['entry_unreadable 100001'])
  expect(events.find(({ type }) => type === 'problem')?.detail).toContain('“88202”')
  expect(events.filter((event) => 'partial' in event)).toMatchObject([{ type: 'numbers', account: { id: '100001' } }])
  expect(inventoryIn(events)['100001']).toEqual(FRONT_DESK.map(({ number }) => number))
  const { accountsFound = 0, ...counts } = lastOf(events)
  expect(counts).toMatchObject({ complete: false, accountsFailed: 1, accountsRead: accountsFound - 1 })

  expect((await api.confirm(first)).body).toMatchObject({ outcome: 'returned' })
  expect(await api.record(first.number)).toMatchObject({ outcome: 'returned', verified: true })
  expect(inventoryIn(await api.client.events('?accountId=100001'))).toMatchObject({
    '100001': FRONT_DESK.slice(1).map(({ number }) => number),
  })
})

test('a number that the odd entry may be is neither returned nor called gone', async ({ sandbox, api }) => {
  await sandbox.control.addNumber('(214) 555-0101', first.accountId)
  await api.client.events()
  expectProblem(await api.confirm(first), 502, 'account_unreadable')
  await sandbox.control.removeNumber(first.number)
  expectProblem(await api.confirm(first), 502, 'account_unreadable')
  expect(await api.posts()).toEqual([])
  expect((await api.confirm(second)).body).toMatchObject({ outcome: 'returned' })
})

test('a number that comes back after its return is in the next reading, which began after the account read', async ({
  sandbox,
  api,
}) => {
  await api.client.events()
  await api.confirm(first)
  await sandbox.control.addNumber(first.number, first.accountId)
  const events = await api.client.events()
  const marks = await api.client.get<{ reads: { number: string; gone: boolean; at: string }[] }>('/api/returns/marks')
  const accountRead = marks.body.reads.find(({ number }) => number === first.number)
  const reading = events.find(({ type, account }) => type === 'numbers' && account?.id === first.accountId)
  expect(inventoryIn(events)['100001']).toContain(first.number)
  expect(accountRead?.gone).toBe(true)
  expect(Date.parse(reading?.readAt ?? '')).toBeGreaterThan(Date.parse(accountRead?.at ?? ''))
})
