/** One row of the history: a return, or a batch of them. */
export type HistoryEntry<Return, Batch> =
  | { kind: 'return'; id: string; record: Return }
  | { kind: 'batch'; id: string; batch: Batch }

/**
 * Where an id stands in time, the later the greater: ids of receipts (`R-…`) and of batches (`B-…`) begin alike after
 * their letter (lib/ledger/receipt-id).
 */
export function placeOf(id: string): string {
  return id.slice(2)
}

/** Returns and batches as one list, newest first. */
export function entriesOf<Return extends { receiptId: string }, Batch extends { id: string }>(
  returns: readonly Return[],
  batches: readonly Batch[],
): HistoryEntry<Return, Batch>[] {
  const entries = [
    ...returns.map((record) => ({ kind: 'return' as const, id: record.receiptId, record })),
    ...batches.map((batch) => ({ kind: 'batch' as const, id: batch.id, batch })),
  ]
  return entries.sort((one, other) => (placeOf(one.id) < placeOf(other.id) ? 1 : -1))
}
