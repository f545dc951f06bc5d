import { expect, test } from 'vitest'
import type { Account, AccountNumbers } from '@/lib/domain/accounts/account'
import { held, holding, makeAccount } from '@/lib/domain/accounts/testing/account-numbers'
import { changeCount, changeCounts, compareInventories, inventoryBefore } from './changes'

const THEN = '2026-11-20T10:00:00.000Z'
const NOW = Date.parse('2026-11-24T10:00:00.000Z')
const NONE_RETURNED: ReadonlySet<string> = new Set()

const compare = (before: AccountNumbers[], after: AccountNumbers[], returned = NONE_RETURNED) =>
  compareInventories({ readAt: THEN, accounts: before }, after, returned, NOW)

test('changes tell what appeared, moved and left, but not what was returned from here', () => {
  const before = [holding('1', '+1', '+2', '+3'), holding('2', '+4')]
  const after = [holding('1', '+1'), holding('2', '+2', '+5', '+4')]
  const { appeared, moved, left } = compare(before, after, new Set(['+3']))
  expect([...appeared]).toEqual(['+5'])
  expect([...moved].map(([number, from]) => [number, from.id])).toEqual([['+2', '1']])
  expect(left).toEqual([])
  expect(compare(before, after).left.map(({ held: { number } }) => number)).toEqual(['+3'])
})

test('changes are told against the kept inventory unless one stands aside, which is told by what differs', () => {
  const kept = { readAt: 'now', accounts: [holding('1', '+1'), holding('2', '+2', '+3'), holding('4', '+4')] }
  expect(inventoryBefore(kept)).toEqual(kept)
  const before = { readAt: 'then', accounts: [holding('2', '+2'), holding('3', '+3')], added: ['4'] }
  const renamed = makeAccount('1', { name: 'Reception' })
  expect(inventoryBefore({ ...kept, before: { ...before, restated: [renamed] } })).toEqual({
    readAt: 'then',
    accounts: [{ ...holding('1', '+1'), account: renamed }, holding('2', '+2'), holding('3', '+3')],
  })
})

/** How many numbers of one account are newly cancelled when it reads like this before and after. */
function cancelled(before: Partial<Account>, after: Partial<Account>): number {
  const read = (changes: Partial<Account>) => ({ account: makeAccount('1', changes), numbers: ['+1', '+2'].map(held) })
  return changeCounts(compare([read(before)], [read(after)])).cancelled
}
const PAST = '2026-11-22T00:00:00.000Z'

test.each<[string, Partial<Account>, Partial<Account>]>([
  ['is inactive', {}, { active: false }],
  ['is cancelled', {}, { canceledAt: PAST }],
  ['has an inactive organization', {}, { organizationActive: false }],
  ['has a cancelled organization', {}, { organizationCanceledAt: PAST }],
  ['reads the same, and its day has come since', { canceledAt: PAST }, { canceledAt: PAST }],
  ['is inactive itself, whatever its organization was', { organizationActive: null }, { active: false }],
])('numbers of an account that was active are newly cancelled when it %s', (_, before, after) => {
  expect(cancelled(before, after)).toBe(2)
})

test.each<[string, Partial<Account>, Partial<Account>]>([
  ['it still is active', {}, { name: 'Reception' }],
  ['it will be cancelled on a day to come', {}, { canceledAt: '2026-12-31T00:00:00.000Z' }],
  ['it was inactive before', { active: false }, { active: false, canceledAt: PAST }],
  ['it is active again', { active: false }, {}],
  ['its state was not stated before', { active: null }, { active: false }],
  ['its state is not stated now', {}, { active: null }],
  ['its organization was not stated before', { organizationActive: null }, { organizationActive: false }],
  [
    'its organization was not stated before, nor its day',
    { organizationActive: null },
    { organizationActive: true, organizationCanceledAt: PAST },
  ],
])('numbers of an account are not newly cancelled when %s', (_, before, after) => {
  expect(cancelled(before, after)).toBe(0)
})

test('a number counts as one change: as new or moved, else as newly cancelled, and not once it was returned', () => {
  const before = [holding('1', '+1', '+2'), holding('2', '+4'), holding('3', '+5')]
  const inactive = (id: string, ...numbers: string[]) => {
    const { account, numbers: list } = holding(id, ...numbers)
    return { account: { ...account, active: false }, numbers: list }
  }
  const after = [inactive('1', '+1', '+2', '+3', '+4'), inactive('3', '+5'), inactive('4', '+6')]
  const changes = compare(before, after)
  expect(changeCounts(changes)).toEqual({ appeared: 2, moved: 1, left: 0, cancelled: 3, customers: 1 })
  expect(changeCount(changes)).toBe(6)
  expect(changeCounts(compare(before, after, new Set(['+2', '+5'])))).toMatchObject({ cancelled: 1, customers: 1 })
})
