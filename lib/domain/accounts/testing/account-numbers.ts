import type { Account, AccountNumbers, AssignedNumber } from '@/lib/domain/accounts/account'

export const held = (number: string): AssignedNumber => ({
  ...{ number, national: null, country: null, label: null, provider: null, sms: null },
})

export function makeAccount(id: string, changes: Partial<Account> = {}): Account {
  const account = { id, name: `Agent ${id}`, active: true, canceledAt: null, canceledReason: null }
  const organization = { organizationId: '8001', organizationName: 'Bluebird Bakery', organizationActive: true }
  return { ...account, ...organization, organizationCanceledAt: null, ...changes }
}

export function holding(id: string, ...numbers: string[]): AccountNumbers {
  return { account: makeAccount(id), numbers: numbers.map(held) }
}
