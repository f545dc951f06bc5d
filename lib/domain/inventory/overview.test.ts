import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Account, AccountNumbers } from '@/lib/domain/accounts/account'
import { frontDesk, held } from '@/lib/domain/accounts/testing/account-numbers'
import { compareInventories } from './changes'
import type { MarksByRow } from './marks'
import { type Chosen, cameToQueue, MOST_SHOWN, overviewOf, type Part, type Ranking } from './overview'
import { ACCOUNT_STATES, type Inventory, joinInventory } from './rows'
import { sortRows } from './sort'
import { EMPTY_STATE } from './state'
import { churnQueue, type Filter, filterRows, isChurned, UNSTATED } from './view'

const ALL: Chosen = { among: null, state: [], country: [], org: [] }
const QUEUE: Chosen = { ...ALL, among: isChurned }
const noMarks: MarksByRow = new Map()

type Held = [number: string, country: string | null]

function holding(account: Partial<Account>, ...numbers: Held[]): AccountNumbers {
  return { account: frontDesk(account), numbers: numbers.map(([number, country]) => ({ ...held(number), country })) }
}

function inventory(...accounts: AccountNumbers[]): Inventory {
  return joinInventory({ readAt: '2026-11-24T00:00:00.000Z', accounts }, EMPTY_STATE)
}

const anyHeld = fc.tuple(
  fc.stringMatching(/^[1-9]\d{2,3}$/).map((digits) => `+${digits}`),
  fc.constantFrom('US', 'CA', 'GB', 'DE', 'FR', 'AU', 'NL', null),
)
const anyHolding = fc
  .record({
    id: fc.integer({ min: 1, max: 40 }).map(String),
    active: fc.constantFrom(true, false, null),
    canceledAt: fc.constantFrom(null, '2024-06-01T00:00:00.000Z', '2999-01-01T00:00:00.000Z'),
    organizationId: fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8', null),
    organizationName: fc.constantFrom('Bluebird Bakery', 'Quietwood', 'Alder', null),
    organizationActive: fc.constantFrom(true, true, false, null),
  })
  .chain((account) =>
    fc
      .uniqueArray(anyHeld, { maxLength: 8, selector: ([number]) => number })
      .map((numbers) => holding(account, ...numbers)),
  )
const anyInventory = fc
  .uniqueArray(anyHolding, { maxLength: 25, selector: ({ account }) => account.id })
  .map((accounts) => inventory(...accounts))
const anyChosen: fc.Arbitrary<Chosen> = fc.record({
  among: fc.constantFrom(null, isChurned),
  state: fc.subarray([...ACCOUNT_STATES]),
  country: fc.subarray(['US', 'NL', 'XX', UNSTATED]),
  org: fc.subarray(['1', '2', '7', '8', '99', UNSTATED], { maxLength: MOST_SHOWN - 1 }),
})

/** The rows that the list shows for one filter alone in the view that is open. */
function listed(all: Inventory, churn: boolean, filter: Partial<Filter>): number {
  const none: Filter = { q: '', org: [], country: [], state: [], only: [] }
  const rows = filterRows(sortRows(all, 'number', false), { ...none, ...filter }, noMarks)
  return churn ? churnQueue(rows).flatMap((group) => group.rows).length : rows.length
}

const sum = (parts: readonly Part[]) => parts.reduce((total, { count }) => total + count, 0)
function inAll({ shown, equal, inOthers, unstated }: Ranking<Part>): number {
  const unequal = shown.filter(({ count }) => count !== equal?.count)
  return sum(unequal) + (equal ? equal.parts * equal.count : 0) + inOthers + unstated
}

