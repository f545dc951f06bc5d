import { expect, test } from 'vitest'
import type { AccountLook, LockedNumber } from './marks'
import { settledSince } from './settled-since'

const locked = (number: string, outcome: LockedNumber['outcome']) => ({ number, receiptId: `R-${number}`, outcome })
const look = (number: string, change: Partial<AccountLook> = {}): AccountLook => ({
  ...{ receiptId: `R-${number}`, number, accountId: '1', outcome: 'returned', gone: true, at: '' },
  ...change,
})
const marks = (held: LockedNumber[], looks: AccountLook[] = []) => ({ locked: held, looks, readAt: '' })

test('what was unknown and is locked no more is settled, and counts as returned only if its account lacked it', () => {
  const before = marks([locked('+1', 'unknown'), locked('+2', 'unknown'), locked('+3', 'unknown')])
  const now = marks([], [look('+1'), look('+2', { outcome: 'not_returned', gone: false })])
  expect(settledSince(before, now)).toEqual([
    { number: '+1', receiptId: 'R-+1', returned: true },
    { number: '+2', receiptId: 'R-+2', returned: false },
    { number: '+3', receiptId: 'R-+3', returned: false },
  ])
})

test('what is still unknown, was only under way, or becomes unknown now is no news', () => {
  const before = marks([locked('+1', 'unknown'), locked('+2', 'open'), locked('+3', 'open')])
  expect(settledSince(before, marks([locked('+1', 'unknown'), locked('+3', 'unknown')], [look('+2')]))).toEqual([])
})
