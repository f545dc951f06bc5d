import 'server-only'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { appendEvent } from './append'
import { clock, type LedgerContext, type Queries } from './context'
import { eventsOf, holdIntent } from './read'
import type { Scope } from './types'

/**
 * Settles one open return if its lease has run out, within a transaction; null if it has not, or somebody else did.
 * Without an event `sending` nothing can have gone out: that event is written before the request.
 */
export async function adopt(trx: Queries, context: LedgerContext, receiptId: string): Promise<ReturnRecord | null> {
  // Intent first, then lock: the order that every verb keeps, so that none waits in a circle.
  if (!(await holdIntent(trx, context, receiptId))) return null
  const lock = await trx
    .selectFrom('return_locks')
    .select('lease_until')
    .where('receipt_id', '=', receiptId)
    .where('state', '=', 'open')
    .$if(context.db.dialect === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst()
  if (!lock || lock.lease_until > (await clock(trx, context))) return null
  const sending = (await eventsOf(trx, [receiptId])).some((event) => event.how === 'sending')
  return appendEvent(trx, context, receiptId, { outcome: sending ? 'unknown' : 'not_sent', how: 'server_stopped' })
}

/** Settles every orphan of a scope, or of all; each in a transaction of its own. */
export async function adoptAll(context: LedgerContext, scope?: Scope): Promise<ReturnRecord[]> {
  const { queries } = context.db
  const expired = await queries
    .selectFrom('return_locks')
    .innerJoin('return_intents', 'return_intents.receipt_id', 'return_locks.receipt_id')
    .select('return_locks.receipt_id')
    .where('state', '=', 'open')
    .where('lease_until', '<=', await clock(queries, context))
    .$if(scope !== undefined, (query) =>
      query
        .where('return_intents.origin', '=', scope?.origin ?? '')
        .where('return_intents.owner_id', '=', scope?.ownerId ?? ''),
    )
    .orderBy('return_locks.receipt_id')
    .execute()
  const adopted: ReturnRecord[] = []
  for (const { receipt_id } of expired) {
    const record = await queries.transaction().execute((trx) => adopt(trx, context, receipt_id))
    if (record) adopted.push(record)
  }
  return adopted
}
