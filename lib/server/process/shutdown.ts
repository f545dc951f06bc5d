import { type Shared, shared } from './shared.ts'

interface State {
  draining: boolean
  stop: AbortController
  work: Set<Promise<unknown>>
}

export interface Shutdown {
  /** True once the process was asked to end: nothing new may be sent from then on. */
  isStopping: () => boolean
  signal: () => AbortSignal
  /** True from the signal to end on: a balancer should send nobody here any more. */
  isDraining: () => boolean
  drain: (ms: number) => Promise<void>
  /** Work that a shutdown waits for, whether or not anybody still waits for its result. */
  tracked: <Result>(work: Promise<Result>) => Promise<Result>
  /** Aborts the signal and waits until the tracked work is done, `limitMs` at most. */
  stopAll: (limitMs: number) => Promise<void>
}

export function shutdownOf(shared: Shared): Shutdown {
  const state = () =>
    shared<State>('shutdown', () => ({ draining: false, stop: new AbortController(), work: new Set() }))
  return {
    isStopping: () => state().stop.signal.aborted,
    signal: () => state().stop.signal,
    isDraining: () => state().draining,
    drain: async (ms) => {
      state().draining = true
      if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms))
    },
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
