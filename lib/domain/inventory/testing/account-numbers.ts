import type { AccountHolding, AssignedNumber, Holder } from '@/lib/domain/inventory/events'

/** A number of which nothing else is known. */
export const held = (number: string): AssignedNumber => ({
  ...{ number, national: null, country: null, label: null, provider: null, sms: null },
})

/** An active agent account of Bluebird Bakery. */
export function holder(id: string, changes: Partial<Holder> = {}): Holder {
  const account = { id, name: `Agent ${id}`, active: true, canceledAt: null, canceledReason: null }
  const organization = { organizationId: '8001', organizationName: 'Bluebird Bakery', organizationActive: true }
  return { ...account, ...organization, organizationCanceledAt: null, ...changes }
}

export function holding(id: string, ...numbers: string[]): AccountHolding {
  return { account: holder(id), numbers: numbers.map(held) }
}
