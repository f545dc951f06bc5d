import { expect, test } from 'vitest'
import type { NumberUse } from './use'
import { basisSentence, isInUse, justUsedWording, usageSentence, wasJustUsed } from './wording'

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR
const NOW = Date.parse('2026-11-28T12:00:00.000Z')
const ago = (ms: number) => new Date(NOW - ms).toISOString()
const age = (iso: string, now: number) => `${(now - Date.parse(iso)) / HOUR} hours ago`

const use = (change: Partial<NumberUse> = {}): NumberUse => ({
  ...{ number: '+12145551234', accountId: '100001', basis: 'number', readAt: ago(0), coveredSince: ago(200 * DAY) },
  ...{ lastUsedAt: ago(2 * HOUR), lastKind: 'call', calls30: 14, texts30: 3 },
  ...change,
})
const said = (change: Partial<NumberUse>) => usageSentence(use(change), NOW, age)

test('a use in the last 30 days is said with its age and its counts', () => {
  expect(said({})).toBe('Last call 2 hours ago · 14 calls and 3 texts in 30 days')
  expect(said({ lastKind: 'text', calls30: 0, texts30: 1 })).toBe('Last text 2 hours ago · 1 text in 30 days')
  expect(said({ lastKind: null, calls30: 1200, texts30: 0 })).toBe('Last used 2 hours ago · 1,200 calls in 30 days')
})

test('nothing is counted where entries do not reach back 30 days', () => {
  expect(said({ coveredSince: ago(3 * DAY), calls30: null, texts30: null })).toBe('Last call 2 hours ago')
})

test.each([
  { last: 100, covered: 200, says: 'No call or text in 100 days' },
  { last: null, covered: 90, says: 'No call or text in 90 days' },
  { last: null, covered: 1, says: 'No call or text in a day' },
  { last: 100, covered: 40, says: 'No call or text in 40 days' },
  { last: 100, covered: 12, says: 'Last call 2400 hours ago' },
  { last: 100, covered: null, says: 'Last call 2400 hours ago' },
  { last: null, covered: 0.5, says: 'Vida does not say' },
  { last: null, covered: null, says: 'Vida does not say' },
])('last used $last days ago and covered for $covered: “$says”', ({ last, covered, says }) => {
  const at = (days: number | null) => (days === null ? null : ago(days * DAY))
  expect(said({ lastUsedAt: at(last), coveredSince: at(covered), calls30: 0, texts30: 0 })).toBe(says)
})

test('the days without a use are counted up to the reading', () => {
  expect(said({ readAt: ago(10 * DAY), lastUsedAt: ago(100 * DAY) })).toBe('No call or text in 90 days')
})

test('it says of which it speaks', () => {
  expect(basisSentence(use())).toBe('Of this number.')
  expect(basisSentence(use({ basis: 'account' }))).toBe('Of the agent as a whole, not of this number alone.')
  expect(said({ basis: 'none' })).toBe('Vida does not say')
  expect(basisSentence(use({ basis: 'none' }))).toBe('It may be in use.')
  expect(basisSentence(use({ lastUsedAt: null, coveredSince: null }))).toBe('It may be in use.')
})

test('a use of the last 30 days is a use, and one of the number itself in the last 7 days asks for its digits', () => {
  const judged = (change: Partial<NumberUse>) => [isInUse(use(change), NOW), wasJustUsed(use(change), NOW)]
  expect(judged({})).toEqual([true, true])
  expect(judged({ basis: 'account' })).toEqual([true, false])
  expect(judged({ lastUsedAt: ago(8 * DAY) })).toEqual([true, false])
  expect(judged({ lastUsedAt: ago(31 * DAY) })).toEqual([false, false])
  expect(judged({ basis: 'none' })).toEqual([false, false])
})

test('a held return tells a use of the last 7 days', () => {
  expect(justUsedWording(use(), NOW, age)).toBe('Used 2 hours ago')
  expect(justUsedWording(use({ basis: 'account' }), NOW, age)).toBe('Agent used 2 hours ago')
  expect(justUsedWording(use({ lastUsedAt: ago(8 * DAY) }), NOW, age)).toBeNull()
  expect(justUsedWording(use({ basis: 'none' }), NOW, age)).toBeNull()
})
