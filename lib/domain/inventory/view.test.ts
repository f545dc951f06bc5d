import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Account, AccountNumbers } from '@/lib/domain/accounts/account'
import { frontDesk, held } from '@/lib/domain/accounts/testing/account-numbers'
import { type MarksByRow, UNMARKED } from './marks'
import { choicesOf } from './overview'
import { ACCOUNT_STATES, accountState, type Inventory, joinInventory, type NumberRow } from './rows'
import { SORT_KEYS, sortRows } from './sort'
import { EMPTY_STATE } from './state'
import { churnQueue, type Filter, filterRows, groupRows, isFiltering, itemsOf, ONLY, UNSTATED } from './view'

const none: Filter = { q: '', org: [], country: [], state: [], only: [] }
const noMarks: MarksByRow = new Map()

function holding(account: Partial<Account>, ...numbers: (string | [string, string])[]): AccountNumbers {
  return {
    account: frontDesk(account),
    numbers: numbers.map((each) => {
      const [number, national] = typeof each === 'string' ? [each, null] : each
      return { ...held(number), national, country: number.startsWith('+1') ? 'US' : 'GB' }
    }),
  }
}

function inventory(...accounts: AccountNumbers[]): Inventory {
  return joinInventory({ readAt: '2026-11-24T00:00:00.000Z', accounts }, EMPTY_STATE)
}

function rows(...accounts: AccountNumbers[]): readonly NumberRow[] {
  return sortRows(inventory(...accounts), 'organization', false)
}

const some = rows(
  holding({}, ['+12145550101', '(214) 555-0101'], ['+12145550102', '(214) 555-0102']),
  holding(
    { id: '100020', name: "O'Malley's Bar", organizationId: '8008', organizationName: 'Harbor Lights Hotel Group' },
    '+12125550101',
  ),
  holding({ id: '100030', name: 'Réservations', organizationId: '8005', organizationName: "Maison d'Aubrac" }, [
    '+442079460000',
    '020 7946 0000',
  ]),
)
const found = (q: string, among = some) => filterRows(among, { ...none, q }, noMarks).map((row) => row.number)

describe('search', () => {
  test.each([
    ['(214) 555-0101', ['+12145550101']],
    ['+1 214 555 0101', ['+12145550101']],
    ['2145550', ['+12145550101', '+12145550102']],
    ['020 7946', ['+442079460000']],
    ['+44 (0)20 7946 0000', ['+442079460000']],
    ['omalleys bar', ['+12125550101']],
    ["O'Malley’s", ['+12125550101']],
    ['reservations', ['+442079460000']],
    ['HARBOR hotel', ['+12125550101']],
    ['212 harbor', ['+12125550101']],
    ['0102 0101', []],
    ['zzz', []],
  ])('%s', (q, expected) => expect(found(q)).toEqual(expected))

  test('an account, an organization and a provider are found by what is shown of them', () => {
    const { account, numbers } = holding({}, '+12145550101')
    const one = { account, numbers: numbers.map((held) => ({ ...held, provider: 'Telnyx' })) }
    const among = rows(one, holding({ id: '100020', organizationId: '8008' }, '+12125550101'))
    expect(found('100001', among)).toEqual(['+12145550101'])
    expect(found('8008', among)).toEqual(['+12125550101'])
    expect(found('telnyx', among)).toEqual(['+12145550101'])
  })

  test('punctuation alone does not narrow', () => {
    expect(found(' +()- ')).toHaveLength(some.length)
    expect(isFiltering({ ...none, q: ' + ' })).toBe(false)
  })
})

const digits = fc.stringMatching(/^[1-9]\d{6,13}$/)
const anyHolding = fc
  .record({
    id: fc.integer({ min: 1, max: 30 }).map(String),
    name: fc.string({ maxLength: 12 }),
    active: fc.constantFrom(true, false, null),
    organizationId: fc.constantFrom('1', '2', '3', null),
    organizationName: fc.constantFrom('Bluebird Bakery', 'Bluebird Bakery', 'Quietwood', null),
    canceledAt: fc.constantFrom(null, '2024-06-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z'),
  })
  .chain((account) =>
    fc.array(digits, { maxLength: 6 }).map((list) => holding(account, ...new Set(list.map((d) => `+${d}`)))),
  )
const anyInventory = fc
  .uniqueArray(anyHolding, { selector: ({ account }) => account.id, maxLength: 12 })
  .map((list) => inventory(...list))
