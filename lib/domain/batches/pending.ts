import type { Batch } from './batch'

/** A number (E.164) whose turn in a batch is still to come, or has just come, and how many numbers that batch holds. */
export interface InBatch {
  number: string
  size: number
}

/** The numbers of these batches that are not sent yet and may still be: also of one that is paused, or about to stop. */
export function toCome(batches: readonly Pick<Batch, 'state' | 'total' | 'items'>[]): InBatch[] {
  return batches.flatMap(({ state, total, items }) =>
    state === 'ended'
      ? []
      : items.flatMap(({ number, outcome }) =>
          outcome === 'waiting' || outcome === 'open' ? { number, size: total } : [],
        ),
  )
}
