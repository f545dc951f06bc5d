import { expect, test } from 'vitest'
import { holding } from '@/lib/domain/accounts/testing/account-numbers'
import { done, numbers, problem, scan, shown } from '@/lib/domain/inventory/testing/events'
import type { RecordedRead } from '@/lib/domain/returns/marks'
import type { InventoryEvent, NumbersEvent } from './events'
import { joinInventory } from './rows'
import { begin, EMPTY_STATE, take, takePart, takeReads, takeReturn } from './state'

const readAt = (time: string, event: NumbersEvent): NumbersEvent => ({ ...event, readAt: `2026-11-24T${time}.000Z` })
const read = (number: string, changes: Partial<RecordedRead> = {}): RecordedRead => ({
  receiptId: `R-${number}`,
  number,
  accountId: '1',
  outcome: 'returned',
  gone: true,
  at: '2026-11-24T10:00:05.000Z',
  ...changes,
})
const answer = { ...holding('1', '+2'), number: '+1', outcome: 'returned' as const }
const first = scan(EMPTY_STATE, numbers('1', '+1', '+2'), numbers('2', '+3'), done(2, 2, 0))

test('an account that was read in part is neither complete nor of an earlier scan', () => {
  const part: InventoryEvent = { type: 'numbers', ...holding('1', '+1'), partial: true }
  const second = scan(first, part, problem('1', 'entry_unreadable'), numbers('2', '+3'), done(2, 1, 1))
  expect(shown(second)).toEqual(['+1', '+3'])
  const { earlier, totalRead } = joinInventory(null, second)
  expect([[...earlier], totalRead, [...second.read]]).toEqual([[], 2, ['2']])
  const again = takePart(second, { kind: 'account', id: '1', name: '' }, [
    part,
    problem('1', 'entry_unreadable'),
    done(1, 0, 1),
  ])
  expect(again).toMatchObject({ accountsRead: 1, accountsFailed: 1, complete: false })
  const mended = takePart(again, { kind: 'account', id: '1', name: '' }, [numbers('1', '+1', '+2'), done(1, 1, 0)])
  expect(mended).toMatchObject({ accountsRead: 2, accountsFailed: 0, complete: true })
})

test('a return gives way to a later reading of the running scan, once the time of its account read is known', () => {
  const accountRead = { receiptId: 'R-1', accountId: '1', outcome: 'returned', gone: true } as const
  const running = takeReads(takeReturn(scan(EMPTY_STATE), answer), [
    { ...accountRead, number: '+1', at: '2026-11-24T10:00:05.000Z' },
  ])
  expect(shown(take(running, [readAt('10:00:04', numbers('1', '+1', '+2'))]))).toEqual(['+2'])
  expect(shown(take(running, [readAt('10:00:06', numbers('1', '+1', '+2'))]))).toEqual(['+1', '+2'])
  const other = takeReads(takeReturn(scan(EMPTY_STATE), answer), [
    { ...accountRead, number: '+9', at: '2026-11-24T10:00:01.000Z' },
  ])
  expect(shown(take(other, [readAt('10:00:04', numbers('1', '+1', '+2'))]))).toEqual(['+2'])
})

test('account reads lose against a later reading of the account, also one that they reach afterwards', () => {
  const released = takeReads(begin(first), [read('+1')])
  const later = readAt('10:00:06', numbers('1', '+1', '+2'))
  expect(
    take(released, [later])
      .holdings.get('1')
      ?.numbers.map(({ number }) => number),
  ).toEqual(['+1', '+2'])
  const scanned = takeReads(take(begin(first), [later]), [read('+1'), read('+2', { at: '2026-11-24T10:00:07.000Z' })])
  expect(scanned.holdings.get('1')?.numbers.map(({ number }) => number)).toEqual(['+1'])
  const earlier = readAt('10:00:04', numbers('1', '+1', '+2'))
  expect(
    take(released, [earlier])
      .holdings.get('1')
      ?.numbers.map(({ number }) => number),
  ).toEqual(['+2'])
})

test('account reads lose against a later one that found the number there again', () => {
  const stored = { readAt: '2026-11-24T10:00:00.000Z', accounts: [holding('1', '+1')] }
  const there = { receiptId: 'R-2', gone: false, outcome: 'refused', at: '2026-11-24T10:00:20.000Z' } as const
  for (const reads of [
    [read('+1'), read('+1', there)],
    [read('+1', there), read('+1')],
  ])
    expect(joinInventory(stored, takeReads(EMPTY_STATE, reads)).total).toBe(1)
})
