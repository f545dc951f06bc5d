import { shared } from './shared.ts'

interface Shutdown {
  stopping: boolean
  listeners: Set<() => void>
  work: Set<Promise<unknown>>
}

const shutdown = () => shared<Shutdown>('shutdown', () => ({ stopping: false, listeners: new Set(), work: new Set() }))

/** Once true, nothing new may be sent. */
export function isStopping(): boolean {
  return shutdown().stopping
}

/** @returns a function that removes the listener */
export function onStop(listener: () => void): () => void {
  const { listeners } = shutdown()
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A shutdown waits for this work. */
export function tracked<Result>(work: Promise<Result>): Promise<Result> {
  const all = shutdown().work
  all.add(work)
  const forget = () => all.delete(work)
  work.then(forget, forget)
  return work
}

export async function stopAll(limitMs: number): Promise<void> {
  const state = shutdown()
  state.stopping = true
  for (const listener of [...state.listeners]) listener()
  const drain = async () => {
    while (state.work.size > 0) await Promise.allSettled([...state.work])
  }
  await Promise.race([drain(), new Promise((resolve) => setTimeout(resolve, limitMs))])
}
