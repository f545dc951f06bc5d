import 'server-only'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { LockedNumber, RecordedRead, ReturnMarks } from '@/lib/domain/returns/marks'
import { clock, type LedgerContext } from './context'
import { newestChange } from './protections'
import { intentsOf, locksOf } from './read'
import { refusedOf } from './refused'
import type { Scope } from './types'

/** How many of a scope's newest returns are searched for account reads: four batches of the usual limit. */
const NEWEST = 2_000

async function lockedOf({ db }: LedgerContext, scope: Scope): Promise<LockedNumber[]> {
  const rows = await locksOf(db.queries, scope)
    .innerJoin('return_intents', 'return_intents.receipt_id', 'return_locks.receipt_id')
    .leftJoin('return_events', (join) =>
      join.onRef('return_events.receipt_id', '=', 'return_intents.receipt_id').on('seq', '=', 1),
    )
    .select(['return_intents.number', 'return_intents.receipt_id', 'sends_at', 'state', 'seq'])
    .orderBy('return_intents.receipt_id')
    .execute()
  return rows.map(({ number, receipt_id, state, sends_at, seq }) => ({
    number,
    receiptId: receipt_id,
    outcome: state === 'open' ? 'open' : 'unknown',
    sendsAt: seq === null ? sends_at : null,
  }))
}

async function readsOf({ db }: LedgerContext, scope: Scope, since: string): Promise<RecordedRead[]> {
  const newest = intentsOf(db.queries, scope)
    .select(['receipt_id', 'number', 'account_id'])
    .orderBy('receipt_id', 'desc')
    .limit(NEWEST)
  const rows = await db.queries
    .selectFrom(newest.as('newest'))
    .innerJoin('return_events', 'return_events.receipt_id', 'newest.receipt_id')
    .select(['newest.receipt_id', 'number', 'account_id', 'outcome', 'gone', 'at'])
    .where('gone', 'is not', null)
    .where('at', '>=', since)
    .orderBy('newest.receipt_id')
    .orderBy('seq')
    .execute()
  const last = new Map<string, RecordedRead>()
  for (const { receipt_id: receiptId, number, account_id: accountId, outcome, gone, at } of rows)
    if (accountId !== null) last.set(receiptId, { receiptId, number, accountId, outcome, gone: gone === 1, at })
  return [...last.values()]
}

export async function marks(context: LedgerContext, scope: Scope, since: number | null): Promise<ReturnMarks> {
  const now = await clock(context.db.queries, context)
  const from = new Date(since ?? now - 24 * 60 * 60_000).toISOString()
  const locked = await lockedOf(context, scope)
  // SQLite runs each statement at once, and each may be of thousands of rows.
  await nextTurn()
  const reads = await readsOf(context, scope, from)
  await nextTurn()
  const refused = await refusedOf(context, scope, now)
  const protections = (await newestChange(context.db.queries, scope))?.id ?? null
  return { locked, reads, refused, protections, readAt: new Date(now).toISOString() }
}
