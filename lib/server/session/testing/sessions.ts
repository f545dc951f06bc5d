import type { Session } from '@/lib/server/session/current'

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
