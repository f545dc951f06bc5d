import { expect, test } from 'vitest'
import { holding } from '@/lib/domain/accounts/testing/account-numbers'
import { itemOf } from '@/lib/domain/batches/testing/items'
import { joinInventory } from '@/lib/domain/inventory/rows'
import { obstacleTo } from '@/lib/domain/inventory/selection'
import { EMPTY_STATE } from '@/lib/domain/inventory/state'
import { restOf } from './rest'

const inventory = joinInventory(
  { readAt: '2026-11-24T10:00:00.000Z', accounts: [holding('1', '+12145550101', '+12145550102', '+12145550103')] },
  EMPTY_STATE,
)
const inBatch = new Set(['+12145550103'])
const obstacle = (row: { number: string }) => obstacleTo(row, inventory, new Set(), inBatch, new Set())

test('the rest of a batch are the numbers that it did not send and that the list still has, and no others', () => {
  const items = [itemOf('+12145550101', 'not_sent'), itemOf('+12145550102', 'refused')]
  const { rows, leftOut } = restOf({ items }, inventory, obstacle)
  expect([rows.map(({ key }) => key), leftOut]).toEqual([['1 +12145550101'], ''])
})

test('what can’t be asked about again is left out, with the reason', () => {
  const one = restOf({ items: [itemOf('+12145550999', 'not_sent')] }, inventory, obstacle)
  expect(one).toEqual({ rows: [], leftOut: '1 of its numbers is left out: 1 is not in the list.' })
  const two = restOf({ items: [itemOf('+1', 'not_sent'), itemOf('+12145550103', 'not_sent')] }, inventory, obstacle)
  expect(two.leftOut).toBe('2 of its numbers are left out: 1 waits in a batch, 1 is not in the list.')
})
