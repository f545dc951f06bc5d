import { expect, test } from 'vitest'
import { holding } from '@/lib/domain/accounts/testing/account-numbers'
import { itemOf } from '@/lib/domain/batches/testing/items'
import { joinInventory } from '@/lib/domain/inventory/rows'
import { obstacleTo } from '@/lib/domain/inventory/selection'
import { EMPTY_STATE } from '@/lib/domain/inventory/state'
import { choiceOf, chosenSentence, leftOutWording, rowsOfItems, whyNotChoosable } from './choice'

const inventory = joinInventory(
  {
    readAt: '2026-11-24T10:00:00.000Z',
    accounts: [
      holding('1', '+12145550101', '+12145550102', '+12145550104', '+12145550105', '+12145550109'),
      holding('2', '+12145550109'),
    ],
  },
  EMPTY_STATE,
)
const unsettled = new Set(['+12145550102'])
const inBatch = new Set(['+12145550104'])
const protectedBy = new Set(['+12145550105'])
const keeps = whyNotChoosable(inventory, (row) => obstacleTo(row, inventory, unsettled, inBatch, protectedBy))

test('of a batch’s numbers those can be chosen that the list has in that account, and the others are counted by the reason', () => {
  const moved = itemOf('+12145550101', 'refused', '2')
  const items = [
    itemOf('+12145550101'),
    itemOf('+12145550102'),
    itemOf('+12145550104'),
    itemOf('+12145550105'),
    itemOf('+12145550109'),
    itemOf('+12145550777'),
    moved,
  ]
  const choice = choiceOf(items, keeps)
  expect(rowsOfItems(inventory, choice.items).map(({ key }) => key)).toEqual(['1 +12145550101'])
  expect(leftOutWording(choice)).toBe(
    '1 has a return that is not settled, 1 is protected, 1 waits in a batch, 1 is in two accounts, 2 are not in the list',
  )
  expect(chosenSentence(choice)).toBe(`1 of 7 selected; ${leftOutWording(choice)}.`)
})

test('what is unknown can’t be chosen, whatever else is known of it', () => {
  const choice = choiceOf([itemOf('+12145550101', 'unknown'), itemOf('+12145550102', 'unknown')])
  expect(choice.items).toEqual([])
  expect(leftOutWording(choice)).toBe('2 have a return that is not settled')
})

test('when all can be chosen, only their count is told', () => {
  const sentence = (count: number) =>
    chosenSentence(
      choiceOf(
        Array.from({ length: count }, () => itemOf('+12145550101', 'not_sent')),
        keeps,
      ),
    )
  expect([sentence(1), sentence(2_000)]).toEqual(['1 number selected.', '2,000 numbers selected.'])
})
