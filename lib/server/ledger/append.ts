import 'server-only'
import type { RecordOutcome, ReturnRecord } from '@/lib/domain/returns/record'
import { clock, type LedgerContext, type Queries } from './context'
import { LedgerConflict } from './errors'
import { type EventRow, fold } from './fold'
import { eventsOf, holdIntent } from './read'
import { isSettled, mayFollow } from './rules'
import { storableOrNull } from './text'
import type { NewEvent } from './types'

/** The lock follows the outcome: kept while open, marked while unknown, given back once settled. */
async function moveLock(trx: Queries, receiptId: string, outcome: RecordOutcome): Promise<void> {
  if (outcome === 'unknown') {
    await trx.updateTable('return_locks').set({ state: 'unsettled' }).where('receipt_id', '=', receiptId).execute()
  } else if (isSettled(outcome)) {
    await trx.deleteFrom('return_locks').where('receipt_id', '=', receiptId).execute()
  }
}

/**
 * Adds the next event to a receipt, within a transaction. Instances that append at once come one after the other:
 * each holds the intent's row first and reads the events after that.
 * @throws LedgerConflict
 */
export async function appendEvent(
  trx: Queries,
  context: LedgerContext,
  receiptId: string,
  event: NewEvent,
): Promise<ReturnRecord> {
  const intent = await holdIntent(trx, context, receiptId)
  if (!intent) throw new LedgerConflict(receiptId, null, event.outcome)
  const before = await eventsOf(trx, [receiptId])
  const present = before.at(-1)?.outcome ?? 'open'
  if (!mayFollow(present, event.outcome)) throw new LedgerConflict(receiptId, present, event.outcome)

  const row: EventRow = {
    receipt_id: receiptId,
    seq: before.length + 1,
    at: new Date(await clock(trx, context)).toISOString(),
    outcome: event.outcome,
    how: event.how,
    message: storableOrNull(event.message),
    http_status: event.httpStatus ?? null,
    duration_ms: event.durationMs === null || event.durationMs === undefined ? null : Math.round(event.durationMs),
    gone: event.gone === null || event.gone === undefined ? null : Number(event.gone),
  }
  await trx.insertInto('return_events').values(row).execute()
  await moveLock(trx, receiptId, event.outcome)
  return fold(intent, [...before, row], context.describe)
}
