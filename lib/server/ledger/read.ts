import 'server-only'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import type { LedgerContext, Queries } from './context'
import { type EventRow, fold, type IntentRow } from './fold'

/** The events of these receipts, each receipt's oldest first. */
export async function eventsOf(queries: Queries, receiptIds: readonly string[]): Promise<EventRow[]> {
  if (receiptIds.length === 0) return []
  return queries
    .selectFrom('return_events')
    .selectAll()
    .where('receipt_id', 'in', receiptIds)
    .orderBy('receipt_id')
    .orderBy('seq')
    .execute()
}

/** Folds intents into records, in the order given. */
export async function recordsOf(
  queries: Queries,
  { describe }: LedgerContext,
  intents: readonly IntentRow[],
): Promise<ReturnRecord[]> {
  const events = await eventsOf(
    queries,
    intents.map((intent) => intent.receipt_id),
  )
  const byReceipt = Map.groupBy(events, (event) => event.receipt_id)
  return intents.map((intent) => fold(intent, byReceipt.get(intent.receipt_id) ?? [], describe))
}

/** Reads an intent and, until the transaction ends, keeps every other one from adding to it. */
export async function holdIntent(
  trx: Queries,
  { db }: LedgerContext,
  receiptId: string,
): Promise<IntentRow | undefined> {
  return (
    trx
      .selectFrom('return_intents')
      .selectAll()
      .where('receipt_id', '=', receiptId)
      // On SQLite the immediate transaction holds everything.
      .$if(db.dialect === 'postgres', (query) => query.forUpdate())
      .executeTakeFirst()
  )
}