const anyFilter: fc.Arbitrary<Filter> = fc.record({
  q: fc.oneof(fc.string({ maxLength: 6 }), fc.stringMatching(/^[+\d ()-]{0,8}$/)),
  org: fc.subarray(['1', '2', 'x', UNSTATED]),
  country: fc.subarray(['US', 'GB', UNSTATED]),
  state: fc.subarray([...ACCOUNT_STATES]),
  only: fc.subarray([...ONLY]),
})

describe('properties', () => {
  test('a filtered list is a subset in the same order', () => {
    fc.assert(
      fc.property(anyInventory, anyFilter, (all, filter) => {
        const sorted = sortRows(all, 'organization', false)
        const kept = filterRows(sorted, filter, noMarks)
        expect(kept).toEqual(sorted.filter((row) => kept.includes(row)))
      }),
    )
  })

  test('several values of a filter find what each of them finds alone, and none narrows nothing', () => {
    fc.assert(
      fc.property(anyInventory, anyFilter, (all, { org, country, state }) => {
        const sorted = sortRows(all, 'organization', false)
        const alone = (filters: Partial<Filter>[]) =>
          new Set(
            filters.length === 0
              ? sorted
              : filters.flatMap((filter) => filterRows(sorted, { ...none, ...filter }, noMarks)),
          )
        const each = [
          alone(org.map((value) => ({ org: [value] }))),
          alone(country.map((value) => ({ country: [value] }))),
          alone(state.map((value) => ({ state: [value] }))),
        ]
        const found = filterRows(sorted, { ...none, org, country, state }, noMarks)
        expect(found).toEqual(sorted.filter((row) => each.every((rows) => rows.has(row))))
      }),
    )
  })

  test('filtering does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(anyInventory, anyFilter, (all, filter) => {
        const sorted = sortRows(all, 'number', false)
        const keys = (list: readonly NumberRow[]) => filterRows(list, filter, noMarks).map((row) => row.key)
        expect(keys([...sorted].reverse()).sort()).toEqual(keys(sorted).sort())
      }),
    )
  })

  test('a number is found by any run of its digits, however it is punctuated', () => {
    const cut = fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('', ' ', '-', ' (', '.', '+'))
    fc.assert(
      fc.property(anyInventory, fc.nat(), cut, (all, pick, [from, length, between]) => {
        const sorted = sortRows(all, 'organization', false)
        const row = sorted[pick % Math.max(1, sorted.length)]
        if (!row) return
        const start = 1 + (from % (row.number.length - 1))
        const run = row.number.slice(start, start + 1 + (length % row.number.length))
        const typed = `${between}${run.slice(0, 2)}${between}${run.slice(2)}`
        expect(filterRows(sorted, { ...none, q: typed }, noMarks)).toContain(row)
      }),
    )
  })

  test('sorting, grouping and the churn queue lose nothing and invent nothing', () => {
    fc.assert(
      fc.property(anyInventory, fc.constantFrom(...SORT_KEYS), fc.boolean(), (all, key, descending) => {
        const sorted = sortRows(all, key, descending)
        expect(sorted).toHaveLength(all.total)
        expect(new Set(sorted.map((row) => row.key)).size).toBe(all.total)
        const grouped = groupRows(sorted)
        expect(grouped.flatMap((group) => group.rows)).toHaveLength(all.total)
        expect(new Set(grouped.map((group) => group.id)).size).toBe(grouped.length)
        const lines = itemsOf(grouped, new Set()).flatMap((item) => (item.kind === 'row' ? [item.key] : []))
        expect(lines.toSorted()).toEqual(sorted.map((row) => row.key).toSorted())
        const churned = sorted.filter((row) => row.state === 'inactive' || row.state === 'cancelled')
        expect(churnQueue(sorted).flatMap((group) => group.rows)).toHaveLength(churned.length)
        expect(choicesOf(all).churned).toBe(churned.length)
      }),
    )
  })
})

test('customers are told apart by id, not by name', () => {
  const groups = groupRows(
    rows(
      holding({ id: '1', organizationId: '8003', organizationName: 'Bluebird Bakery' }, '+12145550101'),
      holding({ id: '2', organizationId: '8009', organizationName: 'Bluebird Bakery' }, '+12145550102'),
      holding({ id: '3', organizationId: null, organizationName: null, name: 'Loose' }, '+12145550103'),
    ),
  )
  expect(groups.map(({ id, name }) => [id, name])).toEqual([
    ['8003', 'Bluebird Bakery'],
    ['8009', 'Bluebird Bakery'],
    ['account 3', 'Loose'],
  ])
  expect(itemsOf(groups, new Set(['8009'])).map((item) => item.kind)).toEqual(['group', 'row', 'group', 'group', 'row'])
})

