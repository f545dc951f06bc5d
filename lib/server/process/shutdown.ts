import { type Shared, shared } from './shared.ts'

interface State {
  stop: AbortController
  work: Set<Promise<unknown>>
}

export interface Shutdown {
  /** True once the process was asked to end: nothing new may be sent from then on. */
  isStopping: () => boolean
  signal: () => AbortSignal
  /** Work that a shutdown waits for, whether or not anybody still waits for its result. */
  tracked: <Result>(work: Promise<Result>) => Promise<Result>
  /** Aborts the signal and waits until the tracked work is done, `limitMs` at most. */
  stopAll: (limitMs: number) => Promise<void>
}

export function shutdownOf(shared: Shared): Shutdown {
  const state = () => shared<State>('shutdown', () => ({ stop: new AbortController(), work: new Set() }))
  return {
    isStopping: () => state().stop.signal.aborted,
    signal: () => state().stop.signal,
    tracked: (work) => {
      const all = state().work
      all.add(work)
      const forget = () => all.delete(work)
      work.then(forget, forget)
      return work
    },
    stopAll: async (limitMs) => {
      const current = state()
      current.stop.abort()
      const drain = async () => {
        while (current.work.size > 0) await Promise.allSettled([...current.work])
      }
      await Promise.race([drain(), new Promise((resolve) => setTimeout(resolve, limitMs))])
    },
  }
}

export const shutdown = shutdownOf(shared)
