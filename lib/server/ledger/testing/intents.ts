import type { Intent, Scope } from '@/lib/server/ledger/types'

export const SCOPE: Scope = { origin: 'https://api.vida.dev', ownerId: '9001' }

export function intentFor(number: string, changes: Partial<Intent> = {}): Intent {
  return {
    scope: SCOPE,
    identity: 'identity-1',
    by: { id: '9001', name: 'Bright Telecom', role: 'reseller' },
    number,
    accountId: '100001',
    accountName: 'Front desk',
    organizationId: '5001',
    organizationName: 'Ampère Dental',
    operator: null,
    reason: null,
    note: null,
    batchId: null,
    listedAt: null,
    sessionId: 'session-1',
    request: null,
    traceId: 'trace-1',
    holdMs: 0,
    instance: 'instance-1',
    leaseMs: 60_000,
    ...changes,
  }
}

export function numberAt(index: number): string {
  return `+1214555${String(index).padStart(4, '0')}`
}
