import { describe, expect, it } from 'vitest'
import { formatDay } from '@/lib/client/format/format'
import { churnWording } from './wording'

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
