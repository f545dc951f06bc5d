import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import { Socket } from 'node:net'
import type { Context } from '@/lib/server/context/context'
import { testContext } from '@/lib/server/context/testing/context'
import type { Database } from '@/lib/server/db/database'
import { LedgerUnavailable } from '@/lib/server/ledger/errors'
import { createLedger } from '@/lib/server/ledger/ledger'
import type { Ledger } from '@/lib/server/ledger/types'
import { sharedIn } from '@/lib/server/process/shared'
import { type Shutdown, shutdownOf } from '@/lib/server/process/shutdown'
import { createSessionStore } from '@/lib/server/session-store/session-store'
import { createSnapshots } from '@/lib/server/snapshots/snapshots'
import { createUses } from '@/lib/server/snapshots/uses'
import { createVidaClient, type ReturnConnection, type VidaClient } from '@/lib/server/vida/client'
import { Pace } from '@/lib/server/vida/pace'

export const STEPS = [
  'intent',
  'read before',
  'connect',
  'sending',
  'request',
  'outcome',
  'read after',
  'proof',
] as const

export interface Fault {
  kind: 'crash' | 'freeze' | 'ledger fails'
  /** A step of a return, or the first call of Vida, whatever came before it. */
  at: (typeof STEPS)[number] | 'vida'
  /** `after`: the step was done, and the app gets no result of it. */
  when: 'before' | 'after'
}

export interface Attempt {
  receiptId: string
  number: string
  connections: Socket[]
}

export function wroteAnything({ connections }: Attempt): boolean {
  return connections.some(({ bytesWritten }) => bytesWritten > 0)
}

export interface Confirmation {
  attempts: Attempt[]
}

export interface TestAppOptions {
  instance: string
  db: Database
  vida: { url: string; token: string }
  leaseMs: number
  returnMs: number
  onPost: (number: string, confirmation: Confirmation | null, instance: string) => Promise<Attempt>
}

export class TestApp {
  readonly ctx: Context
  readonly state = {}
  readonly ledger: Ledger
  readonly #vida: TestAppOptions['vida']
  readonly #returnMs: number
  readonly #onPost: TestAppOptions['onPost']
  #fault: Fault | null = null
  #steps = 0
  #dead = false
  #silence = Promise.withResolvers<void>()
  #frozen: PromiseWithResolvers<void> | null = null
  readonly #inProgress = new Set<Promise<unknown>>()
  readonly #tracked = new Set<Promise<unknown>>()

  constructor({ instance, db, vida, leaseMs, returnMs, onPost }: TestAppOptions) {
    this.#vida = vida
    this.#returnMs = returnMs
    this.#onPost = onPost
    this.ledger = this.#guarded(createLedger(db, { now: () => Date.now() }))
    this.ctx = testContext({
      instance: { id: instance, leaseMs },
      shared: sharedIn(this.state),
      ledger: this.ledger,
      snapshots: createSnapshots(db),
      uses: createUses(db),
      sessions: createSessionStore(db),
      vida: () => this.client(),
      shutdown: this.#watched(shutdownOf(sharedIn(this.state))),
    })
  }

  get silent(): Promise<void> {
    return this.#silence.promise
  }

  get isDead(): boolean {
    return this.#dead
  }

  plan(fault: Fault | null): void {
    this.#fault = fault
    this.#steps = 0
  }

  crash(): void {
    this.#dead = true
    this.#silence.resolve()
  }

  thaw(): void {
    this.#frozen?.resolve()
    this.#frozen = null
    if (!this.#dead) this.#silence = Promise.withResolvers()
  }

  #watched(shutdown: Shutdown): Shutdown {
    return {
      ...shutdown,
      tracked: (work) => {
        const done = () => this.#tracked.delete(work)
        this.#tracked.add(work)
        work.then(done, done)
        return shutdown.tracked(work)
      },
    }
  }

