import type { AccountNumbers } from '@/lib/domain/accounts/account'
import type { Session } from '@/lib/server/session/current'

/** A signed-in reseller of the sandbox at `origin`. */
export function sessionAt(origin: string): Session {
  return {
    id: 'session-1',
    identity: 'identity-1',
    account: { id: '70001', name: 'Northwind Voice', role: 'reseller', canReturn: true },
    root: { kind: 'reseller', id: '70001', name: 'Northwind Voice' },
    token: 'not used',
    origin,
    endsAt: Number.POSITIVE_INFINITY,
  }
}

/** What a reading of one account brought. */
export function holding(id: string, numbers: readonly string[]): AccountNumbers {
  const organization = { organizationId: '8001', organizationName: 'Alder Family Dentistry', organizationActive: true }
  const ends = { canceledAt: null, canceledReason: null, organizationCanceledAt: null }
  const described = numbers.map((number) => ({
    number,
    national: null,
    country: 'US',
    label: null,
    provider: null,
    sms: null,
  }))
  return { account: { id, name: `Agent ${id}`, active: true, ...organization, ...ends }, numbers: described }
}
