import 'server-only'
import { randomUUID } from 'node:crypto'
import { database } from '@/lib/server/db/database'
import { createLedger } from '@/lib/server/ledger/ledger'
import type { Scope } from '@/lib/server/ledger/types'
import { describeNumber } from '@/lib/server/phone/e164'
import { shared } from '@/lib/server/process/shared'
import type { Session } from '@/lib/server/session/current'

/** This process, as its open intents name it. */
export const INSTANCE = shared('instance', () => randomUUID())

/** How long an open intent holds its number without being renewed, ms. */
export const LEASE_MS = 6_000

export async function ledger() {
  return createLedger(await database(), { describe: (number) => describeNumber(number).national })
}

/** Whose returns a session sees: those of its API origin and account id, whoever of their people made them. */
export function scopeOf({ origin, account }: Pick<Session, 'origin' | 'account'>): Scope {
  return { origin, ownerId: account.id }
}
