import 'server-only'
import type { AccountRead, LockedNumber, ReturnMarks } from '@/lib/domain/returns/marks'
import { clock, type LedgerContext } from './context'
import type { Scope } from './types'

/** Among how many of a scope's newest returns account reads are searched: four batches of the usual limit. */
const NEWEST = 2_000

/** Returns of a scope that hold their number's lock. */
async function lockedOf({ db }: LedgerContext, scope: Scope): Promise<LockedNumber[]> {
  const rows = await db.queries
    .selectFrom('return_locks')
    .innerJoin('return_intents', 'return_intents.receipt_id', 'return_locks.receipt_id')
    .select(['return_intents.number', 'return_intents.receipt_id', 'return_locks.state'])
    .where('return_intents.origin', '=', scope.origin)
    .where('return_intents.owner_id', '=', scope.ownerId)
    .orderBy('return_intents.receipt_id')
    .execute()
  return rows.map(({ number, receipt_id, state }) => ({
    number,
    receiptId: receipt_id,
    outcome: state === 'open' ? 'open' : 'unknown',
  }))
}

/** The last account read of each of the newest returns with an account, if it was at `since` (ISO 8601, UTC) or later. */
async function readsOf({ db }: LedgerContext, scope: Scope, since: string): Promise<AccountRead[]> {
  const newest = db.queries
    .selectFrom('return_intents')
    .select(['receipt_id', 'number', 'account_id'])
    .where('origin', '=', scope.origin)
    .where('owner_id', '=', scope.ownerId)
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
  const last = new Map<string, AccountRead>()
  for (const { receipt_id: receiptId, number, account_id: accountId, outcome, gone, at } of rows)
    if (accountId !== null) last.set(receiptId, { receiptId, number, accountId, outcome, gone: gone === 1, at })
  return [...last.values()]
}

/** What a list of numbers has to show of a scope's returns. `since`: Unix ms, null for the last day. */
export async function marks(context: LedgerContext, scope: Scope, since: number | null): Promise<ReturnMarks> {
  const now = await clock(context.db.queries, context)
  const from = new Date(since ?? now - 24 * 60 * 60_000).toISOString()
  const [locked, reads] = await Promise.all([lockedOf(context, scope), readsOf(context, scope, from)])
  return { locked, reads, readAt: new Date(now).toISOString() }
}
