import { expect, test } from 'vitest'
import { itemOf } from '@/lib/domain/batches/testing/items'
import { BATCH_ITEM_OUTCOMES, type BatchState } from './batch'
import { toCome } from './pending'

const items = BATCH_ITEM_OUTCOMES.map((outcome) => itemOf(outcome, outcome))
const batch = (state: BatchState) => ({ state, total: items.length, items })

test('a number waits in a batch until its turn is over, also while the batch is paused or about to stop', () => {
  for (const state of ['running', 'paused', 'stopping'] as const) {
    expect(
      toCome([batch(state)]).map(({ number }) => number),
      state,
    ).toEqual(['open', 'waiting'])
  }
})

test('in a batch that is over nothing waits, and each number has the size of its own batch', () => {
  expect(toCome([batch('ended'), { ...batch('running'), total: 12 }]).map(({ size }) => size)).toEqual([12, 12])
})
