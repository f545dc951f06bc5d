import { expect, test } from 'vitest'
import type { Holder } from '../inventory/events'
import { joinInventory } from '../inventory/rows'
import { EMPTY_STATE } from '../inventory/state'
import { activeSentence, groupForConfirmation, inListOrder } from './groups'

const holder = (id: string, active: boolean): Holder => ({
  id,
  name: `Agent ${id}`,
  active,
  canceledAt: null,
  canceledReason: null,
  organizationId: '10',
  organizationName: 'Bluebird Bakery',
  organizationActive: true,
  organizationCanceledAt: null,
})
const held = (...numbers: string[]) =>
  numbers.map((number) => ({ number, national: null, country: null, label: null, provider: null, sms: null }))
const inventory = joinInventory(
  {
    readAt: '2026-11-24T10:00:00.000Z',
    accounts: [
      { account: holder('1', true), numbers: held('+12145550101', '+12145550102') },
      { account: holder('2', false), numbers: held('+12145550103') },
      { account: holder('3', true), numbers: held('+12145550104') },
    ],
  },
  EMPTY_STATE,
)
const rows = inventory.accounts.flatMap((account) => account.rows)
const rowsOf = (...ids: string[]) => rows.filter(({ holder: { id } }) => ids.includes(id))

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
