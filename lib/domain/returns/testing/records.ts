import type { AccountHolding } from '@/lib/domain/inventory/events'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import type { Session } from '@/lib/server/session/current'

/** A record with everything filled in; `changes` replaces what a test is about. */
export function recordOf(changes: Partial<ReturnRecord> = {}): ReturnRecord {
  return {
    receiptId: 'R-1JD3K8Q2M-7XK2P9QWE4RT',
    number: '+12145550101',
    national: '(214) 555-0101',
    accountId: '100001',
    accountName: 'Front desk',
    organizationId: '8001',
    organizationName: 'Alder Family Dentistry',
    outcome: 'returned',
    message: 'Success',
    note: null,
    requestedAt: '2026-11-24T10:00:00.000Z',
    settledAt: '2026-11-24T10:00:01.000Z',
    verified: true,
    verifiedAt: '2026-11-24T10:00:02.000Z',
    requestedBy: { id: '70001', name: 'Northwind Voice', role: 'reseller' },
    batchId: null,
    events: [],
    ...changes,
  }
}

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
export function holding(id: string, numbers: readonly string[]): AccountHolding {
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
