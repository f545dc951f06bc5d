import 'server-only'
import type { BatchReason } from '@/lib/domain/batches/batch'
import type { ProblemCode } from '@/lib/domain/problems/codes'
import type { ReturnAnswer } from '@/lib/domain/returns/record'
import type { BatchItemRow } from '@/lib/server/batch-store/batch-store'
import type { Context } from '@/lib/server/context/context'
import { DatabaseUnavailable } from '@/lib/server/db/unavailable'
import { Problem } from '@/lib/server/http/problem'
import { returnNumber } from '@/lib/server/returns/return-number'
import type { Session } from '@/lib/server/session/current'

/** So many unknown or unreadable ones in a row pause a batch: something is wrong that the next one would meet, too. */
const MOST_IN_A_ROW = 3

/** Problems after which the next number would fare no better. */
const TROUBLES: readonly ProblemCode[] = ['account_unreadable', 'vida_unreachable', 'vida_nonsense']

/**
 * Runs a batch that this instance holds the lease of, `RETURN_CONCURRENCY` at a time, until it is finished, paused or
 * stopped. The session (and with it the token) lives in this call alone.
 */
export function runBatch(ctx: Context, session: Session, { id, note }: { id: string; note: string | null }): void {
  const run = new BatchRun(ctx, session, id, note)
  ctx.shutdown.tracked(run.toEnd()).catch(() => ctx.log('error', 'batch_failed', { batch: id }))
}

class BatchRun {
  readonly #ctx: Context
  readonly #session: Session
  readonly #id: string
  readonly #note: string | null
  #inARow = 0
  #pause: BatchReason | null = null
  #end: BatchReason | null = null
  /** The server stops, or another instance has the batch: nothing may be written about it any more. */
  #letGo = false
  /** What could not be written about numbers that had their turn; tried once more at the end. */
  readonly #unwritten: (() => Promise<void>)[] = []

  constructor(ctx: Context, session: Session, id: string, note: string | null) {
    this.#ctx = ctx
    this.#session = session
    this.#id = id
    this.#note = note
  }

  async toEnd(): Promise<void> {
    const renewal = setInterval(() => void this.#look().catch(() => {}), this.#ctx.instance.leaseMs / 4)
    // What one of them meets ends none of the others: a return that is under way is waited for.
    const workers = Array.from({ length: this.#ctx.settings.returnConcurrency }, () => this.#work())
    const ends = await Promise.allSettled(workers)
    clearInterval(renewal)
    await this.#conclude()
    const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []))
    const unexpected = failures.filter((failure) => !(failure instanceof DatabaseUnavailable))
    if (unexpected.length > 0) throw unexpected[0]
  }

  async #work(): Promise<void> {
    try {
      while (await this.#mayGoOn()) {
        const item = await this.#ctx.batches.take(this.#id)
        if (!item) return
        await this.#one(item)
      }
    } catch (error) {
      // At once, so that nobody takes another number.
      if (error instanceof DatabaseUnavailable) this.#pause ??= 'ledger_unavailable'
      else this.#pause = 'app_failed'
      throw error
    }
  }

  async #mayGoOn(): Promise<boolean> {
    if (this.#ctx.shutdown.isStopping()) this.#letGo = true
    if (!this.#halted) await this.#look()
    return !this.#halted
  }

  get #halted(): boolean {
    return this.#letGo || this.#pause !== null || this.#end !== null
  }

  /** Renews the lease and learns what others decided: a person's stop, the end of the session. */
  async #look(): Promise<void> {
    const state = await this.#ctx.batches.renew(
      this.#id,
      this.#ctx.instance.id,
      this.#ctx.instance.leaseMs,
      await this.#ctx.batches.now(),
    )
    if (state === null) this.#letGo = true
    else if (state === 'stopping') this.#end ??= 'stopped'
    const now = this.#ctx.clock.now()
    if (now >= this.#session.endsAt) this.#end ??= 'session_over'
    else if (!(await this.#ctx.sessions.find(this.#session.id, now))) this.#end ??= 'signed_out'
  }

  async #one(item: BatchItemRow): Promise<void> {
    const order = { number: item.number, accountId: item.account_id, note: this.#note, batchId: this.#id }
    let answer: ReturnAnswer
    try {
      answer = await returnNumber(this.#ctx, this.#session, order)
    } catch (error) {
      return this.#failed(item, error)
    }
    this.#count(answer.outcome === 'unknown')
    // Whatever fails from here on, the number has had its turn: it may never wait again, and its receipt tells the rest.
    await this.#write(() => this.#ctx.batches.finish(item, null))
  }

  /** A turn that left no answer. Only what proves that nothing was sent puts the number back. */
  async #failed(item: BatchItemRow, error: unknown): Promise<void> {
    if (error instanceof DatabaseUnavailable) {
      // The ledger could not be written, so nothing was sent.
      await this.#write(() => this.#ctx.batches.putBack(item))
      throw error
    }
    if (!(error instanceof Problem)) {
      await this.#write(() => this.#ctx.batches.finish(item, 'internal'))
      throw error
    }
    if (error.code === 'stopping') {
      this.#letGo = true
      return this.#write(() => this.#ctx.batches.putBack(item))
    }
    await this.#write(() => this.#ctx.batches.finish(item, error.code))
    if (error.code === 'signed_out') this.#end ??= 'signed_out'
    this.#count(TROUBLES.includes(error.code))
  }

  async #write(write: () => Promise<void>): Promise<void> {
    try {
      await write()
    } catch (error) {
      this.#unwritten.push(write)
      throw error
    }
  }

  #count(trouble: boolean): void {
    this.#inARow = trouble ? this.#inARow + 1 : 0
    if (this.#inARow >= MOST_IN_A_ROW) this.#pause ??= 'three_in_a_row'
  }

  async #conclude(): Promise<void> {
    for (const write of this.#unwritten) await write()
    if (this.#letGo) return this.#ctx.batches.release(this.#id, this.#ctx.instance.id)
    // A stop or a pause that came while the last ones were under way concerns nothing any more.
    const rest = await this.#ctx.batches.anyWaiting(this.#id)
    if (rest && this.#end === null && this.#pause !== null) {
      return this.#ctx.batches.pause(this.#id, this.#ctx.instance.id, this.#pause)
    }
    const reason = (rest ? this.#end : null) ?? 'finished'
    await this.#ctx.batches.end(this.#id, this.#ctx.instance.id, reason, await this.#ctx.batches.now())
  }
}
