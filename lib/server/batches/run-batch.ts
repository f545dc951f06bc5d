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

/** So many consecutive unknown or unreadable returns pause a batch: the next one would probably fail, too. */
const MOST_IN_A_ROW = 3

const PAUSING: readonly ProblemCode[] = ['account_unreadable', 'vida_unreachable', 'vida_nonsense', 'too_many_requests']

interface Order {
  id: string
  reason: string | null
  note: string | null
  holdMs: number
  over: () => void
}

/**
 * Runs a batch whose lease this instance holds, until its end or a pause, then calls `over`. Only this call holds the
 * session's token.
 */
export function runBatch(ctx: Context, session: Session, { id, reason, note, holdMs, over }: Order): void {
  const run = new BatchRun(ctx, session, id, { reason, note })
  ctx.shutdown.tracked(run.toEnd(holdMs).finally(over)).catch(() => ctx.log('error', 'batch_failed', { batch: id }))
}

class BatchRun {
  readonly #ctx: Context
  readonly #session: Session
  readonly #id: string
  readonly #said: Pick<Order, 'reason' | 'note'>
  #inARow = 0
  #pause: BatchReason | null = null
  #end: BatchReason | null = null
  /** The server stops, or another instance has the batch: this one may not write to it any more. */
  #released = false
  readonly #hold = new AbortController()
  readonly #unwritten: (() => Promise<void>)[] = []

  constructor(ctx: Context, session: Session, id: string, said: Pick<Order, 'reason' | 'note'>) {
    this.#ctx = ctx
    this.#session = session
    this.#id = id
    this.#said = said
  }

  async toEnd(holdMs: number): Promise<void> {
    const renewal = setInterval(() => void this.#renew().catch(() => {}), this.#ctx.instance.leaseMs / 4)
    if (holdMs > 0) this.#released = !(await this.#begunAfter(holdMs).catch(() => false)) && !this.#halted
    // A failure of one worker ends no other: returns in progress are waited for.
    const workers = Array.from({ length: this.#ctx.settings.returnConcurrency }, () => this.#work())
    const ends = await Promise.allSettled(workers)
    clearInterval(renewal)
    await this.#conclude()
    const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []))
    const unexpected = failures.filter((failure) => !(failure instanceof DatabaseUnavailable))
    if (unexpected.length > 0) throw unexpected[0]
  }

  /** Waits less when the batch is undone, its session ends, or the server stops. @returns whether it may run */
  async #begunAfter(holdMs: number): Promise<boolean> {
    const { batches, clock, instance, shutdown } = this.#ctx
    const signal = AbortSignal.any([this.#hold.signal, shutdown.signal()])
    await clock.sleep(holdMs, { signal }).catch(() => {})
    return (await this.#mayGoOn()) && batches.begin(this.#id, instance.id, await batches.now())
  }

  async #work(): Promise<void> {
    try {
      while (await this.#mayGoOn()) {
        const item = await this.#ctx.batches.take(this.#id)
        if (!item) return
        await this.#return(item)
      }
    } catch (error) {
      if (error instanceof DatabaseUnavailable) this.#pause ??= 'ledger_unavailable'
      else this.#pause = 'app_failed'
      throw error
    }
  }

  async #mayGoOn(): Promise<boolean> {
    if (this.#ctx.shutdown.isStopping()) this.#released = true
    if (!this.#halted) await this.#renew()
    return !this.#halted
  }

  get #halted(): boolean {
    return this.#released || this.#pause !== null || this.#end !== null
  }

  async #renew(): Promise<void> {
    const { batches, instance } = this.#ctx
    const state = await batches.renew(this.#id, instance.id, instance.leaseMs, await batches.now())
    if (state === null) this.#released = true
    else if (state === 'stopping') this.#end ??= 'stopped'
    const now = this.#ctx.clock.now()
    if (now >= this.#session.endsAt) this.#end ??= 'session_over'
    else if (!(await this.#ctx.sessions.find(this.#session.id, now))) this.#end ??= 'signed_out'
    if (this.#halted) this.#hold.abort()
  }

  async #return(item: BatchItemRow): Promise<void> {
    const order = { number: item.number, accountId: item.account_id, ...this.#said, batchId: this.#id }
    let answer: ReturnAnswer
    try {
      answer = await returnNumber(this.#ctx, this.#session, order)
    } catch (error) {
      return this.#failed(item, error)
    }
    this.#count(answer.outcome === 'unknown')
    // Even if this write fails, the number may never wait again: its receipt has the outcome.
    await this.#write(() => this.#ctx.batches.finish(item, null))
  }

  /** A number is requeued only where it is proved that nothing was sent. */
  async #failed(item: BatchItemRow, error: unknown): Promise<void> {
    if (error instanceof DatabaseUnavailable) {
      await this.#write(() => this.#ctx.batches.requeue(item))
      throw error
    }
    if (!(error instanceof Problem)) {
      await this.#write(() => this.#ctx.batches.finish(item, 'internal'))
      throw error
    }
    if (error.code === 'stopping') {
      this.#released = true
      return this.#write(() => this.#ctx.batches.requeue(item))
    }
    await this.#write(() => this.#ctx.batches.finish(item, error.code))
    if (error.code === 'signed_out') this.#end ??= 'signed_out'
    this.#count(PAUSING.includes(error.code))
  }

  async #write(write: () => Promise<void>): Promise<void> {
    try {
      await write()
    } catch (error) {
      this.#unwritten.push(write)
      throw error
    }
  }

  #count(failed: boolean): void {
    this.#inARow = failed ? this.#inARow + 1 : 0
    if (this.#inARow >= MOST_IN_A_ROW) this.#pause ??= 'three_in_a_row'
  }

  async #conclude(): Promise<void> {
    const { batches, instance } = this.#ctx
    for (const write of this.#unwritten) await write()
    if (this.#released) return batches.release(this.#id, instance.id)
    // Once no number waits, a stop or a pause has no effect.
    const rest = await batches.anyWaiting(this.#id)
    if (rest && this.#end === null && this.#pause !== null) return batches.pause(this.#id, instance.id, this.#pause)
    const reason = (rest ? this.#end : null) ?? 'finished'
    await batches.end(this.#id, instance.id, reason, await batches.now())
  }
}
