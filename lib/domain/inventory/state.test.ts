import { describe, expect, test } from 'vitest'
import type { AccountNumbers } from '@/lib/domain/accounts/account'
import { held, holding } from '@/lib/domain/accounts/testing/account-numbers'
import { done, numbers, problem, scan, shown } from '@/lib/domain/inventory/testing/events'
import type { RecordedRead } from '@/lib/domain/returns/marks'
import { compareInventories } from './changes'
import type { ProblemEvent } from './events'
import { joinInventory } from './rows'
import { begin, EMPTY_STATE, retryable, take, takePart, takeReads, takeReturn } from './state'

describe('a scan', () => {
  const first = scan(EMPTY_STATE, numbers('1', '+1', '+2'), numbers('2', '+3'), done(2, 2, 0))

  test('a complete one is the truth', () => {
    expect(shown(first)).toEqual(['+1', '+2', '+3'])
    expect(first).toMatchObject({ complete: true, accountsRead: 2, problems: [] })
  })

  test('the next one keeps what it has not read yet, and replaces account by account', () => {
    const second = scan(first, numbers('1', '+2'))
    expect(shown(second)).toEqual(['+2', '+3'])
    expect(second.complete).toBe(false)
    expect([...joinInventory(null, second).earlier]).toEqual(['2'])
  })

  test('only a complete one makes an account vanish', () => {
    expect(shown(scan(first, numbers('1', '+2'), problem('2'), done(2, 1, 1)))).toEqual(['+2', '+3'])
    expect(shown(scan(first, numbers('1', '+2'), done(1, 1, 0)))).toEqual(['+2'])
  })

  test('one that read nothing does not make what is shown look fresh', () => {
    const later = { ...done(0, 0, 0, false), readAt: '2026-11-24T11:00:00.000Z' }
    const failed = scan(first, { type: 'problem', code: 'read_unreachable', detail: '' }, later)
    expect(failed).toMatchObject({ ended: true, complete: false, readAt: first.readAt })
    expect(shown(failed)).toEqual(['+1', '+2', '+3'])
  })

  test('the kept inventory fills in until then', () => {
    const kept: { readAt: string; accounts: AccountNumbers[] } = {
      readAt: '',
      accounts: [holding('9', '+9')],
    }
    const running = scan(EMPTY_STATE, numbers('1', '+1'))
    expect(joinInventory(kept, running).total).toBe(2)
    const complete = take(running, [done(1, 1, 0)])
    expect(joinInventory(kept, complete).total).toBe(1)
    expect(joinInventory(kept, begin(complete)).total).toBe(1)
  })

  test('a number in two accounts is shown twice and flagged', () => {
    const both = joinInventory(null, scan(EMPTY_STATE, numbers('1', '+1'), numbers('2', '+1'), done(2, 2, 0)))
    expect(both.total).toBe(2)
    expect([...both.twice]).toEqual(['+1'])
  })
})

describe('a return', () => {
  const answer = { ...holding('1', '+2'), number: '+1', outcome: 'returned' as const }

  test('is not undone by older events of a scan still running', () => {
    const running = takeReturn(scan(EMPTY_STATE), answer)
    const later = take(running, [numbers('1', '+1', '+2'), done(1, 1, 0)])
    expect(shown(later)).toEqual(['+2'])
  })

  test('gives way to the next scan', () => {
    const answered = takeReturn(scan(EMPTY_STATE, numbers('1', '+1', '+2'), done(1, 1, 0)), answer)
    expect(shown(answered)).toEqual(['+2'])
    expect(shown(scan(answered, numbers('1', '+1', '+2'), done(1, 1, 0)))).toEqual(['+1', '+2'])
  })

  test('is remembered as ours only when the number is gone, and by this return', () => {
    expect([...takeReturn(EMPTY_STATE, answer).returned]).toEqual(['+1'])
    expect(takeReturn(EMPTY_STATE, { ...answer, numbers: [held('+1')] }).returned.size).toBe(0)
    expect(takeReturn(EMPTY_STATE, { ...answer, outcome: 'already_gone' }).returned.size).toBe(0)
  })
})