describe('whatever is known and chosen', () => {
  const property = (check: (all: Inventory, chosen: Chosen) => void) =>
    fc.assert(fc.property(anyInventory, anyChosen, check), { numRuns: 300 })

  test('the headline is as long as the churn queue, and the total as the list', () => {
    property((all, chosen) => {
      const { churned, total } = overviewOf(all, chosen)
      expect(churned).toBe(listed(all, true, {}))
      expect(total).toBe(listed(all, false, {}))
    })
  })

  test('a part says how many rows the list shows when it is pressed', () => {
    property((all, chosen) => {
      const churn = chosen.among !== null
      const { states, countries, customers } = overviewOf(all, chosen)
      for (const { value, count } of states) expect(count).toBe(listed(all, churn, { state: [value] }))
      for (const { value, count } of countries.shown) expect(count).toBe(listed(all, churn, { country: [value] }))
      for (const { value, count } of customers.shown) expect(count).toBe(listed(all, churn, { org: [value] }))
      expect(countries.unstated).toBe(listed(all, churn, { country: [UNSTATED] }))
      expect(customers.unstated).toBe(listed(all, churn, { org: [UNSTATED] }))
    })
  })

  test('no row is left out or counted twice, whichever way they are divided', () => {
    property((all, chosen) => {
      const { states, countries, customers, churned, total } = overviewOf(all, chosen)
      const rows = chosen.among ? churned : total
      expect(sum(states)).toBe(rows)
      expect(inAll(countries)).toBe(rows)
      expect(inAll(customers)).toBe(rows)
    })
  })

  test('the bars are the largest, largest first, and no more than there is room for', () => {
    property((all, { among }) => {
      const churn = among !== null
      const { customers, countries } = overviewOf(all, { ...ALL, among })
      const rows = sortRows(all, 'number', false).filter((row) => !churn || isChurned(row))
      const ids = new Set(rows.flatMap(({ account }) => account.organizationId ?? []))
      const counts = [...ids].map((org) => listed(all, churn, { org: [org] })).sort((a, b) => b - a)
      const { equal, shown, others } = customers
      expect(equal !== null).toBe(counts.length > MOST_SHOWN && counts[0] === counts[MOST_SHOWN])
      expect(shown.map(({ count }) => count)).toEqual(equal ? [] : counts.slice(0, MOST_SHOWN))
      expect(others).toBe(Math.max(0, ids.size - (equal?.parts ?? MOST_SHOWN)))
      expect(countries.shown.length).toBeLessThanOrEqual(MOST_SHOWN)
    })
  })

  test('what is chosen has a bar, so that it can be pressed again', () => {
    property((all, chosen) => {
      const { states, countries, customers } = overviewOf(all, chosen)
      const values = (parts: readonly Part[]) => parts.map(({ value }) => value)
      const stated = (chosenValues: readonly string[]) => chosenValues.filter((value) => value !== UNSTATED)
      expect(values(states)).toEqual(expect.arrayContaining([...chosen.state]))
      expect(values(countries.shown)).toEqual(expect.arrayContaining(stated(chosen.country)))
      expect(values(customers.shown)).toEqual(expect.arrayContaining(stated(chosen.org)))
      expect(customers.shown.length).toBeLessThanOrEqual(MOST_SHOWN)
    })
  })
})

test('a state that Vida does not tell is a part of its own, neither active nor in the churn queue', () => {
  const all = inventory(
    holding({ id: '1', active: null }, ['+1001', 'US'], ['+1002', null]),
    holding({ id: '2', organizationId: null }, ['+1003', 'US']),
  )
  expect(overviewOf(all, ALL)).toMatchObject({
    churned: 0,
    states: [
      { value: 'active', count: 1 },
      { value: 'unstated', count: 2 },
    ],
    countries: { shown: [{ value: 'US', count: 2 }], unstated: 1 },
    customers: { shown: [{ value: '8001', count: 2 }], unstated: 1 },
  })
})

test('a number in two accounts counts in both, as it is listed in both', () => {
  const all = inventory(
    holding({ id: '1' }, ['+1001', 'US']),
    holding({ id: '2', organizationId: '8002', canceledAt: '2024-06-01T00:00:00.000Z' }, ['+1001', 'US']),
  )
  expect(overviewOf(all, ALL)).toMatchObject({ total: 2, churned: 1, countries: { shown: [{ count: 2 }] } })
})

