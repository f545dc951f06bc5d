import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinInventory } from '../inventory/rows'
import { type CanBeChosen, obstacleTo } from '../inventory/selection'
import { EMPTY_STATE } from '../inventory/state'
import { holder, holding } from '../inventory/test-holding'
import { groupRows } from '../inventory/view'
import { groupForConfirmation } from './groups'
import { sortPaste } from './paste'

const inventory = joinInventory(
  {
    readAt: '2026-11-24T10:00:00.000Z',
    accounts: [
      holding('1', '+12145550101', '+12145550102'),
      holding('2', '+12145550103', '+12145550109'),
      { ...holding('3', '+12145550104', '+12145550109'), account: holder('3', { organizationId: '8002' }) },
    ],
  },
  EMPTY_STATE,
)

/** A return of this number is not settled. */
const UNSETTLED = '+12145550103'
/** Its turn in a batch is still to come. */
const IN_BATCH = '+12145550102'
const canBeChosen: CanBeChosen = (row) => obstacleTo(row, inventory, new Set([UNSETTLED]), new Set([IN_BATCH])) === null

test('a pasted list is sorted into held, not found, more than once, in two accounts, not settled and not a number', () => {
  const numbers = ['+12145550101', '+12145550101', '+12145550109', '+12145550999', UNSETTLED, IN_BATCH, null]
  const sorted = sortPaste(
    inventory,
    canBeChosen,
    numbers.map((number) => ({ text: String(number), number })),
  )
  expect(sorted.held.map(({ row }) => row.holder.id)).toEqual(['1'])
  expect(sorted).toMatchObject({
    again: ['+12145550101'],
    inTwoAccounts: ['+12145550109'],
    notFound: ['+12145550999'],
    notSettled: [UNSETTLED, IN_BATCH],
    notNumbers: ['null'],
  })
})

test('every entry of any pasted list lands in exactly one class, and a number is held at most once and can be chosen', () => {
  const number = fc.option(fc.integer({ min: 0, max: 14 }).map((last) => `+121455501${String(last).padStart(2, '0')}`))
  fc.assert(
    fc.property(fc.array(number), (numbers) => {
      const sorted = sortPaste(
        inventory,
        canBeChosen,
        numbers.map((each) => ({ text: each ?? 'x', number: each })),
      )
      const sizes = Object.values(sorted).map((list) => list.length)
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(numbers.length)
      expect(new Set(sorted.held.map((entry) => entry.number)).size).toBe(sorted.held.length)
      expect(sorted.held.every(({ row }) => canBeChosen(row))).toBe(true)
    }),
  )
})

test('the confirmation groups by id, not by name, and tells who would be left without a number', () => {
  const rows = inventory.accounts.flatMap((account) => account.rows)
  const chosen = rows.filter(({ number }) => ['+12145550101', '+12145550102', '+12145550104'].includes(number))
  expect(
    groupForConfirmation(inventory, chosen).map(({ id, emptied, agents }) => [
      id,
      emptied,
      agents.map((agent) => [agent.id, agent.emptied]),
    ]),
  ).toEqual([
    ['8001', false, [['1', true]]],
    ['8002', false, [['3', false]]],
  ])
  expect(groupForConfirmation(inventory, rows).every(({ emptied }) => emptied)).toBe(true)
})

test('an account without an organization is a customer by itself, also where an organization has its number as an id', () => {
  const alone = holder('10', { organizationId: null, organizationName: null, name: 'Solo' })
  const accounts = [
    { ...holding('10', '+12145550201'), account: alone },
    { ...holding('1', '+12145550101'), account: holder('1', { organizationId: '10' }) },
  ]
  const both = joinInventory({ readAt: '2026-11-24T10:00:00.000Z', accounts }, EMPTY_STATE)
  const rows = both.accounts.flatMap((account) => account.rows)
  const groups = groupForConfirmation(both, rows).map(({ id, name }) => [id, name])
  expect(groups).toEqual([
    ['account 10', 'Solo'],
    ['10', 'Bluebird Bakery'],
  ])
  expect(groupRows(rows).map(({ id, name }) => [id, name])).toEqual(groups)
})