  /** Until no return of this app is held or under way. */
  async idle(): Promise<void> {
    while (this.#tracked.size > 0 && !this.#dead) await Promise.allSettled([...this.#tracked])
  }

  async settled(): Promise<void> {
    await Promise.allSettled([...this.#inProgress])
  }

  client(): VidaClient {
    const deadlines = { attemptMs: 500, totalMs: 1_000, returnMs: this.#returnMs, backoffMs: 1 }
    const client = createVidaClient({ baseUrl: this.#vida.url, token: this.#vida.token, pace: new Pace(4), deadlines })
    return {
      ...client,
      numbers: (...args) => this.#step('vida', () => client.numbers(...args)),
      connectForReturn: (signal) => {
        const connections: Socket[] = []
        const connect = () => sockets.run(connections, () => client.connectForReturn(signal))
        return this.#step('vida', connect).then((connection) => connection && this.#sending(connection, connections))
      },
    }
  }

  #sending({ send, close }: ReturnConnection, connections: Socket[]): ReturnConnection {
    const confirmation = confirmations.getStore() ?? null
    return {
      close,
      send: (number) =>
        this.#step('post', async () => {
          const attempt = await this.#onPost(number, confirmation, this.ctx.instance.id)
          attempt.connections.push(...connections)
          confirmation?.attempts.push(attempt)
          return send(number)
        }),
    }
  }

  #guarded(ledger: Ledger): Ledger {
    return {
      ...ledger,
      intend: (intent) => this.#step('ledger', () => ledger.intend(intent)),
      beginSending: (...args) => this.#step('ledger', () => ledger.beginSending(...args)),
      append: (...args) => this.#step('ledger', () => ledger.append(...args)),
      settleOrphans: (scope) => this.#step('ledger', () => ledger.settleOrphans(scope)),
      unsettled: (scope) => this.#step('ledger', () => ledger.unsettled(scope)),
      unverified: (scope) => this.#step('ledger', () => ledger.unverified(scope)),
      get: (...args) => this.#step('ledger', () => ledger.get(...args)),
    }
  }

  async #step<T>(what: 'ledger' | 'vida' | 'post', act: () => Promise<T>): Promise<T> {
    this.#steps += 1
    const at = this.#fault?.at
    const fault = at === what || (at && at === STEPS[this.#steps - 1]) ? this.#fault : null
    if (fault) this.#fault = null
    // No code can notice that it was suspended between its last reading of the clock and the first byte sent.
    const noticeable = !(what === 'post' && (fault?.kind === 'freeze' || this.#frozen))
    if (fault?.when === 'before' && noticeable) this.#fail(fault, what)
    if (noticeable || this.#dead) await this.#alive()
    const acting = act()
    this.#inProgress.add(acting)
    const result = await acting.finally(() => this.#inProgress.delete(acting))
    if (fault?.when === 'after') this.#fail(fault, what)
    await this.#alive()
    return result
  }

  #fail({ kind }: Fault, what: string): void {
    if (kind === 'crash') this.crash()
    else if (kind === 'freeze') {
      this.#frozen ??= Promise.withResolvers()
      this.#silence.resolve()
    } else if (what === 'ledger') throw new LedgerUnavailable('TEST')
  }

  async #alive(): Promise<void> {
    while (this.#frozen) await this.#frozen.promise
    if (this.#dead) await new Promise(() => {})
  }
}

const confirmations = new AsyncLocalStorage<Confirmation>()
const sockets = new AsyncLocalStorage<Socket[]>()
// Node publishes each client connection in the async context that opened it, so the code under test needs no change.
subscribe('net.client.socket', (message) => {
  if (!(message instanceof Object && 'socket' in message && message.socket instanceof Socket)) return
  sockets.getStore()?.push(message.socket)
})

export function confirming<T>(confirmation: Confirmation, act: () => Promise<T>): Promise<T> {
  return confirmations.run(confirmation, act)
}
