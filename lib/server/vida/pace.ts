import 'server-only'
import { WaitQueue } from './wait-queue'

/** `now`: a person waits for this account read; `next`: a scan's read that has begun; `scan`: one of thousands. */
export type Priority = 'now' | 'next' | 'scan'

export interface PaceOptions {
  random?: () => number
  /** Milliseconds after a first 429 without `Retry-After`; doubled for each further one. */
  backoffMs?: number
  /** `Retry-After: 0` must not become a storm. */
  leastPauseMs?: number
}

export interface RunOptions {
  signal?: AbortSignal | undefined
  priority: Priority
  /** Milliseconds. */
  waitMs?: number | undefined
}

/** The task was not started. */
export class WaitedTooLong extends Error {
  override readonly name = 'WaitedTooLong'
}

export function abortError(): DOMException {
  return new DOMException('The read was stopped.', 'AbortError')
}

const PAUSE_CAP_MS = 30_000
/** After so many turns of queues before it a queue gets one. */
const PASSED_OVER = 4

interface Waiter {
  admit: () => void
  refuse: (error: Error) => void
}

class Queue extends WaitQueue<Waiter> {
  passedOver = 0
}

/** The limit of concurrent requests for one token. A 429 pauses all and halves the limit; successes raise it again. */
export class Pace {
  readonly #most: number
  readonly #random: () => number
  readonly #backoffMs: number
  readonly #leastPauseMs: number
  readonly #queues: Record<Priority, Queue> = { now: new Queue(), next: new Queue(), scan: new Queue() }
  /** One listener a signal, however many wait under it: EventTarget is linear in its listeners. */
  readonly #bySignal = new Map<AbortSignal, { waiters: Set<Waiter>; unlisten: () => void }>()
  #allowed: number
  #underWay = 0
  #refusals = 0
  #pausedUntil = 0
  #pauseTimer: NodeJS.Timeout | null = null

  constructor(concurrency: number, options: PaceOptions = {}) {
    this.#most = Math.max(1, Math.floor(concurrency))
    this.#allowed = this.#most
    this.#random = options.random ?? Math.random
    this.#backoffMs = options.backoffMs ?? 500
    this.#leastPauseMs = options.leastPauseMs ?? 100
  }

  get underWay(): number {
    return this.#underWay
  }

  get limit(): number {
    return Math.max(1, Math.floor(this.#allowed))
  }

  /** @throws what the task throws; AbortError when the signal aborts before the turn; WaitedTooLong after `waitMs`. */
  async run<T>(task: () => Promise<T>, { signal, priority, waitMs }: RunOptions): Promise<T> {
    if (signal?.aborted) throw abortError()
    if (this.#open && this.#front === null) this.#underWay++
    else await this.#wait(priority, signal, waitMs)
    try {
      if (signal?.aborted) throw abortError()
      return await task()
    } finally {
      this.#underWay--
      this.#next()
    }
  }

  /** `null`: for a jittered, growing time. At most 30 s. Requests that were under way together count as one 429. */
  slowDown(retryAfterMs: number | null): void {
    const now = performance.now()
    if (!this.#paused) {
      this.#allowed = Math.max(1, this.#allowed / 2)
      this.#refusals++
    }
    const growing = this.#backoffMs * 2 ** Math.min(this.#refusals - 1, 10) * (0.5 + this.#random() / 2)
    const pause = Math.min(PAUSE_CAP_MS, Math.max(this.#leastPauseMs, retryAfterMs ?? growing))
    if (this.#pauseTimer) {
      if (now + pause <= this.#pausedUntil) return
      clearTimeout(this.#pauseTimer)
    }
    this.#pausedUntil = now + pause
    this.#pauseTimer = setTimeout(() => {
      this.#pauseTimer = null
      this.#next()
    }, Math.ceil(pause))
  }

  speedUp(): void {
    if (this.#paused) return
    this.#refusals = 0
    this.#allowed = Math.min(this.#most, this.#allowed + 1 / this.#allowed)
    this.#next()
  }

  get #paused(): boolean {
    return this.#pauseTimer !== null
  }

  get #open(): boolean {
    return !this.#paused && this.#underWay < this.limit
  }

  #wait(priority: Priority, signal: AbortSignal | undefined, waitMs: number | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        leaveQueue()
        clearTimeout(timer)
        if (signal) this.#forget(signal, waiter)
      }
      const waiter: Waiter = {
        admit: () => {
          leave()
          resolve()
        },
        refuse: (error) => {
          leave()
          reject(error)
        },
      }
      const leaveQueue = this.#queues[priority].join(waiter)
      const timer =
        waitMs === undefined
          ? undefined
          : setTimeout(() => waiter.refuse(new WaitedTooLong('No turn came in time.')), Math.max(0, waitMs))
      if (signal) this.#remember(signal, waiter)
    })
  }

  #next(): void {
    while (this.#open) {
      const queue = this.#front
      const waiter = queue?.front
      if (!queue || !waiter) return
      this.#underWay++
      waiter.admit()
      const { now, next, scan } = this.#queues
      queue.passedOver = 0
      for (const after of queue === now ? [next, scan] : queue === next ? [scan] : []) {
        if (after.front) after.passedOver++
      }
    }
  }

  get #front(): Queue | null {
    const { now, next, scan } = this.#queues
    const overdue = [scan, next].find((queue) => queue.front && queue.passedOver >= PASSED_OVER)
    return overdue ?? [now, next, scan].find((queue) => queue.front) ?? null
  }

  #remember(signal: AbortSignal, waiter: Waiter): void {
    const group = this.#bySignal.get(signal)
    if (group) {
      group.waiters.add(waiter)
      return
    }
    const waiters = new Set([waiter])
    const refuseAll = () => {
      for (const each of [...waiters]) each.refuse(abortError())
    }
    signal.addEventListener('abort', refuseAll, { once: true })
    this.#bySignal.set(signal, { waiters, unlisten: () => signal.removeEventListener('abort', refuseAll) })
  }

  #forget(signal: AbortSignal, waiter: Waiter): void {
    const group = this.#bySignal.get(signal)
    if (!group?.waiters.delete(waiter) || group.waiters.size > 0) return
    this.#bySignal.delete(signal)
    group.unlisten()
  }
}
