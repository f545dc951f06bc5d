export type HistoryEntry<Return, Batch> =
  | { kind: 'return'; id: string; record: Return }
  | { kind: 'batch'; id: string; batch: Batch }

/** The part by which ids of receipts (`R-…`) and batches (`B-…`) sort by time. */
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
