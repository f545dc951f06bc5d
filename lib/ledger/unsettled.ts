import 'server-only'
import type { ReturnRecord } from '@/lib/returns/record'
import type { LedgerContext } from './context'
import { recordsOf } from './read'
import type { Scope } from './types'

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
