import 'server-only'
import type { Proof } from '@/lib/domain/returns/record'
import { appendEvent } from './append'
import { type LedgerContext, type Queries, transact } from './context'
import { LedgerConflict } from './errors'
import { eventsOf, intentsOf, lockIntent } from './read'
import type { CancelFilter, Scope } from './types'

/** One that was not sent for another reason stays as it is. @throws LedgerConflict if it was sent */
async function cancel(trx: Queries, context: LedgerContext, receiptId: string, how: Proof): Promise<void> {
  await lockIntent(trx, context, receiptId)
  const last = (await eventsOf(trx, [receiptId])).at(-1)
  if (!last) await appendEvent(trx, context, receiptId, { outcome: 'not_sent', how })
  else if (last.outcome !== 'not_sent') throw new LedgerConflict(receiptId, last.outcome, 'not_sent')
}

export async function undo(trx: Queries, context: LedgerContext, scope: Scope, receiptId: string): Promise<boolean> {
  const own = await intentsOf(trx, scope).select('receipt_id').where('receipt_id', '=', receiptId).executeTakeFirst()
  if (!own) return false
  await cancel(trx, context, receiptId, 'undone')
  return true
}

export async function cancelUnsent(context: LedgerContext, filter: CancelFilter): Promise<void> {
  const { queries } = context.db
  const unsent = await queries
    .selectFrom('return_intents')
    .innerJoin('return_locks', 'return_locks.receipt_id', 'return_intents.receipt_id')
    .select('return_intents.receipt_id')
    .where('return_locks.state', '=', 'open')
    .where(({ eb }) =>
      'sessionId' in filter ? eb('session_id', '=', filter.sessionId) : eb('identity', '=', filter.identity),
    )
    .execute()
  for (const { receipt_id } of unsent) {
    await transact(context, (trx, inside) => cancel(trx, inside, receipt_id, 'signed_out')).catch((error: unknown) => {
      if (!(error instanceof LedgerConflict)) throw error
    })
  }
}