describe('account reads after returns that were made elsewhere', () => {
  const read = (number: string, changes: Partial<RecordedRead> = {}): RecordedRead => ({
    receiptId: `R-${number}`,
    number,
    accountId: '1',
    outcome: 'returned',
    gone: true,
    at: '2026-11-24T10:00:05.000Z',
    ...changes,
  })
  const two = scan(EMPTY_STATE, numbers('1', '+1', '+2'), numbers('2', '+1'), done(2, 2, 0))

  test('take what is proved gone out of that account, and tell nothing about others', () => {
    const after = takeReads(two, [read('+1'), read('+2', { gone: false })])
    expect(shown(after)).toEqual(['+1', '+2'])
    expect(after.holdings.get('1')?.numbers.map(({ number }) => number)).toEqual(['+2'])
    expect([...after.returned]).toEqual(['+1'])
  })

  test('call a number returned only if that is what became of it', () => {
    expect([...takeReads(two, [read('+1', { outcome: 'already_gone' })]).returned]).toEqual([])
  })

  test('change nothing when they are told again', () => {
    const after = takeReads(two, [read('+1')])
    expect(takeReads(after, [read('+1')])).toBe(after)
    const back = scan(after, { ...numbers('1', '+1'), readAt: '2026-11-24T10:00:30.000Z' }, numbers('2'), done(2, 2, 0))
    expect(shown(takeReads(back, [read('+1')]))).toEqual(['+1'])
  })

  test('are not undone by older events of a scan still running, which bring everything else', () => {
    const after = take(takeReads(begin(two), [read('+1')]), [numbers('1', '+1', '+2', '+9')])
    expect(after.holdings.get('1')?.numbers.map(({ number }) => number)).toEqual(['+2', '+9'])
    expect([...joinInventory(null, after).earlier]).toEqual(['2'])
  })

  test('make no change of the list: the number did not leave by itself', () => {
    const next = scan(takeReads(two, [read('+2')]), numbers('1', '+1'), numbers('2', '+1'), done(2, 2, 0))
    const before = { readAt: '2026-11-24T10:00:00.000Z', accounts: [...two.holdings.values()] }
    expect(compareInventories(before, next.holdings.values(), next.returned).left).toEqual([])
  })

  test('leave the kept list at once if they are newer than it', () => {
    const kept = (readAt: string) => ({
      readAt,
      accounts: [holding('1', '+1', '+2')],
    })
    const state = takeReads(begin({ ...EMPTY_STATE }), [read('+1')])
    const numbersOf = (readAt: string) =>
      joinInventory(kept(readAt), state).accounts.flatMap(({ rows }) => rows.map(({ number }) => number))
    expect(numbersOf('2026-11-24T10:00:00.000Z')).toEqual(['+2'])
    expect(numbersOf('2026-11-24T11:00:00.000Z')).toEqual(['+1', '+2'])
  })
})

