import { shared } from './shared'

const state = () => shared('clock', () => ({ atStart: null as number | null }))

/**
 * Unix ms by the clock of the database, which instances share; by the process's own with SQLite, and before the database
 * answered. It goes on with the monotonic clock, so that a change of the machine's time does not move it.
 */
export function now(): number {
  const { atStart } = state()
  return atStart === null ? Date.now() : Math.floor(atStart + performance.now())
}

/** @param atStart the Unix ms at which `performance.now()` was 0; null: the process's own clock */
export function setClock(atStart: number | null): void {
  state().atStart = atStart
}
