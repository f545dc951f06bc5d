import type { ReturnRecord } from '@/lib/domain/returns/record'

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
    reason: null,
    note: null,
    notes: [],
    requestedAt: '2026-11-24T10:00:00.000Z',
    sendsAt: null,
    settledAt: '2026-11-24T10:00:01.000Z',
    verified: true,
    verifiedAt: '2026-11-24T10:00:02.000Z',
    requestedBy: { id: '70001', name: 'Northwind Voice', role: 'reseller' },
    operator: null,
    batchId: null,
    listedAt: null,
    traceId: 'trace-1',
    contradiction: null,
    events: [],
    ...changes,
  }
}
