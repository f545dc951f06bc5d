import { expect, test } from 'vitest'
import { frontDesk, held } from '@/lib/domain/accounts/testing/account-numbers'
import type { AccountUse } from '@/lib/domain/use/use'
import { rememberFound } from './found'
import { joinInventory } from './rows'
import { sortRows } from './sort'
import { EMPTY_STATE } from './state'
import { judgeOf, rowsIn, type Uses, verdictCounts } from './unused'
import { daysOfUnusedView, type Filter, filterRows } from './view'

const DAY = 86_400_000
const now = Date.now()
const ago = (days: number) => new Date(now - days * DAY).toISOString()

function use(accountId: string, covered: number | null, change: Partial<AccountUse> = {}): AccountUse {
  const coveredSince = covered === null ? null : ago(covered)
  return { accountId, readAt: ago(0), coveredSince, account: null, numbers: {}, ...change }
}
const usage = (days: number | null) => {
  const lastUsedAt = days === null ? null : ago(days)
  return { lastUsedAt, lastKind: days === null ? null : ('call' as const), calls30: null, texts30: null }
}

/** 1: used 2 and 100 days ago; 2: not used in 200 days; 3: covered for 40 days only; 4: nothing is said; 5: not read. */
const uses: Uses = new Map(
  [
    use('1', 200, { account: usage(2), numbers: { '+12': usage(100) } }),
    use('2', 200, { account: usage(null) }),
    use('3', 40, { account: usage(null) }),
    use('4', null),
  ].map((each) => [each.accountId, each]),
)
const numbersOf: Record<string, string[]> = { 1: ['+11', '+12'], 2: ['+21'], 3: ['+31'], 4: ['+41'], 5: ['+51'] }
const accounts = Object.entries(numbersOf).map(([id, numbers]) => ({
  account: frontDesk({ id, name: `Agent ${id}` }),
  numbers: numbers.map((number) => held(number)),
}))
const list = joinInventory({ readAt: ago(0), accounts }, EMPTY_STATE)
const rows = sortRows(list, 'number', false)
const none: Filter = { q: '', org: [], country: [], state: [], only: [] }
const found = (only: Filter['only'], marks = new Map()) =>
  filterRows(rows, { ...none, only }, marks, undefined, uses).map(({ number }) => number)

test('unused is only what was covered that far back and has no use in it', () => {
  expect(found(['unused30'])).toEqual(['+12', '+21', '+31'])
  expect(found(['unused90'])).toEqual(['+12', '+21'])
  expect(found(['unused180'])).toEqual(['+21'])
  expect(found(['unused180', 'unused30']), 'any of both').toEqual(['+12', '+21', '+31'])
  expect(filterRows(rows, { ...none, only: ['unused30'] }, new Map()), 'before anything was read').toEqual([])
})

test('each row counts once: used, unused, Vida does not say, not read', () => {
  expect(verdictCounts(rowsIn(list), judgeOf(uses, 90, now))).toEqual({ used: 1, unused: 2, unsaid: 2, unread: 1 })
})

test('the view of unused numbers is about 90 days unless the filter says otherwise', () => {
  expect(daysOfUnusedView([])).toBe(90)
  expect(daysOfUnusedView(['changed', 'unused180'])).toBe(180)
  expect(daysOfUnusedView(['unused180', 'unused30'])).toBe(30)
})

test('what was used longest ago comes first, and what nobody knows last in either direction', () => {
  const sorted = (descending: boolean) =>
    sortRows(list, 'used', descending, undefined, uses).map(({ number }) => number)
  expect(sorted(false)).toEqual(['+21', '+12', '+31', '+11', '+41', '+51'])
  expect(sorted(true)).toEqual(['+11', '+31', '+12', '+21', '+41', '+51'])
})

test('what a search remembers is not that of an earlier reading of uses', () => {
  const find = rememberFound({ countryNames: () => [], stateWording: () => [] })
  const filter: Filter = { ...none, only: ['unused90'] }
  const marks = new Map()
  expect(find(rows, filter, marks)).toEqual([])
  expect(find(rows, filter, marks, uses)).toHaveLength(2)
})
