import type { Batch } from './batch'

/** A number (E.164) that waits in a batch or is being returned by one. `size`: how many numbers that batch has. */
export interface InBatch {
  number: string
  size: number
}

/** The numbers that these batches may still send, also when a batch is paused or stopping. */
export function toCome(batches: readonly Pick<Batch, 'state' | 'total' | 'items'>[]): InBatch[] {
  return batches.flatMap(({ state, total, items }) =>
    state === 'ended'
      ? []
      : items.flatMap(({ number, outcome }) =>
          outcome === 'waiting' || outcome === 'open' ? { number, size: total } : [],
        ),
  )
}
