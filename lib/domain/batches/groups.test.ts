import { expect, test } from 'vitest'
import { holding, makeAccount } from '@/lib/domain/accounts/testing/account-numbers'
import { joinInventory } from '@/lib/domain/inventory/rows'
import { EMPTY_STATE } from '@/lib/domain/inventory/state'
import { groupRows } from '@/lib/domain/inventory/view'
import { activeSentence, groupForConfirmation, inListOrder } from './groups'

const inventory = joinInventory(
  {
    readAt: '2026-11-24T10:00:00.000Z',
    accounts: [
      holding('1', '+12145550101', '+12145550102'),
      { ...holding('2', '+12145550103'), account: makeAccount('2', { active: false }) },
      holding('3', '+12145550104'),
    ],
  },
  EMPTY_STATE,
)
const rows = inventory.accounts.flatMap((account) => account.rows)
const rowsOf = (...ids: string[]) => rows.filter(({ account: { id } }) => ids.includes(id))

test('a customer counts the numbers of all its agents, and an active account is told from one that is not', () => {
  const [customer] = groupForConfirmation(inventory, rowsOf('1', '2'))
  expect(customer?.count).toBe(3)
  expect(customer?.agents.map(({ id, active }) => [id, active])).toEqual([
    ['1', true],
    ['2', false],
  ])
})

test('how many accounts are active is told out of how many, and not at all when none is', () => {
  const sentence = (...ids: string[]) => activeSentence(groupForConfirmation(inventory, rowsOf(...ids)))
  expect([sentence('1', '2', '3'), sentence('1', '2'), sentence('1'), sentence('2')]).toEqual([
    '2 of 3 accounts are active.',
    '1 of 2 accounts is active.',
    'The account is active.',
    '',
  ])
})

test('chosen rows come in the order of the list, and what the list does not show now comes last', () => {
  const [a, b, c, d] = rows
  if (!a || !b || !c || !d) throw new Error('unreachable')
  expect(inListOrder([a, b, c], [d, c, a])).toEqual([c, a, b])
  expect(inListOrder([b, a], [])).toEqual([b, a])
})

test('the confirmation groups by id, not by name, and tells who would be left without a number', () => {
  const accounts = [
    holding('1', '+12145550101', '+12145550102'),
    holding('2', '+12145550103', '+12145550109'),
    { ...holding('3', '+12145550104', '+12145550109'), account: makeAccount('3', { organizationId: '8002' }) },
  ]
  const two = joinInventory({ readAt: '2026-11-24T10:00:00.000Z', accounts }, EMPTY_STATE)
  const all = two.accounts.flatMap((account) => account.rows)
  const chosen = all.filter(({ number }) => ['+12145550101', '+12145550102', '+12145550104'].includes(number))
  expect(
    groupForConfirmation(two, chosen).map(({ id, emptied, agents }) => [
      id,
      emptied,
      agents.map((agent) => [agent.id, agent.emptied]),
    ]),
  ).toEqual([
    ['8001', false, [['1', true]]],
    ['8002', false, [['3', false]]],
  ])
  expect(groupForConfirmation(two, all).every(({ emptied }) => emptied)).toBe(true)
})

test('an account without an organization is a customer by itself, also where an organization has its number as an id', () => {
  const alone = makeAccount('10', { organizationId: null, organizationName: null, name: 'Solo' })
  const accounts = [
    { ...holding('10', '+12145550201'), account: alone },
    { ...holding('1', '+12145550101'), account: makeAccount('1', { organizationId: '10' }) },
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
