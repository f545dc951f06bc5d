import { describe, expect, it } from 'vitest'
import { formatDay } from '@/lib/client/format/format'
import type { Account } from '@/lib/domain/accounts/account'
import { frontDesk, held } from '@/lib/domain/accounts/testing/account-numbers'
import { joinInventory } from '@/lib/domain/inventory/rows'
import { sortRows } from '@/lib/domain/inventory/sort'
import { EMPTY_STATE } from '@/lib/domain/inventory/state'
import { groupRows } from '@/lib/domain/inventory/view'
import { churnWording, groupWording } from './wording'

const NOW = Date.parse('2026-11-26T12:00:00.000Z')
const PAST = '2025-11-20T00:00:00.000Z'
const TO_COME = '2027-01-15T00:00:00.000Z'

describe('what a customer’s line says of its leaving', () => {
  it.each([
    ['cancelled', PAST, `Customer cancelled ${formatDay(PAST)}, 12 months ago`],
    ['cancelled', null, 'Customer cancelled'],
    ['inactive', PAST, `Customer inactive; agents cancelled since ${formatDay(PAST)}, 12 months ago`],
    ['inactive', TO_COME, `Customer inactive, cancelled from ${formatDay(TO_COME)}`],
    ['inactive', null, 'Customer inactive, no date given'],
    ['active', PAST, `Customer active; agents cancelled since ${formatDay(PAST)}, 12 months ago`],
    ['active', TO_COME, `Customer active; agents inactive, cancelled from ${formatDay(TO_COME)}`],
    ['active', null, 'Customer active; agents inactive, no date given'],
  ] as const)('%s, %s: %s', (customer, endsAt, words) => {
    expect(churnWording({ customer, endsAt }, NOW)).toBe(words)
  })
})

describe('what a folded customer’s line says of its agents', () => {
  it.each([
    ['all are active', [{}, {}], 'Active'],
    ['none is stated', [{ active: null }], 'Not stated'],
    [
      'one is to be cancelled',
      [{ canceledAt: '2999-01-15T00:00:00.000Z' }, {}],
      `Active, cancelled from ${formatDay('2999-01-15T00:00:00.000Z')}`,
    ],
    [
      'one is cancelled',
      [{ canceledAt: PAST }, {}],
      `Customer active; 1 number of cancelled or inactive agents since ${formatDay(PAST)}`,
    ],
    [
      'the customer is cancelled',
      [{ organizationCanceledAt: PAST }],
      `Customer cancelled ${formatDay(PAST)}, 12 months ago`,
    ],
  ] satisfies [string, Partial<Account>[], string][])('%s', (_what, agents, words) => {
    const accounts = agents.map((agent, index) => ({
      account: frontDesk({ id: String(index), ...agent }),
      numbers: [held(`+1214555010${index}`)],
    }))
    const all = joinInventory({ readAt: PAST, accounts }, EMPTY_STATE)
    const [group] = groupRows(sortRows(all, 'organization', false))
    expect(group && groupWording(group, NOW)).toBe(words)
  })
})