describe('a retry', () => {
  const partial = scan(EMPTY_STATE, numbers('1', '+1'), problem('2'), problem('3'), done(3, 1, 2))

  test('reads the named parts alone', () => {
    expect(retryable(partial).map((part) => part.id)).toEqual(['2', '3'])
    expect(retryable(take(partial, [{ type: 'problem', code: 'scan_too_long', detail: '' }]))).toEqual([])
  })

  test('merges what it brings, and completes the whole with the last part', () => {
    const one = takePart(partial, { kind: 'account', id: '2', name: '' }, [numbers('2', '+2'), done(1, 1, 0)])
    expect(one).toMatchObject({ accountsFound: 3, accountsRead: 2, accountsFailed: 1, complete: false })
    const two = takePart(one, { kind: 'account', id: '3', name: '' }, [numbers('3'), done(1, 1, 0)])
    expect(two).toMatchObject({ accountsFound: 3, accountsRead: 3, accountsFailed: 0, complete: true, problems: [] })
    expect(shown(two)).toEqual(['+1', '+2'])
  })

  test('leaves the list as old as the scan, so that nothing read before it counts as newer', () => {
    const later = { ...done(1, 1, 0), readAt: '2026-11-24T12:00:00.000Z' }
    const one = takePart(partial, { kind: 'account', id: '2', name: '' }, [numbers('2', '+2'), later])
    const two = takePart(one, { kind: 'account', id: '3', name: '' }, [numbers('3'), later])
    expect(one).toMatchObject({ readAt: partial.readAt, lastCompleteAt: null })
    expect(two).toMatchObject({ readAt: partial.readAt, lastCompleteAt: partial.readAt })
    const none = scan(EMPTY_STATE, problem('2'), done(1, 0, 1))
    const first = takePart(none, { kind: 'account', id: '2', name: '' }, [numbers('2', '+2'), later])
    expect(first).toMatchObject({ readAt: later.readAt, lastCompleteAt: later.readAt })
  })

  test('that fails again stays a problem, once', () => {
    const again = takePart(partial, { kind: 'account', id: '2', name: '' }, [problem('2'), done(1, 0, 1)])
    expect(again.problems).toHaveLength(2)
    expect(again).toMatchObject({ accountsRead: 1, accountsFailed: 2, complete: false })
  })

  test('that completes the list shows that an account of an earlier scan is gone', () => {
    const first = scan(EMPTY_STATE, numbers('1', '+1'), numbers('9', '+9'), done(2, 2, 0))
    const second = scan(first, numbers('1', '+1'), problem('2'), done(2, 1, 1))
    expect(shown(second)).toEqual(['+1', '+9'])
    const third = takePart(second, { kind: 'account', id: '2', name: '' }, [numbers('2', '+2'), done(1, 1, 0)])
    expect(third.complete).toBe(true)
    expect(shown(third)).toEqual(['+1', '+2'])
  })

  test('during a scan changes the numbers alone, and the scan’s older events may not undo it', () => {
    const running = takePart(scan(EMPTY_STATE), { kind: 'account', id: '1', name: '' }, [
      numbers('1', '+2'),
      done(1, 1, 0),
    ])
    expect(running).toMatchObject({ complete: false, ended: false, accountsFound: 0 })
    expect(shown(take(running, [numbers('1', '+1', '+2'), done(1, 1, 0)]))).toEqual(['+2'])
  })

  test('a problem that is told again is not listed twice', () => {
    const broken: ProblemEvent = {
      type: 'problem',
      code: 'read_failed',
      detail: '',
      organization: { id: '8002', name: 'B' },
    }
    const state = scan(EMPTY_STATE, numbers('1', '+1'), problem('6'), broken, done(2, 1, 1, false))
    const after = takePart(state, { kind: 'organization', id: '8002', name: 'B' }, [problem('6'), done(1, 0, 1)])
    expect(after.problems).toEqual([problem('6')])
  })

  test('of an organization brings its accounts', () => {
    const broken: ProblemEvent = {
      type: 'problem',
      code: 'read_failed',
      detail: '',
      organization: { id: '8002', name: 'B' },
    }
    const state = scan(EMPTY_STATE, numbers('1', '+1'), broken, done(1, 1, 0, false))
    const after = takePart(state, { kind: 'organization', id: '8002', name: 'B' }, [
      numbers('5', '+5'),
      problem('6'),
      done(2, 1, 1),
    ])
    expect(after).toMatchObject({ accountsFound: 3, accountsRead: 2, accountsFailed: 1, complete: false })
    expect(after.problems).toEqual([problem('6')])
  })
})

test('a first scan begins with nothing, and changes nothing by beginning: what is drawn of a kept list stays', () => {
  expect(begin(EMPTY_STATE)).toBe(EMPTY_STATE)
})