test('customers of one name are two bars with their ids; others go by their names alone', () => {
  const all = inventory(
    holding({ id: '1', organizationId: '8003', organizationName: 'Bluebird Bakery' }, ['+1001', 'US'], ['+1002', 'US']),
    holding({ id: '2', organizationId: '8009', organizationName: 'Bluebird Bakery' }, ['+1003', 'US']),
    holding({ id: '3' }, ['+1004', 'US']),
  )
  expect(overviewOf(all, ALL).customers.shown.map(({ name, count }) => [name, count])).toEqual([
    ['Bluebird Bakery (8003)', 2],
    ['Alder Family Dentistry', 1],
    ['Bluebird Bakery (8009)', 1],
  ])
})

test('customers of one size are told in one line, beside the smaller ones and the bars of chosen ones', () => {
  const organization = (id: number, ...numbers: string[]) =>
    holding(
      { id: `${id}`, organizationId: `${id}`, organizationName: `Customer ${id}` },
      ...numbers.map((number): Held => [number, 'US']),
    )
  const all = inventory(
    ...Array.from({ length: 6 }, (_, index) => organization(index, `+1${index}1`, `+1${index}2`)),
    organization(7, '+171'),
  )
  expect(overviewOf(all, ALL).customers).toEqual({
    shown: [],
    equal: { parts: 6, count: 2 },
    others: 1,
    inOthers: 1,
    unstated: 0,
  })
  const { customers } = overviewOf(all, { ...ALL, org: ['7', '3'] })
  expect(customers.shown.map(({ value }) => value)).toEqual(['3', '7'])
  expect(customers).toMatchObject({ equal: { parts: 6, count: 2 }, others: 0 })
})

test('with the churn queue open, the parts are those of the queue, and the total stays the list’s', () => {
  const all = inventory(
    holding({ id: '1' }, ['+1001', 'US'], ['+1002', 'US']),
    holding({ id: '2', organizationId: '8002', organizationName: 'Quietwood', organizationActive: false }, [
      '+1003',
      'GB',
    ]),
  )
  expect(overviewOf(all, QUEUE)).toMatchObject({
    total: 3,
    churned: 1,
    states: [{ value: 'inactive', count: 1 }],
    countries: { shown: [{ value: 'GB', count: 1 }] },
    customers: { shown: [{ value: '8002', name: 'Quietwood', count: 1 }], others: 0 },
  })
})

test('what came to the churn queue is what was active before, or not there, and is in the queue now', () => {
  const came = (before: AccountNumbers[], ...after: AccountNumbers[]) =>
    cameToQueue(
      inventory(...after),
      compareInventories({ readAt: '2026-11-24T00:00:00.000Z', accounts: before }, after, new Set()),
    )
  const [gone, unstated] = [{ active: false }, { active: null }]
  const one = holding({ id: '1' }, ['+1001', 'US'], ['+1002', 'US'])
  const old = holding({ id: '2', ...gone }, ['+1003', 'US'])
  const empty = holding({ id: '2', ...gone })
  expect(came([one, old], one, old)).toBe(0)
  expect(came([one, old], holding({ id: '1', ...gone }, ['+1001', 'US'], ['+1002', 'US']), old)).toBe(2)
  expect(came([one], one, old)).toBe(1)
  expect(
    came([one, empty], holding({ id: '1' }, ['+1001', 'US']), holding({ id: '2', ...gone }, ['+1002', 'US'])),
  ).toBe(1)
  expect(came([old], holding({ id: '2' }), holding({ id: '3', ...gone }, ['+1003', 'US']))).toBe(0)
  expect(came([holding({ id: '3', ...unstated }, ['+1003', 'US'])], holding({ id: '3' }), old)).toBe(0)
})
