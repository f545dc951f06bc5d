import 'server-only'
import { settings } from '@/lib/config/current'
import { DatabaseUnavailable } from '@/lib/db/unavailable'
import { Problem } from '@/lib/http/problem'
import type { ProblemCode } from '@/lib/problems/codes'
import { log } from '@/lib/process/log'
import { isStopping, tracked } from '@/lib/process/shutdown'
import { INSTANCE, LEASE_MS } from '@/lib/returns/ledger-room'
import { returnNumber } from '@/lib/returns/return-number'
import { type Session, sessions } from '@/lib/session/current'
import type { JobReason } from './job'
import type { JobItemRow, JobStore } from './store'

/** So many unknown or unreadable ones in a row pause a job: something is wrong that the next one would meet, too. */
const MOST_IN_A_ROW = 3

/** Problems after which the next number would fare no better. */
const TROUBLES: readonly ProblemCode[] = ['account_unreadable', 'vida_unreachable', 'vida_nonsense']

/**
 * Runs a job that this instance holds the lease of, `RETURN_CONCURRENCY` at a time, until it is finished, paused or
 * stopped. The session (and with it the token) lives in this call alone.
 */
export function runJob(session: Session, store: JobStore, { id, note }: { id: string; note: string | null }): void {
  const run = new JobRun(session, store, id, note)
  tracked(run.toEnd()).catch(() => log('error', 'job_failed', { job: id }))
}

class JobRun {
  readonly #session: Session
  readonly #store: JobStore
  readonly #id: string
  readonly #note: string | null
  #inARow = 0
  #pause: JobReason | null = null
  #end: JobReason | null = null
  /** The server stops, or another instance has the job: nothing may be written about it any more. */
  #letGo = false

  constructor(session: Session, store: JobStore, id: string, note: string | null) {
    this.#session = session
    this.#store = store
    this.#id = id
    this.#note = note
  }

  async toEnd(): Promise<void> {
    const renewal = setInterval(() => void this.#look().catch(() => {}), LEASE_MS / 4)
    try {
      const workers = Array.from({ length: settings().returnConcurrency }, () => this.#work())
      await Promise.all(workers)
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error
      this.#pause ??= 'ledger_unavailable'
    } finally {
      clearInterval(renewal)
      await this.#conclude()
    }
  }

  async #work(): Promise<void> {
    while (await this.#mayGoOn()) {
      const item = await this.#store.take(this.#id)
      if (!item) return
      await this.#one(item)
    }
  }

  async #mayGoOn(): Promise<boolean> {
    if (isStopping()) this.#letGo = true
    if (!this.#halted) await this.#look()
    return !this.#halted
  }

  get #halted(): boolean {
    return this.#letGo || this.#pause !== null || this.#end !== null
  }

  /** Renews the lease and learns what others decided: a person's stop, the end of the session. */
  async #look(): Promise<void> {
    const now = Date.now()
    const state = await this.#store.renew(this.#id, INSTANCE, LEASE_MS, now)
    if (state === null) this.#letGo = true
    else if (state === 'stopping') this.#end ??= 'stopped'
    if (now >= this.#session.endsAt) this.#end ??= 'session_over'
    else if (!(await (await sessions()).find(this.#session.id, now))) this.#end ??= 'signed_out'
  }

  async #one(item: JobItemRow): Promise<void> {
    const order = { number: item.number, accountId: item.account_id, note: this.#note, batchId: this.#id }
    try {
      const { outcome } = await returnNumber(this.#session, order)
      await this.#store.finish(item, null)
      this.#count(outcome === 'unknown')
    } catch (error) {
      await this.#failed(item, error)
    }
  }

  async #failed(item: JobItemRow, error: unknown): Promise<void> {
    if (!(error instanceof Problem)) {
      // The ledger could not be written, so nothing was sent.
      await this.#store.putBack(item)
      throw error
    }
    if (error.code === 'stopping') {
      this.#letGo = true
      return this.#store.putBack(item)
    }
    await this.#store.finish(item, error.code)
    if (error.code === 'signed_out') this.#end ??= 'signed_out'
    this.#count(TROUBLES.includes(error.code))
  }

  #count(trouble: boolean): void {
    this.#inARow = trouble ? this.#inARow + 1 : 0
    if (this.#inARow >= MOST_IN_A_ROW) this.#pause ??= 'three_in_a_row'
  }

  async #conclude(): Promise<void> {
    if (this.#letGo) return this.#store.release(this.#id, INSTANCE)
    // A stop or a pause that came while the last ones were under way concerns nothing any more.
    const rest = await this.#store.anyWaiting(this.#id)
    if (rest && this.#end === null && this.#pause !== null) {
      return this.#store.pause(this.#id, INSTANCE, this.#pause)
    }
    await this.#store.end(this.#id, (rest ? this.#end : null) ?? 'finished', Date.now())
  }
}
