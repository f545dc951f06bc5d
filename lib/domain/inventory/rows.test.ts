import { afterEach, expect, test, vi } from 'vitest'
import type { AccountNumbers } from '@/lib/domain/accounts/account'
import { makeAccount } from '@/lib/domain/accounts/testing/account-numbers'
import { joinInventory, noRows } from './rows'
import { EMPTY_STATE } from './state'

afterEach(() => {
  vi.useRealTimers()
})

function agent(
  id: string,
  numbers: string[],
  { name = 'Agent', canceledAt = null as string | null } = {},
): AccountNumbers {
  return {
    account: {
      id,
      name,
      active: true,
      canceledAt,
      canceledReason: null,
      organizationId: 'o',
      organizationName: 'Org',
      organizationActive: true,
      organizationCanceledAt: null,
    },
    numbers: numbers.map((number) => ({
      number,
      national: null,
      country: 'US',
      label: null,
      provider: null,
      sms: null,
    })),
  }
}

/** Reads the same accounts twice, as two scans do, and gives the rows of both. */
function twice(first: AccountNumbers[], second: AccountNumbers[], between = () => undefined) {
  const made = noRows()
  const read = (accounts: AccountNumbers[]) =>
    joinInventory({ readAt: '2026-11-24T10:00:00.000Z', accounts }, EMPTY_STATE, made).accounts.map(({ rows }) => rows)
  const before = read(first)
  between()
  return { before, after: read(second), made }
}

test('what is read again without a change keeps its very rows, so that nothing is drawn again', () => {
  const { before, after } = twice(
    [agent('1', ['+1', '+2']), agent('2', ['+3'])],
    [agent('1', ['+1', '+2']), agent('2', ['+3'])],
  )
  expect(after[0]).toBe(before[0])
  expect(after[1]).toBe(before[1])
})

test('a changed account gets new rows, and it alone', () => {
  const { before, after } = twice(
    [agent('1', ['+1', '+2']), agent('2', ['+3']), agent('3', ['+4'])],
    [agent('1', ['+1', '+5']), agent('2', ['+3'], { name: 'Renamed' }), agent('3', ['+4'])],
  )
  expect(after[0]?.map(({ number }) => number)).toEqual(['+1', '+5'])
  expect(after[1]?.[0]?.account.name).toBe('Renamed')
  expect(after[2]).toBe(before[2])
})

test('an account whose end has come since is cancelled, though it reads the same', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-24T10:00:00Z') })
  const ending = () => [agent('1', ['+1'], { canceledAt: '2026-11-24T12:00:00Z' })]
  const { before, after } = twice(ending(), ending(), () => void vi.setSystemTime(Date.parse('2026-11-24T13:00:00Z')))
  expect([before[0]?.[0]?.state, after[0]?.[0]?.state]).toEqual(['active', 'cancelled'])
})

test('an account that is gone is not remembered', () => {
  const { made } = twice([agent('1', ['+1']), agent('2', ['+2'])], [agent('2', ['+2'])])
  expect([...made.accounts.keys()]).toEqual(['2'])
  expect([...made.numbers]).toEqual(['+2'])
})

test('organizations that share a name are told apart by their ids, and no others', () => {
  const of = (id: string, organizationId: string, organizationName: string) => ({
    account: makeAccount(id, { organizationId, organizationName }),
    numbers: [],
  })
  const accounts = [
    of('1', '8003', 'Bluebird'),
    of('2', '8003', 'Bluebird'),
    of('3', '8004', 'Alder'),
    of('4', '8009', 'Bluebird'),
  ]
  const { namesakes } = joinInventory({ readAt: '2026-11-24T10:00:00.000Z', accounts }, EMPTY_STATE)
  expect([...namesakes].sort()).toEqual(['8003', '8009'])
})

test('a number is held twice as long as two accounts have it, whichever of them is read again or is gone', () => {
  const made = noRows()
  const twice = (...accounts: AccountNumbers[]) => [
    ...joinInventory({ readAt: '2026-11-24T10:00:00.000Z', accounts }, EMPTY_STATE, made).twice,
  ]
  expect(twice(agent('1', ['+2']), agent('2', ['+2', '+3']), agent('3', ['+2']))).toEqual(['+2'])
  expect(twice(agent('1', ['+1', '+2']), agent('2', ['+2', '+3']))).toEqual(['+2'])
  expect(twice(agent('1', ['+1', '+3']), agent('2', ['+2', '+3']))).toEqual(['+3'])
  expect(twice(agent('1', ['+1', '+3']), agent('2', ['+2', '+3']), agent('3', ['+3']))).toEqual(['+3'])
  expect(twice(agent('2', ['+2', '+3']), agent('3', ['+3']))).toEqual(['+3'])
  expect(twice(agent('2', ['+2', '+3']))).toEqual([])
})
