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

/** How long a batch that is over waits for the database, and how often it asks. */
const CONCLUDE_MS = 10 * 60_000
const CONCLUDE_AGAIN_MS = 1_000

const PAUSING: readonly ProblemCode[] = [
  'account_unreadable',
  'vida_unreachable',
  'vida_not_understood',
  'too_many_requests',
]

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
  /** The database failed since the lease was renewed last. */
  #isCutOff = false
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
    const begun = holdMs === 0 || (await this.#begunAfter(holdMs).catch((error: unknown) => this.#pausedBy(error)))
    if (!begun && !this.#halted) this.#released = true
    // A failure of one worker ends no other: returns in progress are waited for.
    const workers = Array.from({ length: this.#ctx.settings.returnConcurrency }, () => this.#work())
    const ends = await Promise.allSettled(workers)
    clearInterval(renewal)
    await this.#concludeWithDatabase()
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
      this.#pausedBy(error)
      throw error
    }
  }

  #pausedBy(error: unknown): false {
    if (error instanceof DatabaseUnavailable) this.#pause ??= 'ledger_unavailable'
    else this.#pause = 'app_failed'
    return false
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
    const renewal = async () => batches.renew(this.#id, instance.id, instance.leaseMs, await batches.now())
    const state = await renewal().catch((error: unknown) => {
      this.#isCutOff = true
      throw error
    })
    if (state === null && this.#isCutOff) this.#pause ??= 'ledger_unavailable'
    else if (state === null) this.#released = true
    else this.#isCutOff = false
    if (state === 'stopping') this.#end ??= 'stopped'
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

  /** Without its reason written down, a batch that the database paused looks like one whose server was stopped. */
  async #concludeWithDatabase(): Promise<void> {
    const { clock, shutdown } = this.#ctx
    for (const end = clock.now() + CONCLUDE_MS; ; ) {
      try {
        return await this.#conclude()
      } catch (error) {
        if (!(error instanceof DatabaseUnavailable) || shutdown.isStopping() || clock.now() > end) throw error
        this.#pausedBy(error)
      }
      await clock.sleep(CONCLUDE_AGAIN_MS, { ref: false, signal: shutdown.signal() }).catch(() => {})
    }
  }

  async #conclude(): Promise<void> {
    const { batches, instance } = this.#ctx
    for (let write = this.#unwritten[0]; write; write = this.#unwritten[0]) {
      await write()
      this.#unwritten.shift()
    }
    if (this.#released) return batches.release(this.#id, instance.id)
    // Once no number waits, a stop or a pause has no effect.
    const rest = await batches.anyWaiting(this.#id)
    if (rest && this.#end === null && this.#pause !== null) return batches.pause(this.#id, instance.id, this.#pause)
    const reason = (rest ? this.#end : null) ?? 'finished'
    await batches.end(this.#id, instance.id, reason, await batches.now())
  }
}
