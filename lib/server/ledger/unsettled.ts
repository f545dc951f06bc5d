import 'server-only'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import type { LedgerContext } from './context'
import { recordsOf } from './read'
import type { Scope } from './types'

/** Among how many of a scope's newest returns unverified ones are looked for: more than a stopped server can have left. */
const NEWEST = 500

// A record is unknown exactly while its lock is unsettled: both change in one transaction, and locks are few.
function unknownOf({ db }: LedgerContext, scope: Scope) {
  return db.queries
    .selectFrom('return_intents')
    .innerJoin('return_locks', 'return_locks.receipt_id', 'return_intents.receipt_id')
    .where('return_locks.state', '=', 'unsettled')
    .where('return_intents.origin', '=', scope.origin)
    .where('return_intents.owner_id', '=', scope.ownerId)
}

/** The records of a scope whose outcome is unknown, oldest first. */
export async function unsettled(context: LedgerContext, scope: Scope): Promise<ReturnRecord[]> {
  const intents = await unknownOf(context, scope)
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

/**
 * Among the newest records of a scope: what Vida accepted and no reading has shown to be gone since, oldest first.
 */
export async function unverified(context: LedgerContext, scope: Scope): Promise<ReturnRecord[]> {
  const { queries } = context.db
  const newest = queries
    .selectFrom('return_intents')
    .selectAll()
    .where('origin', '=', scope.origin)
    .where('owner_id', '=', scope.ownerId)
    .orderBy('receipt_id', 'desc')
    .limit(NEWEST)
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
