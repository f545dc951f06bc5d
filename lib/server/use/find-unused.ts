import 'server-only'
import type { UseEvent } from '@/lib/domain/use/events'
import type { AccountUse } from '@/lib/domain/use/use'
import { streamed } from '@/lib/server/budgets/streamed'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import { codeOfFailure, problemEvent } from '@/lib/server/scan/events'
import { requireAccounts } from '@/lib/server/scan/hierarchy'
import { withRoot } from '@/lib/server/session/ask-again'
import type { Session } from '@/lib/server/session/current'
import { whileLive } from '@/lib/server/session/while-live'
import { VidaFailure } from '@/lib/server/vida/failure'
import { readAccountUse } from './read-use'
import { UseSaver } from './use-saver'

const LIMIT_MS = 30 * 60_000

const PROGRESS_MS = 500

/** For each request that may be under way at once: one account that is read and one that waits, so that no turn is lost. */
const READERS = 2

type Read = (ctx: Context, session: Session, accountId: string, signal: AbortSignal) => Promise<AccountUse>

const readInTurn: Read = (ctx, session, accountId, signal) => readAccountUse(ctx, session, accountId, signal, 'scan')

/**
 * The use of each account, once, as NDJSON; what comes is stored. It stops when its reader leaves.
 * @param accountIds is called once the reading is counted @throws what it throws; as `requireAccounts`; Problem 429
 */
export function streamUses(
  ctx: Context,
  asked: Session,
  accountIds: () => Promise<readonly string[]>,
  signal: AbortSignal,
  read: Read = readInTurn,
): Promise<ReadableStream<Uint8Array>> {
  return streamed(ctx, 'useReadings', { identity: asked.identity, signal }, async () => {
    const ids = [...new Set(await accountIds())]
    const session = await withRoot(ctx, asked)
    await requireAccounts(ctx, session, ids, signal)
    if (ctx.shutdown.isStopping()) throw new Problem('stopping')
    return whileLive(ctx, session, new UseReading(ctx, session, ids, read).lines(), signal, signedOutLines)
  })
}

const lineOf = (event: UseEvent) => `${JSON.stringify(event)}\n`

function problemOf(code: Parameters<typeof problemEvent>[0], accountId: string | null, message: string | null = null) {
  return { ...problemEvent(code, {}, message), accountId }
}

function signedOutLines(): string {
  return lineOf(problemOf('signed_out', null)) + lineOf({ type: 'done', complete: false })
}

class UseReading {
  readonly #ctx: Context
  readonly #session: Session
  readonly #ids: readonly string[]
  readonly #read: Read
  readonly #saver: UseSaver
  readonly #readable: ReadableStream<Uint8Array>
  readonly #writer: WritableStreamDefaultWriter<string>
  readonly #stop = new AbortController()
  /** Why it ended before its end; null: it did not, or its reader has left. */
  #ending: 'signed_out' | 'use_too_long' | 'stopping' | null = null
  #accountsAsked = 0
  #complete = true

  constructor(ctx: Context, session: Session, ids: readonly string[], read: Read) {
    this.#ctx = ctx
    this.#session = session
    this.#ids = ids
    this.#read = read
    this.#saver = new UseSaver(ctx, session)
    const { readable, writable } = new TextEncoderStream()
    this.#readable = readable
    this.#writer = writable.getWriter()
    this.#writer.closed.catch(() => this.#stop.abort())
  }

  lines(): ReadableStream<Uint8Array> {
    const { shutdown, log } = this.#ctx
    shutdown.tracked(this.#run()).catch(() => log('error', 'use_reading_failed'))
    return this.#readable
  }

  async #run(): Promise<void> {
    const { shutdown, settings } = this.#ctx
    const limit = setTimeout(() => this.#end('use_too_long'), LIMIT_MS)
    // Also where nothing comes, so that no proxy closes the connection.
    const progress = setInterval(() => this.#progress(), PROGRESS_MS)
    const stopping = () => this.#end('stopping')
    shutdown.signal().addEventListener('abort', stopping)
    this.#progress()
    const ids = this.#ids.values()
    await Promise.all(Array.from({ length: settings.vidaConcurrency * READERS }, () => this.#readEach(ids)))
    await this.#saver.ended()
    clearTimeout(limit)
    clearInterval(progress)
    shutdown.signal().removeEventListener('abort', stopping)
    this.#progress()
    if (this.#ending) void this.#send(problemOf(this.#ending, null))
    void this.#send({ type: 'done', complete: this.#complete && this.#ending === null })
    await this.#writer.close().catch(() => {})
  }

  async #readEach(ids: IteratorObject<string>): Promise<void> {
    const { signal } = this.#stop
    while (!signal.aborted) {
      const { done, value: id } = ids.next()
      if (done) return
      const event = await this.#use(id)
      if (event === null) return
      this.#accountsAsked += 1
      if (event.type === 'problem') this.#complete = false
      await this.#send(event)
    }
  }

  /** Null: the reading is over. */
  async #use(accountId: string): Promise<UseEvent | null> {
    const { signal } = this.#stop
    try {
      const use = await this.#read(this.#ctx, this.#session, accountId, signal)
      this.#saver.add(use)
      return { type: 'use', ...use }
    } catch (error) {
      if (signal.aborted) return null
      if (error instanceof VidaFailure) return problemOf(codeOfFailure(error), accountId, error.vidaMessage)
      // The sessions were ended before.
      if (error instanceof Problem && error.code === 'signed_out') {
        this.#end('signed_out')
        return null
      }
      this.#ctx.log('error', 'use_not_read', { name: error instanceof Error ? error.name : 'unknown' })
      return problemOf('internal', accountId)
    }
  }

  #end(why: 'signed_out' | 'use_too_long' | 'stopping'): void {
    if (!this.#stop.signal.aborted) this.#ending = why
    this.#stop.abort()
  }

  /** Not where the reader has not taken the last line yet. */
  #progress(): void {
    if ((this.#writer.desiredSize ?? 0) <= 0) return
    void this.#send({ type: 'progress', accountsAsked: this.#accountsAsked, accounts: this.#ids.length })
  }

  /** Until the reader has taken it, or has left. */
  #send(event: UseEvent): Promise<void> {
    return this.#writer.write(lineOf(event)).catch(() => {})
  }
}
