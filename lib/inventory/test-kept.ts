import type { Database } from '@/lib/db/database'
import type { AccountHolding, AssignedNumber } from './events'
import { createKeptRoom } from './kept-room'
import type { PartReading } from './kept-write'

/** A time on one morning, ISO 8601. */
export const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 10, minute)).toISOString()
export const held = (number: string): AssignedNumber => ({
  ...{ number, national: null, country: 'US', label: null, provider: null, sms: null },
})

export function holding(id: string, ...numbers: string[]): AccountHolding {
  const organization = { organizationId: '8001', organizationName: 'A', organizationActive: true }
  const account = { id, name: id, active: true, canceledAt: null, canceledReason: null, organizationCanceledAt: null }
  return { account: { ...account, ...organization }, numbers: numbers.map(held) }
}

export function part(name: string, startedAt: string, holdings: AccountHolding[], missing: string[] = []): PartReading {
  const ids = holdings.map(({ account }) => account.id)
  return { part: name, startedAt, holdings: { all: () => holdings, ids: () => ids }, missing }
}

export const WHOLE = { complete: true, missing: [] }
export const lacking = (...missing: string[]) => ({ complete: false, missing })

/** What is kept: its time, and the numbers by account. */
export async function kept(db: Database): Promise<[string, Record<string, string[]>] | null> {
  const text = await createKeptRoom(db).loadText('me')
  if (!text) return null
  const { readAt, accounts }: { readAt: string; accounts: AccountHolding[] } = JSON.parse(text)
  return [
    readAt,
    Object.fromEntries(accounts.map(({ account, numbers }) => [account.id, numbers.map((n) => n.number)])),
  ]
}

/** The accounts that are seen with a number, and since when. */
export async function seen(db: Database, number: string) {
  const found = await createKeptRoom(db).seenSince('me', number)
  return found.map(({ accountId, since, atLeast }) => `${accountId} since ${atLeast ? 'at least ' : ''}${since}`)
}
