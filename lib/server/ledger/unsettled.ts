import 'server-only'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import type { LedgerContext } from './context'
import { intentsOf, locksOf, recordsOf } from './read'
import type { Scope } from './types'

/** How many newest returns of a scope are searched for unverified ones: more than a stopped server can leave. */
const NEWEST = 500

// A record is unknown exactly while its lock is unsettled: both change in one transaction, and locks are few.
function unknownOf({ db }: LedgerContext, scope: Scope) {
  return locksOf(db.queries, scope).where('return_locks.state', '=', 'unsettled')
}

export async function unsettled(context: LedgerContext, scope: Scope): Promise<ReturnRecord[]> {
  const intents = await unknownOf(context, scope)
    .innerJoin('return_intents', 'return_intents.receipt_id', 'return_locks.receipt_id')
    .selectAll('return_intents')
    .orderBy('return_intents.receipt_id')
    .execute()
  return recordsOf(context.db.queries, context, intents)
}

export async function unknownCount(context: LedgerContext, scope: Scope): Promise<number> {
  const { count } = await unknownOf(context, scope)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

export async function unverified(context: LedgerContext, scope: Scope): Promise<ReturnRecord[]> {
  const { queries } = context.db
  const newest = intentsOf(queries, scope).selectAll().orderBy('receipt_id', 'desc').limit(NEWEST)
  const intents = await queries
    .selectFrom(newest.as('newest'))
    .selectAll()
    .where(({ exists, not, selectFrom }) => {
      const events = selectFrom('return_events')
        .select('seq')
        .whereRef('return_events.receipt_id', '=', 'newest.receipt_id')
      return exists(events.where('outcome', '=', 'returned')).and(not(exists(events.where('gone', '=', 1))))
    })
    .orderBy('receipt_id')
    .execute()
  return recordsOf(queries, context, intents)
}
