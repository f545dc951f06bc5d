import { expect, test } from 'vitest'
import { outcomeOf, problemOf } from './item-outcome'

const taken = { state: 'taken', problem: null } as const

test('a number whose server stopped while it was taken is open until the batch has ended, and then not sent, with the reason', () => {
  expect([outcomeOf('taken', null, false), problemOf(taken, null, false)]).toEqual(['open', null])
  expect([outcomeOf('taken', null, true), problemOf(taken, null, true)]).toEqual(['not_sent', 'server_stopped'])
})

test('a receipt’s outcome counts', () => {
  expect([outcomeOf('taken', 'returned', true), problemOf(taken, 'returned', true)]).toEqual(['returned', null])
})

test('a requeued number waits, whatever its first receipt says, until the batch has ended', () => {
  expect(outcomeOf('waiting', 'not_sent', false)).toBe('waiting')
  expect(outcomeOf('waiting', 'not_sent', true)).toBe('not_sent')
  expect(outcomeOf('waiting', 'unknown', false)).toBe('unknown')
})

test('an item that ended before anything was sent keeps its own reason', () => {
  const done = { state: 'done', problem: 'not_allowed' } as const
  expect([outcomeOf('done', null, true), problemOf(done, null, true)]).toEqual(['not_sent', 'not_allowed'])
  expect(outcomeOf('waiting', null, true)).toBe('not_sent')
})
