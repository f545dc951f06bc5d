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
import { createSnapshots } from '@/lib/server/snapshots/snapshots'
import { createVidaClient, type VidaClient } from '@/lib/server/vida/client'
import { Pace } from '@/lib/server/vida/pace'

/** What goes wrong in an app, and at which of its steps: each call of the ledger and each request to Vida is one. */
export interface Fault {
  kind: 'crash' | 'freeze' | 'ledger fails'
  /** Counted from 1, from the moment the fault is planned. */
  step: number
  /** `after`: the step was done, and the app does not learn of it. */
  when: 'before' | 'after'
}

/** One call of the code that sends a return, for the receipt that held the number's lock then. */
export interface Attempt {
  receiptId: string
  number: string
  /** The connections that were opened for it: what was written on them is what can have reached Vida. */
  connections: Socket[]
}

/** Whether a byte left for Vida: an attempt whose connection did not come about in time wrote none. */
export function wroteAnything({ connections }: Attempt): boolean {
  return connections.some(({ bytesWritten }) => bytesWritten > 0)
}

/** One confirmation of a person, and what was tried for it. */
export interface Confirmation {
  attempts: Attempt[]
}

export interface TestAppOptions {
  instance: string
  db: Database
  vida: { url: string; token: string }
  leaseMs: number
  /** The deadline of a return request, so short that one which hangs is over soon. */
  returnMs: number
  /** Called just before a return request goes out. */
  onPost: (number: string, confirmation: Confirmation | null) => Promise<Attempt>
}

/** One process of the app, inside this one: with process-wide state and faults of its own. */
export class TestApp {
  readonly ctx: Context
  /** The process-wide state, by name. */
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
  readonly #underWay = new Set<Promise<unknown>>()

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
      sessions: { endAll: async () => {} },
      vida: () => this.client(),
    })
  }

  /** Resolves when the app has crashed or is frozen: nobody gets an answer from it then. */
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

  /** A frozen app goes on where it was. */
  thaw(): void {
    this.#frozen?.resolve()
    this.#frozen = null
    if (!this.#dead) this.#silence = Promise.withResolvers()
  }

  /** Resolves when nothing of a crashed app is on its way to the database or to Vida any more. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#underWay])
  }

  /** Vida as this app reaches it. */
  client(): VidaClient {
    const deadlines = { attemptMs: 250, totalMs: 500, returnMs: this.#returnMs, backoffMs: 1 }
    const client = createVidaClient({ baseUrl: this.#vida.url, token: this.#vida.token, pace: new Pace(4), deadlines })
    return {
      ...client,
      numbers: (...args) => this.#step('vida', () => client.numbers(...args)),
      returnNumber: (number) => {
        const confirmation = confirmations.getStore() ?? null
        const send = async () => {
          const attempt = await this.#onPost(number, confirmation)
          confirmation?.attempts.push(attempt)
          return attempts.run(attempt, () => client.returnNumber(number))
        }
        return this.#step('post', send)
      },
    }
  }

  #guarded(ledger: Ledger): Ledger {
    return {
      ...ledger,
      intend: (intent) => this.#step('ledger', () => ledger.intend(intent)),
      append: (...args) => this.#step('ledger', () => ledger.append(...args)),
      settleOrphans: (scope) => this.#step('ledger', () => ledger.settleOrphans(scope)),
      unsettled: (scope) => this.#step('ledger', () => ledger.unsettled(scope)),
      unverified: (scope) => this.#step('ledger', () => ledger.unverified(scope)),
      get: (...args) => this.#step('ledger', () => ledger.get(...args)),
    }
  }

  async #step<T>(what: 'ledger' | 'vida' | 'post', act: () => Promise<T>): Promise<T> {
    this.#steps += 1
    const fault = this.#fault?.step === this.#steps ? this.#fault : null
    // No code can tell whether it slept between its last look at the clock and the first byte on the wire.
    if (fault?.when === 'before' && !(what === 'post' && fault.kind === 'freeze')) this.#fail(fault, what)
    await this.#alive()
    const acting = act()
    this.#underWay.add(acting)
    const result = await acting.finally(() => this.#underWay.delete(acting))
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
const attempts = new AsyncLocalStorage<Attempt>()
// Node reports every client connection in the context that opened it, so the code under test needs no change.
subscribe('net.client.socket', (message) => {
  if (!(message instanceof Object && 'socket' in message && message.socket instanceof Socket)) return
  attempts.getStore()?.connections.push(message.socket)
})

/** Runs `act` for a confirmation, so that its requests are counted there. */
export function confirming<T>(confirmation: Confirmation, act: () => Promise<T>): Promise<T> {
  return confirmations.run(confirmation, act)
}
