import type { Database } from '@/lib/server/db/database'
import type { Session } from '@/lib/server/session/current'
import { createSessionStore } from '@/lib/server/session-store/session-store'

export function sessionAt(origin: string): Session {
  return {
    id: 'session-1',
    identity: 'identity-1',
    account: { id: '70001', name: 'Northwind Voice', role: 'reseller', canReturn: true, foundByAsking: false },
    root: { kind: 'reseller', id: '70001', name: 'Northwind Voice' },
    operator: null,
    token: 'not used',
    origin,
    endsAt: Number.POSITIVE_INFINITY,
  }
}

/** Writes the session's row, without which nothing is sent. */
export function signIn(db: Database, session: Session): Promise<void> {
  return createSessionStore(db).open({ ...session, expiresAt: Date.now() + 10 * 365 * 86_400_000 })
}
