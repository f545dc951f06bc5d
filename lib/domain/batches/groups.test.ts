import { expect, test } from 'vitest'
import { holding, makeAccount } from '@/lib/domain/accounts/testing/account-numbers'
import { joinInventory } from '@/lib/domain/inventory/rows'
import { EMPTY_STATE } from '@/lib/domain/inventory/state'
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
