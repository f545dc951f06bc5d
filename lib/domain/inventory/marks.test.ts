import { expect, test } from 'vitest'
import { holding, makeAccount } from '@/lib/domain/accounts/testing/account-numbers'
import { NO_CHANGES } from './changes'
import type { ProblemEvent } from './events'
import { marksOf, UNMARKED } from './marks'
import { NONE_PROTECTED } from './protected'
import { joinInventory } from './rows'
import { EMPTY_STATE } from './state'

const inventory = joinInventory(
  {
    readAt: '2026-11-24T10:00:00.000Z',
    accounts: [holding('1', '+1001', '+1002'), holding('2', '+1003', '+1009'), holding('3', '+1004', '+1009')],
  },
  { ...EMPTY_STATE, complete: true, read: new Set(['1', '2', '3']) },
)
const NOTHING = {
  inventory,
  problems: [],
  accountsRead: 3,
  reading: false,
  changes: NO_CHANGES,
  locked: new Map(),
  reads: [],
  refused: [],
  inBatch: new Map(),
  protectedBy: NONE_PROTECTED,
}
const read = {
  receiptId: 'R-1',
  number: '+1003',
  accountId: '2',
  outcome: 'returned',
  at: '2026-11-24T10:01:00Z',
} as const

test('only rows that have something to say are marked', () => {
  expect([...marksOf(NOTHING)]).toEqual([
    ['2 +1009', { ...UNMARKED, obstacle: 'in_two_accounts', hasProblem: true }],
    ['3 +1009', { ...UNMARKED, obstacle: 'in_two_accounts', hasProblem: true }],
  ])
})

test('a return under way is said in place of the batch in which the number waits, and waiting is no problem', () => {
  const inBatch = new Map([
    ['+1001', 12],
    ['+1002', 12],
  ])
  const marks = marksOf({ ...NOTHING, inBatch, locked: new Map([['+1001', 'open']]) })
  expect(marks.get('1 +1001')).toEqual({
    ...UNMARKED,
    obstacle: 'not_settled',
    earlierReturn: 'under_way',
    hasProblem: true,
  })
  expect(marks.get('1 +1002')).toEqual({ ...UNMARKED, obstacle: 'in_batch', batchSize: 12 })
})

test('a number that was returned and is listed all the same is marked until a later read lacks it', () => {
  const listed = { ...read, gone: false }
  expect(marksOf({ ...NOTHING, reads: [listed] }).get('2 +1003')).toEqual({
    ...UNMARKED,
    earlierReturn: 'still_listed',
    hasProblem: true,
  })
  expect(marksOf({ ...NOTHING, reads: [listed, { ...read, gone: true }] }).get('2 +1003')).toEqual(UNMARKED)
})

test('what could not be read is a problem, and is called not read again once the scan is over', () => {
  const problem: ProblemEvent = {
    type: 'problem',
    code: 'account_unreadable',
    detail: '',
    account: { id: '1', name: 'One' },
  }
  const earlier = { ...inventory, earlier: new Set(['1']) }
  const marks = (reading: boolean) => marksOf({ ...NOTHING, inventory: earlier, problems: [problem], reading })
  expect(marks(true).get('1 +1001')).toEqual({ ...UNMARKED, hasProblem: true })
  expect(marks(false).get('1 +1001')).toEqual({ ...UNMARKED, hasProblem: true, notReadAgain: true })
})

test('a change says where a number came from', () => {
  const moved = new Map([['+1004', makeAccount('9', { name: 'Front desk' })]])
  const marks = marksOf({ ...NOTHING, changes: { ...NO_CHANGES, appeared: new Set(['+1001']), moved } })
  expect([marks.get('1 +1001')?.change, marks.get('3 +1004')?.change]).toEqual(['New', 'Moved from Front desk'])
})

test('a number whose account was active before says what the account is now, unless it says so no more', () => {
  const accounts = [
    { ...holding('1', '+1001'), account: makeAccount('1', { canceledAt: '2026-11-01T00:00:00.000Z' }) },
    { ...holding('2', '+1002'), account: makeAccount('2', { active: false }) },
    holding('3', '+1003'),
  ]
  const known = joinInventory({ readAt: '2026-11-24T10:00:00.000Z', accounts }, { ...EMPTY_STATE, complete: true })
  const cancelled = new Map(accounts.map(({ account }) => [account.id, { account, count: 1 }]))
  const marks = marksOf({ ...NOTHING, inventory: known, changes: { ...NO_CHANGES, cancelled } })
  expect([...marks.values()].map(({ change }) => change)).toEqual(['Newly cancelled', 'Newly inactive', null])
})

test('a refused number is marked in the account that it was refused in, unless it is under way again', () => {
  const refused = (number: string, accountId: string | null) => ({
    ...{
      receiptId: `R-${number}`,
      number,
      accountId,
      message: 'Port pending',
      requestedAt: '2026-11-24T10:00:00.000Z',
    },
  })
  const list = [refused('+1001', '1'), refused('+1002', null), refused('+1003', '9'), refused('+1004', '3')]
  const marks = marksOf({ ...NOTHING, refused: list, locked: new Map([['+1004', 'open']]) })
  expect(marks.get('1 +1001')).toEqual({ ...UNMARKED, refused: list[0], hasProblem: true })
  expect(marks.get('1 +1002')).toEqual({ ...UNMARKED, refused: list[1], hasProblem: true })
  expect([marks.get('2 +1003')?.refused, marks.get('3 +1004')?.refused]).toEqual([null, null])
})
