import 'server-only'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { appendEvent } from './append'
import { clock, type LedgerContext, type Queries, transact } from './context'
import { eventsOf, intentsOf, lockIntent } from './read'
import type { Scope } from './types'

/** Without the event `sending`, written before the request, nothing was sent. Null: not expired, or settled already. */
export async function settleOrphan(
  trx: Queries,
  context: LedgerContext,
  receiptId: string,
): Promise<ReturnRecord | null> {
  // Intent first, then lock: every transaction takes them in this order, so that none deadlocks.
  if (!(await lockIntent(trx, context, receiptId))) return null
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

export async function settleOrphans(context: LedgerContext, scope: Scope): Promise<ReturnRecord[]> {
  const { queries } = context.db
  const expired = await intentsOf(queries, scope)
    .innerJoin('return_locks', 'return_locks.receipt_id', 'return_intents.receipt_id')
    .select('return_locks.receipt_id')
    .where('state', '=', 'open')
    .where('lease_until', '<=', await clock(queries, context))
    .orderBy('return_locks.receipt_id')
    .execute()
  const settled: ReturnRecord[] = []
  for (const { receipt_id } of expired) {
    const record = await transact(context, (trx, inside) => settleOrphan(trx, inside, receipt_id))
    if (record) settled.push(record)
  }
  return settled
}
