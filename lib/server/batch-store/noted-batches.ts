import 'server-only'
import type { BatchReason, BatchState } from '@/lib/domain/batches/batch'
import type { BatchStore } from './batch-store'

export interface BatchStep {
  batch: string
  state: BatchState
  /** Why it is in that state; null: as a matter of course. */
  reason: BatchReason | 'continued' | null
  numbers?: number
}

type Stored = Pick<BatchStore, 'create' | 'claim' | 'begin' | 'release' | 'pause' | 'end' | 'stop'>

/** The store, with each change of a batch's state told to `noted` once it is committed. */
export function notedBatches(store: BatchStore, noted: (step: BatchStep) => void): BatchStore {
  const told =
    <Args extends unknown[], Result>(
      change: (...args: Args) => Promise<Result>,
      stepOf: (result: Result, ...args: Args) => BatchStep | null,
    ) =>
    async (...args: Args): Promise<Result> => {
      const result = await change(...args)
      const step = stepOf(result, ...args)
      if (step) noted(step)
      return result
    }
  const stored: Stored = {
    create: told(store.create, (made, { holdMs, items: { length: numbers } }) =>
      made ? { batch: made.id, state: holdMs > 0 ? 'held' : 'running', reason: null, numbers } : null,
    ),
    claim: told(store.claim, (claimed, batch) => (claimed ? { batch, state: 'running', reason: 'continued' } : null)),
    begin: told(store.begin, (begun, batch) => (begun ? { batch, state: 'running', reason: null } : null)),
    release: told(store.release, (_, batch) => ({ batch, state: 'paused', reason: 'server_stopped' })),
    pause: told(store.pause, (_, batch, _instance, reason) => ({ batch, state: 'paused', reason })),
    end: told(store.end, (_, batch, _instance, reason) => ({ batch, state: 'ended', reason })),
    stop: told(store.stop, (stopped, batch) => {
      if (stopped === null) return null
      if (stopped === 'stopping') return { batch, state: 'stopping', reason: 'stopped' }
      return { batch, state: 'ended', reason: stopped === 'undone' ? 'undone' : 'stopped' }
    }),
  }
  return { ...store, ...stored }
}
