import { expect, it } from 'vitest'
import type { UseEntries, UseEntry } from '@/lib/server/vida/use'
import { judgeUse } from './judge'

const NOW = Date.UTC(2026, 10, 28, 12)
const ago = (days: number) => new Date(NOW - days * 86_400_000).toISOString()

const entry = (days: number, change: Partial<UseEntry> = {}): UseEntry => ({
  ...{ at: NOW - days * 86_400_000, kind: 'call', number: '+12145551234' },
  ...change,
})

const judged = (entries: UseEntry[], change: Partial<UseEntries> = {}, isCounted = true) =>
  judgeUse({
    ...{ accountId: '7', readAt: ago(0), isCounted },
    found: { entries, isOfAccount: true, isWithoutGap: true, foreign: 0, ...change },
  })

it('says when a number and its agent were last used, how, and how often in 30 days', () => {
  const other = { number: '+12145550000' }
  expect(judged([entry(40), entry(2), entry(1, { kind: 'text', ...other }), entry(29), entry(3, other)])).toEqual({
    ...{ accountId: '7', readAt: ago(0), coveredSince: ago(40) },
    account: { lastUsedAt: ago(1), lastKind: 'text', calls30: 3, texts30: 1 },
    numbers: {
      '+12145551234': { lastUsedAt: ago(2), lastKind: 'call', calls30: 2, texts30: 0 },
      '+12145550000': { lastUsedAt: ago(1), lastKind: 'text', calls30: 1, texts30: 1 },
    },
  })
})

it('counts nothing where entries reach back less than 30 days, have a gap, or are several for one call', () => {
  const uncounted = { lastUsedAt: ago(2), calls30: null, texts30: null }
  expect(judged([entry(2), entry(29)])).toMatchObject({ coveredSince: ago(29), account: uncounted })
  expect(judged([entry(2), entry(40)], { isWithoutGap: false })).toMatchObject({
    coveredSince: null,
    account: uncounted,
  })
  expect(judged([entry(2), entry(40)], {}, false)).toMatchObject({ coveredSince: ago(40), account: uncounted })
})

it('says nothing without an entry of this agent', () => {
  const none = { accountId: '7', readAt: ago(0), coveredSince: null, account: null, numbers: {} }
  expect(judged([])).toEqual(none)
  expect(judged([], { foreign: 9 })).toEqual(none)
})

it('says nothing of the agent where entries speak for their numbers alone', () => {
  const said = judged([entry(2)], { isOfAccount: false, isWithoutGap: false })
  expect(said).toMatchObject({ coveredSince: null, account: null, numbers: { '+12145551234': { lastUsedAt: ago(2) } } })
})

it('tells numbers apart only where each entry names its number', () => {
  expect(judged([entry(50), entry(2, { number: null, kind: null })])).toMatchObject({
    account: { lastUsedAt: ago(2), lastKind: null },
    numbers: {},
  })
})

it('dates nothing later than the reading', () => {
  expect(judged([entry(-1)])).toMatchObject({ coveredSince: ago(0), account: { lastUsedAt: ago(0) } })
})
