import type { Account, AccountNumbers, AssignedNumber } from '@/lib/domain/accounts/account'

export const held = (number: string): AssignedNumber => ({
  ...{ number, national: null, country: null, label: null, provider: null, sms: null },
})

export function makeAccount(id: string, changes: Partial<Account> = {}): Account {
  const account = { id, name: `Agent ${id}`, active: true, canceledAt: null, canceledReason: null }
  const organization = { organizationId: '8001', organizationName: 'Bluebird Bakery', organizationActive: true }
  return { ...account, ...organization, organizationCanceledAt: null, ...changes }
}

export function frontDesk(changes: Partial<Account> = {}): Account {
  return makeAccount('100001', { name: 'Front desk', organizationName: 'Alder Family Dentistry', ...changes })
}

export function holding(id: string, ...numbers: string[]): AccountNumbers {
  return { account: makeAccount(id), numbers: numbers.map(held) }
}
