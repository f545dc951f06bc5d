import { describe, expect, test } from 'vitest'
import type { AccountNumbers } from '@/lib/domain/accounts/account'
import { holding } from '@/lib/domain/accounts/testing/account-numbers'
import { type Inventory, joinInventory } from './rows'
import {
  type CanBeChosen,
  NOTHING_SELECTED,
  obstacleTo,
  rangeOf,
  type Selection,
  selectedRows,
  stillSelected,
  withRows,
} from './selection'
import { begin, EMPTY_STATE, type InventoryState, take } from './state'

const inventoryOf = (...accounts: AccountNumbers[]) =>
  joinInventory({ readAt: '2026-11-24T10:00:00.000Z', accounts }, EMPTY_STATE)
const UNSETTLED = new Set(['+12145550102'])
const IN_BATCH = new Set(['+12145550102', '+12145550104'])
const choosable =
  (inventory: Inventory): CanBeChosen =>
  (row) =>
    obstacleTo(row, inventory, UNSETTLED, IN_BATCH, new Set()) === null
const numbersOf = (inventory: Inventory, selection: Selection) =>
  selectedRows(inventory, selection, choosable(inventory)).map(({ number }) => number)

const inventory = inventoryOf(
  holding('1', '+12145550101', '+12145550102'),
  holding('2', '+12145550103', '+12145550109'),
  holding('3', '+12145550104', '+12145550109'),
)

test('a range goes from the last chosen row to this one, in either direction, and is one row without a beginning', () => {
  const order = ['a', 'b', 'c', 'd']
  expect(rangeOf(order, 'b', 'd')).toEqual(['b', 'c', 'd'])
  expect(rangeOf(order, 'd', 'b')).toEqual(['b', 'c', 'd'])
  expect(rangeOf(order, 'b', 'b')).toEqual(['b'])
  expect(rangeOf(order, 'gone', 'b')).toEqual(['b'])
  expect(rangeOf(order, null, 'b')).toEqual(['b'])
  expect(rangeOf(order, 'b', 'gone')).toEqual(['gone'])
})

test('rows are added and taken away without touching the selection that was there', () => {
  const some = withRows(NOTHING_SELECTED, ['a', 'b', 'b'], true)
  expect([...some]).toEqual(['a', 'b'])
  expect([...withRows(some, ['b', 'never chosen'], false)]).toEqual(['a'])
  expect(some.size).toBe(2)
  expect(NOTHING_SELECTED.size).toBe(0)
})

test('what leaves the list, or can’t be chosen any more, drops out of the selection', () => {
  const selection = withRows(
    NOTHING_SELECTED,
    ['1 +12145550101', '1 +12145550102', '2 +12145550109', '9 +12145550777'],
    true,
  )
  expect(numbersOf(inventory, selection)).toEqual(['+12145550101'])
  expect(numbersOf(inventory, NOTHING_SELECTED)).toEqual([])
})

describe('while the list is read', () => {
  const readAt = '2026-11-24T10:05:00.000Z'
  const one = holding('1', '+12145550101')
  const two = holding('2', '+12145550103')
  const kept = { readAt: '2026-11-24T10:00:00.000Z', accounts: [one, holding('3', '+12145550105')] }
  const chosen = new Set(['1 +12145550101', '2 +12145550103', '3 +12145550106'])
  const numbers = (each: typeof one) => ({ type: 'numbers', ...each }) as const
  const done = {
    type: 'done',
    complete: true,
    accountsFound: 3,
    accountsRead: 3,
    accountsFailed: 0,
    numbers: 2,
    readAt,
  } as const
  const still = (state: InventoryState) => {
    const now = joinInventory(kept, state)
    return [...stillSelected(now, chosen, choosable(now))]
  }

  test('what is still to be read stays chosen, though it is not shown yet', () => {
    const begun = take(begin(EMPTY_STATE), [numbers(one)])
    expect(still(EMPTY_STATE)).toEqual([...chosen])
    expect(still(begun)).toEqual([...chosen])
    expect(numbersOf(joinInventory(kept, begun), chosen)).toEqual(['+12145550101'])
  })

  test('an account that was read without the number, and one that a whole list lacks, drop out', () => {
    const third = take(begin(EMPTY_STATE), [numbers(one), numbers(holding('3'))])
    expect(still(third)).toEqual(['1 +12145550101', '2 +12145550103'])
    expect(still(take(third, [done]))).toEqual(['1 +12145550101'])
    expect(still(take(third, [numbers(two), done]))).toEqual(['1 +12145550101', '2 +12145550103'])
  })

  test('a selection that loses nothing stays the same one', () => {
    const selection = new Set(['1 +12145550101'])
    expect(stillSelected(inventory, selection, choosable(inventory))).toBe(selection)
  })
})

test('a number that moved to another account is not the one that was chosen', () => {
  const selection = withRows(NOTHING_SELECTED, ['1 +12145550101'], true)
  expect(numbersOf(inventoryOf(holding('1'), holding('2', '+12145550101')), selection)).toEqual([])
})

test('only a number that one account alone holds, with no unsettled return and no turn in a batch to come, can be chosen', () => {
  const rows = inventory.accounts.flatMap((each) => each.rows)
  const found = rows.map((row) => [row.key, obstacleTo(row, inventory, UNSETTLED, IN_BATCH, new Set())] as const)
  expect(found.filter(([, obstacle]) => obstacle !== null)).toEqual([
    ['1 +12145550102', 'not_settled'],
    ['2 +12145550109', 'in_two_accounts'],
    ['3 +12145550104', 'in_batch'],
    ['3 +12145550109', 'in_two_accounts'],
  ])
})

test('a chosen number whose return is not settled drops out for good, also while its account is read again', () => {
  const kept = { readAt: '2026-11-24T10:00:00.000Z', accounts: [holding('1', '+12145550101', '+12145550102')] }
  const now = joinInventory(kept, begin(EMPTY_STATE))
  const chosen = new Set(['1 +12145550101', '1 +12145550102'])
  expect([...stillSelected(now, chosen, choosable(now))]).toEqual(['1 +12145550101'])
})
