import { describe, expect, test } from 'vitest'
import { customerPath } from '@/lib/domain/accounts/customer'
import { makeAccount } from '@/lib/domain/accounts/testing/account-numbers'
import { customerIn, problemsOf } from './customer'
import { joinInventory } from './rows'
import { EMPTY_STATE } from './state'
import { done, numbers, problem, scan } from './testing/events'

const NOW = Date.parse('2026-11-28T12:00:00.000Z')
const PAST = '2026-11-01T00:00:00.000Z'
const TO_COME = '2027-01-01T00:00:00.000Z'
const readAt = '2026-11-24T00:00:00.000Z'

function inventory(...accounts: Parameters<typeof makeAccount>[]) {
  return joinInventory(
    { readAt, accounts: accounts.map((account) => ({ account: makeAccount(...account), numbers: [] })) },
    EMPTY_STATE,
  )
}

describe('a customer', () => {
  test('is the accounts of one organization by name, and not those of one with the same name', () => {
    const all = inventory(
      ['2', { name: 'Orders' }],
      ['3', { name: 'Orders', organizationId: '8009' }],
      ['1', { name: 'Catering' }],
      ['4', { organizationId: null, organizationName: null }],
    )
    expect(customerIn(all, '8001', NOW)?.accounts.map(({ account }) => account.id)).toEqual(['1', '2'])
    expect(customerIn(all, '8009', NOW)?.accounts.map(({ account }) => account.id)).toEqual(['3'])
    expect(customerIn(all, '800', NOW)).toBeNull()
  })

  test.each([
    [{ organizationCanceledAt: PAST, organizationActive: false }, 'cancelled', PAST],
    [{ organizationCanceledAt: TO_COME }, 'active', TO_COME],
    [{ organizationActive: false }, 'inactive', null],
    [{ organizationActive: null }, 'unstated', null],
    // What an agent is says nothing of its customer.
    [{ canceledAt: PAST, active: false }, 'active', null],
  ] as const)('%j is %s', (changes, state, endsAt) => {
    expect(customerIn(inventory(['1', changes]), '8001', NOW)).toMatchObject({ state, endsAt })
  })

  test('is what the accounts read last say, and names those that were read earlier', () => {
    const stored = { readAt, accounts: [{ account: makeAccount('1', { organizationName: 'Before' }), numbers: [] }] }
    const state = scan(EMPTY_STATE, numbers('2', '+12145550102', '+12145550101'), problem('1'), done(2, 1, 1))
    const customer = customerIn(joinInventory(stored, state), '8001', NOW)
    expect(customer?.name).toBe('Bluebird Bakery')
    expect(customer?.accounts.map(({ account, earlier }) => [account.id, earlier])).toEqual([
      ['1', true],
      ['2', false],
    ])
    expect(customer?.rows.map(({ number }) => number)).toEqual(['+12145550101', '+12145550102'])
    expect(problemsOf(state.problems, '8001', customer)).toEqual([problem('1')])
  })

  test('has the problems of itself and of its accounts, not those of others', () => {
    const named = { id: '8001', name: 'Bluebird Bakery' }
    const own = { type: 'problem', code: 'read_failed', detail: 'Vida failed.', organization: named } as const
    const other = { ...own, organization: { ...named, id: '8009' } }
    expect(problemsOf([own, other, problem('7')], '8001', null)).toEqual([own])
  })

  test('has a page, and an account without an organization has none', () => {
    expect(customerPath('a|b')).toBe('/customers/a%7Cb')
    expect(customerPath('account 7')).toBeNull()
  })
})
