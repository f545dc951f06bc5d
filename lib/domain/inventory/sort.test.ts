import { expect, test } from 'vitest'
import type { Account, AccountNumbers } from '@/lib/domain/accounts/account'
import { frontDesk, held } from '@/lib/domain/accounts/testing/account-numbers'
import { type Inventory, joinInventory } from './rows'
import { sortRows } from './sort'
import { EMPTY_STATE } from './state'

function holding(account: Partial<Account>, ...numbers: string[]): AccountNumbers {
  return { account: frontDesk(account), numbers: numbers.map((number) => held(number)) }
}

function inventory(...accounts: AccountNumbers[]): Inventory {
  return joinInventory({ readAt: '2026-11-24T00:00:00.000Z', accounts }, EMPTY_STATE)
}

test('numbers sort by digits, agents by name with numbers in them', () => {
  const all = inventory(
    holding({ id: '1', name: 'Agent 10' }, '+12', '+11'),
    holding({ id: '2', name: 'Agent 9' }, '+10'),
  )
  expect(sortRows(all, 'number', false).map((row) => row.number)).toEqual(['+10', '+11', '+12'])
  expect(sortRows(all, 'agent', false).map((row) => row.number)).toEqual(['+10', '+11', '+12'])
  expect(sortRows(all, 'agent', true).map((row) => row.number)).toEqual(['+12', '+11', '+10'])
})

test('countries sort by the names that are shown, and what has none comes last', () => {
  const { account, numbers } = holding({}, '+41443643000', '+12145550101', '+4930901820', '+12145550102')
  const countries = ['CH', null, 'DE', 'US']
  const all = { account, numbers: numbers.map((held, index) => ({ ...held, country: countries[index] ?? null })) }
  const names: Record<string, string> = { CH: 'Switzerland', DE: 'Germany', US: 'United States' }
  const sorted = sortRows(inventory(all), 'country', false, (code) => names[code] ?? code)
  expect(sorted.map(({ country }) => country)).toEqual(['DE', 'CH', 'US', null])
})

test('labels, providers and texts sort by what rows say, and what says nothing is last in either direction', () => {
  const { account, numbers } = holding({}, '+1001', '+1002', '+1003', '+1004')
  const say = [
    { label: 'Line 10', provider: 'twilio', sms: true },
    { label: 'Line 9', provider: null, sms: false },
    { label: null, provider: 'Bandwidth', sms: null },
    { label: 'line 9', provider: 'twilio', sms: true },
  ]
  const all = inventory({ account, numbers: numbers.map((held, index) => ({ ...held, ...say[index] })) })
  const sorted = (key: 'label' | 'provider' | 'texts', descending = false) =>
    sortRows(all, key, descending).map(({ number }) => number.at(-1))
  expect(sorted('label')).toEqual(['2', '4', '1', '3'])
  expect(sorted('label', true)).toEqual(['1', '4', '2', '3'])
  expect(sorted('provider')).toEqual(['3', '1', '4', '2'])
  expect(sorted('provider', true)).toEqual(['4', '1', '3', '2'])
  expect(sorted('texts')).toEqual(['2', '1', '4', '3'])
})
