import 'server-only'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import type { LedgerContext, Queries } from './context'
import { type EventRow, fold, type IntentRow } from './fold'
import { withNames } from './names'
import { notesOf } from './notes'
import type { Scope } from './types'

export function intentsOf(queries: Queries, { origin, ownerId }: Scope) {
  return queries
    .selectFrom('return_intents')
    .where('return_intents.origin', '=', origin)
    .where('return_intents.owner_id', '=', ownerId)
}

export function locksOf(queries: Queries, { origin, ownerId }: Scope) {
  return queries
    .selectFrom('return_locks')
    .where('return_locks.origin', '=', origin)
    .where('return_locks.owner_id', '=', ownerId)
}

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

export async function recordsOf(
  queries: Queries,
  { describe }: LedgerContext,
  intents: readonly IntentRow[],
): Promise<ReturnRecord[]> {
  const ids = intents.map((intent) => intent.receipt_id)
  const events = await eventsOf(queries, ids)
  const notes = await notesOf(queries, ids)
  const byReceipt = Map.groupBy(events, (event) => event.receipt_id)
  const named = await withNames(queries, intents)
  return named.map((intent) => {
    const { receipt_id: id } = intent
    return fold(intent, byReceipt.get(id) ?? [], notes.get(id) ?? [], describe)
  })
}

/** Reads an intent and locks it until the transaction ends, so that no other transaction appends to it. */
export async function lockIntent(
  trx: Queries,
  { db }: LedgerContext,
  receiptId: string,
): Promise<IntentRow | undefined> {
  return (
    trx
      .selectFrom('return_intents')
      .selectAll()
      .where('receipt_id', '=', receiptId)
      // On SQLite the immediate transaction locks the whole database.
      .$if(db.dialect === 'postgres', (query) => query.forUpdate())
      .executeTakeFirst()
  )
}