test('where a customer has several agents, each with several numbers has a line above them; the others come first', () => {
  const all = inventory(
    holding({ id: '1', name: 'Front desk' }, '+1001', '+1003'),
    holding({ id: '2', name: 'After hours' }, '+1002'),
    holding({ id: '3', name: 'Recalls' }, '+1005', '+1006'),
    holding({ id: '4', organizationId: '8002', organizationName: 'Brightwater Plumbing' }, '+1004', '+1007'),
  )
  const lines = itemsOf(groupRows(sortRows(all, 'number', false)), new Set()).map((item) =>
    item.kind === 'group' ? item.group.id : item.kind === 'agent' ? item.account.name : item.number,
  )
  expect(lines).toEqual([
    '8001',
    '+1002',
    'Front desk',
    '+1001',
    '+1003',
    'Recalls',
    '+1005',
    '+1006',
    '8002',
    '+1004',
    '+1007',
  ])
})

test('the churn queue puts the longest cancelled first and those without a date last', () => {
  const queue = churnQueue(
    rows(
      holding({ id: '1', organizationId: '1', active: false }, '+1001'),
      holding({ id: '2', organizationId: '2', canceledAt: '2026-01-01T00:00:00.000Z' }, '+1002'),
      holding({ id: '3', organizationId: '3', organizationCanceledAt: '2025-01-01T00:00:00.000Z' }, '+1003'),
      holding({ id: '4', organizationId: '4' }, '+1004'),
    ),
  )
  expect(queue.map((group) => group.id)).toEqual(['3', '2', '1'])
})

test('a cancellation to come does not count yet', () => {
  const now = Date.parse('2026-11-24T00:00:00.000Z')
  expect(accountState(frontDesk({ canceledAt: '2026-12-01T00:00:00.000Z' }), now)).toBe('active')
  expect(accountState(frontDesk({ canceledAt: '2026-11-02T00:00:00.000Z' }), now)).toBe('cancelled')
  expect(accountState(frontDesk({ organizationActive: false }), now)).toBe('inactive')
  expect(accountState(frontDesk({ active: null }), now)).toBe('unstated')
})

test('what Vida does not state is a value of a filter, and stands last among the choices', () => {
  const { account, numbers } = holding({ id: '2', organizationId: null, organizationName: null }, '+9991')
  const all = inventory(holding({ id: '1' }, '+12145550101'), {
    account,
    numbers: numbers.map((held) => ({ ...held, country: null })),
  })
  const sorted = sortRows(all, 'number', false)
  const numbersOf = (filter: Partial<Filter>) =>
    filterRows(sorted, { ...none, ...filter }, noMarks).map(({ number }) => number)
  expect(numbersOf({ org: [UNSTATED] })).toEqual(['+9991'])
  expect(numbersOf({ country: [UNSTATED] })).toEqual(['+9991'])
  expect(numbersOf({ country: ['US', UNSTATED] })).toHaveLength(2)
  expect(numbersOf({ country: ['US'], org: [UNSTATED] })).toEqual([])
  const { organizations, countries } = choicesOf(all)
  expect(organizations.map(({ id }) => id)).toEqual(['8001', UNSTATED])
  expect(countries).toEqual([
    { code: 'US', count: 1 },
    { code: UNSTATED, count: 1 },
  ])
})

test('the filter of rows finds rows with a problem, changed ones, or both', () => {
  const sorted = rows(holding({}, '+1001', '+1002', '+1003'))
  const [first, second] = sorted.map(({ key }) => key)
  const marks: MarksByRow = new Map([
    [first ?? '', { ...UNMARKED, hasProblem: true }],
    [second ?? '', { ...UNMARKED, change: 'appeared' }],
  ])
  const found = (...only: Filter['only']) => filterRows(sorted, { ...none, only }, marks).map(({ number }) => number)
  expect(found('problems')).toEqual(['+1001'])
  expect(found('changed')).toEqual(['+1002'])
  expect(found('problems', 'changed')).toEqual(['+1001', '+1002'])
})

test('customers of one name are told apart in the filter by their ids', () => {
  const all = inventory(
    holding({ id: '1', organizationId: '8003', organizationName: 'Bluebird Bakery' }, '+12145550101'),
    holding({ id: '2', organizationId: '8009', organizationName: 'Bluebird Bakery' }, '+12145550102'),
    holding({ id: '3', organizationId: '8001', organizationName: 'Alder' }, '+12145550103'),
  )
  expect(choicesOf(all).organizations.map(({ name }) => name)).toEqual([
    'Alder',
    'Bluebird Bakery (8003)',
    'Bluebird Bakery (8009)',
  ])
})
