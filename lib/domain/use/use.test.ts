import { expect, test } from 'vitest'
import { type AccountUse, accountUseSchema, type Usage, useOf, useWithin } from './use'

const DAY = 24 * 60 * 60 * 1000
const NOW = Date.parse('2026-11-28T12:00:00.000Z')
const ago = (days: number) => new Date(NOW - days * DAY).toISOString()

const usage = (days: number): Usage => ({ lastUsedAt: ago(days), lastKind: 'call', calls30: 1, texts30: 0 })
const reading = (change: Partial<AccountUse> = {}): AccountUse => ({
  ...{ accountId: '100001', readAt: ago(0), coveredSince: ago(200), account: usage(2) },
  numbers: { '+12145551234': usage(100) },
  ...change,
})

test('a number that entries name has its own use, another one that of its agent', () => {
  expect(useOf(reading(), '+12145551234')).toEqual({
    ...{ number: '+12145551234', accountId: '100001', basis: 'number', ...usage(100) },
    ...{ coveredSince: ago(200), readAt: ago(0) },
  })
  expect(useOf(reading(), '+12145550000')).toMatchObject({ basis: 'account', lastUsedAt: ago(2) })
})

test('nothing is said of a number where neither itself nor its agent is known, not even how far entries reach', () => {
  expect(useOf(reading({ account: null }), '+12145550000')).toMatchObject({
    ...{ basis: 'none', lastUsedAt: null, lastKind: null, calls30: null, texts30: null, coveredSince: null },
  })
  expect(useOf(reading({ account: null }), 'constructor').basis).toBe('none')
})

test('a use within the days is a use, whatever is covered', () => {
  const use = { basis: 'number', lastUsedAt: ago(6), coveredSince: null, readAt: ago(0) } as const
  expect(useWithin(use, 7, NOW)).toBe('used')
  expect(useWithin(use, 5, NOW)).toBe('unsaid')
})

test.each([
  { last: 100, covered: 100, days: 90, says: 'unused' },
  { last: 100, covered: 100, days: 100, says: 'used' },
  { last: 150, covered: 150, days: 151, says: 'used' },
  { last: 95, covered: 80, days: 90, says: 'unsaid' },
  { last: null, covered: 40, days: 30, says: 'unused' },
  { last: null, covered: 40, days: 90, says: 'unsaid' },
  { last: null, covered: null, days: 30, says: 'unsaid' },
])('last used $last days ago and covered for $covered: of $days days it is $says', ({ last, covered, days, says }) => {
  const at = (value: number | null) => (value === null ? null : ago(value))
  const use = { lastUsedAt: at(last), coveredSince: at(covered), readAt: ago(0) }
  expect(useWithin({ basis: 'account', ...use }, days, NOW)).toBe(says)
  expect(useWithin({ basis: 'none', ...use }, days, NOW)).toBe('unsaid')
})

test('the days without a use end with the reading: what only time made old is not unused', () => {
  const read = { basis: 'number', coveredSince: ago(300), readAt: ago(10) } as const
  expect(useWithin({ ...read, lastUsedAt: ago(95) }, 90, NOW)).toBe('unsaid')
  expect(useWithin({ ...read, lastUsedAt: ago(101) }, 90, NOW)).toBe('unused')
})

test('the schema takes what it describes', () => {
  expect(accountUseSchema.parse(reading())).toEqual(reading())
})
