import { expect, test } from 'vitest'
import type { LockedNumber, RecordedRead } from './marks'
import { settledSince } from './settled-since'

const locked = (number: string, outcome: LockedNumber['outcome']) => ({
  number,
  receiptId: `R-${number}`,
  outcome,
  sendsAt: null,
})
const read = (number: string, change: Partial<RecordedRead> = {}): RecordedRead => ({
  ...{ receiptId: `R-${number}`, number, accountId: '1', outcome: 'returned', gone: true, at: '' },
  ...change,
})
const marks = (held: LockedNumber[], reads: RecordedRead[] = []) => ({
  ...{ locked: held, reads, refused: [], protections: null, readAt: '' },
})

test('what was unknown and is locked no more is settled, and counts as returned only if its account lacked it', () => {
  const before = marks([locked('+1', 'unknown'), locked('+2', 'unknown'), locked('+3', 'unknown')])
  const now = marks([], [read('+1'), read('+2', { outcome: 'not_returned', gone: false })])
  expect(settledSince(before, now)).toEqual([
    { number: '+1', receiptId: 'R-+1', returned: true },
    { number: '+2', receiptId: 'R-+2', returned: false },
    { number: '+3', receiptId: 'R-+3', returned: false },
  ])
})

test('what is still unknown, was only under way, or becomes unknown now is no news', () => {
  const before = marks([locked('+1', 'unknown'), locked('+2', 'open'), locked('+3', 'open')])
  expect(settledSince(before, marks([locked('+1', 'unknown'), locked('+3', 'unknown')], [read('+2')]))).toEqual([])
})
