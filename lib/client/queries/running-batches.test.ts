import { expect, it } from 'vitest'
import { BATCH_ITEM_OUTCOMES, type BatchItemOutcome } from '@/lib/domain/batches/batch'
import { runningWording } from './running-batches'

function batch(total: number, waiting: number) {
  const none = Object.fromEntries(BATCH_ITEM_OUTCOMES.map((outcome) => [outcome, 0])) as Record<
    BatchItemOutcome,
    number
  >
  return { total, counts: { ...none, waiting, returned: total - waiting } }
}

it('what signing out would stop is told with its counts', () => {
  expect(runningWording([batch(60, 41)])).toBe('A batch of 60 numbers is running; 41 are not sent yet.')
  expect(runningWording([batch(2, 1)])).toBe('A batch of 2 numbers is running; 1 is not sent yet.')
  expect(runningWording([batch(60, 41), batch(5, 0)])).toBe('2 batches of 65 numbers are running; 41 are not sent yet.')
})
