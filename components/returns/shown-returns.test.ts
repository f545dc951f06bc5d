import { expect, test } from 'vitest'
import { NoAnswer } from '@/lib/client/fetch/api'
import type { OwnReturn } from '@/lib/client/queries/own-returns'
import type { LockedNumber } from '@/lib/domain/returns/marks'
import { readUntil } from '@/lib/domain/returns/read-until'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { recordOf } from '@/lib/domain/returns/testing/records'
import { newestHeld, shownReturns, waitingOf } from './shown-returns'

const SENDS_AT = '2026-11-24T10:00:08.000Z'
const asked: OwnReturn = {
  step: 'asked',
  requestId: 'q1',
  number: '+12145550101',
  account: { id: '100001', name: 'Front desk' },
  sendsAt: Date.parse(SENDS_AT),
  undoWanted: false,
}
const answered = (receiptId: string): OwnReturn => ({
  step: 'answered',
  requestId: null,
  receiptId,
  fresh: true,
})

function lock(changes: Partial<LockedNumber> = {}): LockedNumber {
  return { number: '+12145550101', receiptId: 'R-1', outcome: 'open', sendsAt: SENDS_AT, ...changes }
}

function shown(own: readonly OwnReturn[], records: readonly ReturnRecord[] = [], locked: readonly LockedNumber[] = []) {
  const waiting = waitingOf({ locked: [...locked] }, 0)
  const isSettled = (record: ReturnRecord) => record.outcome !== 'open' && readUntil(record) === 0
  return shownReturns({ waiting, own, records, isSettled, undoing: ['R-9'] })
}

test('a lock counts down by this computer’s clock, and can be undone as long as the server says until when', () => {
  const locked = [lock(), lock({ receiptId: 'R-2', sendsAt: null }), lock({ receiptId: 'R-3', outcome: 'unknown' })]
  expect(waitingOf({ locked }, 60_000)).toMatchObject([
    { id: 'R-1', sendsAt: Date.parse(SENDS_AT) - 60_000, canUndo: true },
    { id: 'R-2', sendsAt: null, canUndo: false },
  ])
})

test('before the app has answered a return is shown as held, and once its lock is there it is shown once', () => {
  expect(shown([asked])).toMatchObject([{ id: 'q1', receiptId: null, canUndo: true, undoing: false }])
  expect(shown([{ ...asked, undoWanted: true }])).toMatchObject([{ undoing: true }])
  expect(shown([asked], [], [lock()])).toMatchObject([{ id: 'R-1', receiptId: 'R-1' }])
  expect(shown([], [], [lock({ receiptId: 'R-9' })])).toMatchObject([{ undoing: true }])
})

test('Ctrl+Z undoes what was confirmed last here, also while its lock is known and the app has not answered', () => {
  const [first, second] = [lock(), lock({ receiptId: 'R-2', number: '+12145550102' })]
  const newest = (own: readonly OwnReturn[], locked: readonly LockedNumber[], undoing: string[] = []) =>
    newestHeld({ own, waiting: waitingOf({ locked: [...locked] }, 0), undoing })?.id
  expect(newest([asked], [])).toBe('q1')
  expect(newest([asked], [first])).toBe('q1')
  expect(newest([answered('R-1'), answered('R-2')], [first, second])).toBe('R-2')
  expect(newest([answered('R-1'), answered('R-2')], [first, second], ['R-2'])).toBe('R-1')
  // Already undone, or held by another person.
  expect(newest([{ ...asked, undoWanted: true }], [second])).toBeUndefined()
})

test('without a hold it is shown as under way and offers no undo', () => {
  expect(shown([{ ...asked, sendsAt: null }])).toMatchObject([{ kind: 'waiting', sendsAt: null, canUndo: false }])
})

test('an outcome that needs a person stays; returned, undone and marked ones do not', () => {
  const undone = { at: '', outcome: 'not_sent', how: 'undone', message: null, httpStatus: null } as const
  const records = [
    recordOf({ receiptId: 'R-1', outcome: 'refused', verified: false }),
    recordOf({ receiptId: 'R-2', outcome: 'returned' }),
    recordOf({ receiptId: 'R-3', outcome: 'not_sent', events: [{ ...undone, durationMs: null, gone: null }] }),
    recordOf({ receiptId: 'R-4', outcome: 'not_returned' }),
    recordOf({ receiptId: 'R-5', outcome: 'already_gone' }),
    recordOf({ receiptId: 'R-6', outcome: 'not_sent' }),
  ]
  const ids = shown(
    records.map(({ receiptId }) => answered(receiptId)),
    records,
  ).map(({ id, kind }) => [id, kind])
  expect(ids).toEqual([
    ['R-1', 'answered'],
    ['R-5', 'answered'],
    ['R-6', 'answered'],
  ])
})

test('while its account is read after Vida’s answer a return is still under way', () => {
  const record = recordOf({ receiptId: 'R-1', verified: null })
  expect(shown([answered('R-1')], [record])).toMatchObject([{ kind: 'waiting', canUndo: false }])
  expect(readUntil(recordOf({ verified: null, accountId: null }))).toBe(0)
  expect(readUntil(recordOf({ verified: true }))).toBe(0)
})

test('a new return of the number hides the outcome of the one before', () => {
  const record = recordOf({ receiptId: 'R-0', outcome: 'refused', verified: false })
  expect(shown([answered('R-0')], [record], [lock()])).toMatchObject([{ id: 'R-1', kind: 'waiting' }])
})

test('a confirmation that got no answer is not called unsent', () => {
  const failed = { ...asked, step: 'failed', error: new NoAnswer('x') } as const
  expect(shown([failed])).toMatchObject([{ kind: 'answered', result: { title: 'Outcome unknown' } }])
})
