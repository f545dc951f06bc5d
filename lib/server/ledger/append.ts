import 'server-only'
import type { RecordOutcome, ReturnRecord } from '@/lib/domain/returns/record'
import { clock, type LedgerContext, type Queries } from './context'
import { LedgerConflict } from './errors'
import { type EventRow, fold, isSettled } from './fold'
import { notesOf } from './notes'
import { eventsOf, lockIntent } from './read'
import { storableOrNull } from './text'
import type { NewEvent } from './types'

function mayFollow(present: RecordOutcome, { outcome: next, how }: NewEvent): boolean {
  // Why nothing was sent is said once.
  if (present === 'not_sent' && how !== 'contradicted') return false
  if (present === 'open') return true
  // An instance that was suspended or cut off from the database may still record what Vida answered.
  if (present === 'unknown') return next !== 'open'
  return next === present
}

async function moveLock(trx: Queries, receiptId: string, outcome: RecordOutcome): Promise<void> {
  if (outcome === 'unknown') {
    await trx.updateTable('return_locks').set({ state: 'unsettled' }).where('receipt_id', '=', receiptId).execute()
  } else if (isSettled(outcome)) {
    await trx.deleteFrom('return_locks').where('receipt_id', '=', receiptId).execute()
    await trx.deleteFrom('number_locks').where('receipt_id', '=', receiptId).execute()
  }
}

/** Locks the intent's row before it reads the events, so that concurrent appends are serial. @throws LedgerConflict */
export async function appendEvent(
  trx: Queries,
  context: LedgerContext,
  receiptId: string,
  event: NewEvent,
): Promise<ReturnRecord> {
  const intent = await lockIntent(trx, context, receiptId)
  if (!intent) throw new LedgerConflict(receiptId, null, event.outcome)
  const before = await eventsOf(trx, [receiptId])
  const present = before.at(-1)?.outcome ?? 'open'
  if (!mayFollow(present, event)) throw new LedgerConflict(receiptId, present, event.outcome)

  const { message, httpStatus = null, durationMs = null, gone = null } = event
  const row: EventRow = {
    receipt_id: receiptId,
    seq: before.length + 1,
    at: new Date(await clock(trx, context)).toISOString(),
    outcome: event.outcome,
    how: event.how,
    message: storableOrNull(message),
    http_status: httpStatus,
    duration_ms: durationMs === null ? null : Math.round(durationMs),
    gone: gone === null ? null : Number(gone),
  }
  await trx.insertInto('return_events').values(row).execute()
  await moveLock(trx, receiptId, event.outcome)
  const { owner_id: account, batch_id: batch } = intent
  const { outcome, how, http_status: status, duration_ms: ms } = row
  context.noted?.({ receipt: receiptId, account, batch, outcome, how, ms, status })
  const notes = await notesOf(trx, [receiptId])
  return fold(intent, [...before, row], notes.get(receiptId) ?? [], context.describe)
}
