import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import { Socket } from 'node:net'
import type { Database } from '@/lib/server/db/database'
import { LedgerUnavailable } from '@/lib/server/ledger/errors'
import { createLedger } from '@/lib/server/ledger/ledger'
import type { Ledger, Scope } from '@/lib/server/ledger/types'
import type { Session } from '@/lib/server/session/current'
import { createVidaClient, type VidaClient } from '@/lib/server/vida/client'
import { Pace } from '@/lib/server/vida/pace'

/** What goes wrong in a house, and at which of its steps: each call of the ledger and each request to Vida is one. */
export interface Mishap {
  kind: 'crash' | 'freeze' | 'ledger fails'
  /** Counted from 1, from the moment the mishap is set. */
  step: number
  /** `after`: the step was done, and the house does not learn of it. */
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

export interface HouseOptions {
  instance: string
  db: Database
  vida: { url: string; token: string }
  leaseMs: number
  /** The deadline of a return request, so short that one which hangs is over soon. */
  returnMs: number
  /** Called just before a return request goes out. */
  onPost: (number: string, confirmation: Confirmation | null) => Promise<Attempt>
}

/** One process of the app, in this one: its own process-wide state, and its own way to fail. */
export class House {
  readonly instance: string
  readonly leaseMs: number
  readonly slots = new Map<string, unknown>()
  readonly db: Database
  readonly ledger: Ledger
  readonly #vida: HouseOptions['vida']
  readonly #returnMs: number
  readonly #onPost: HouseOptions['onPost']
  #mishap: Mishap | null = null
  #steps = 0
  #dead = false
  #death = Promise.withResolvers<void>()
  #ice: PromiseWithResolvers<void> | null = null
  readonly #underWay = new Set<Promise<unknown>>()

  constructor({ instance, db, vida, leaseMs, returnMs, onPost }: HouseOptions) {
    this.instance = instance
    this.db = db
    this.leaseMs = leaseMs
    this.#vida = vida
    this.#returnMs = returnMs
    this.#onPost = onPost
    this.ledger = this.#guarded(createLedger(db, { now: () => Date.now() }))
  }

  /** Resolves when the house has crashed or is frozen: nobody gets an answer from it then. */
  get silent(): Promise<void> {
    return this.#death.promise
  }

  get isDead(): boolean {
    return this.#dead
  }

  plan(mishap: Mishap | null): void {
    this.#mishap = mishap
    this.#steps = 0
  }

  crash(): void {
    this.#dead = true
    this.#death.resolve()
  }

  /** A frozen house goes on where it was. */
  thaw(): void {
    this.#ice?.resolve()
    this.#ice = null
    if (!this.#dead) this.#death = Promise.withResolvers()
  }

  /** Resolves when nothing of a crashed house is on its way to the database or to Vida any more. */
  async buried(): Promise<void> {
    await Promise.allSettled([...this.#underWay])
  }

  /** Vida as this house reaches it. */
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
      adoptOrphans: (scope) => this.#step('ledger', () => ledger.adoptOrphans(scope)),
      unsettled: (scope) => this.#step('ledger', () => ledger.unsettled(scope)),
      unverified: (scope) => this.#step('ledger', () => ledger.unverified(scope)),
      get: (...args) => this.#step('ledger', () => ledger.get(...args)),
    }
  }

  async #step<T>(what: 'ledger' | 'vida' | 'post', act: () => Promise<T>): Promise<T> {
    this.#steps += 1
    const mishap = this.#mishap?.step === this.#steps ? this.#mishap : null
    // No code can tell whether it slept between its last look at the clock and the first byte on the wire.
    if (mishap?.when === 'before' && !(what === 'post' && mishap.kind === 'freeze')) this.#suffer(mishap, what)
    await this.#here()
    const acting = act()
    this.#underWay.add(acting)
    const result = await acting.finally(() => this.#underWay.delete(acting))
    if (mishap?.when === 'after') this.#suffer(mishap, what)
    await this.#here()
    return result
  }

  #suffer({ kind }: Mishap, what: string): void {
    if (kind === 'crash') this.crash()
    else if (kind === 'freeze') {
      this.#ice ??= Promise.withResolvers()
      this.#death.resolve()
    } else if (what === 'ledger') throw new LedgerUnavailable('TEST')
  }

  async #here(): Promise<void> {
    while (this.#ice) await this.#ice.promise
    if (this.#dead) await new Promise(() => {})
  }
}

const houses = new AsyncLocalStorage<House>()
const confirmations = new AsyncLocalStorage<Confirmation>()
const attempts = new AsyncLocalStorage<Attempt>()
// Node tells of every client connection, in the context that opened it: no word of the code under test is needed.
subscribe('net.client.socket', (message) => {
  if (!(message instanceof Object && 'socket' in message && message.socket instanceof Socket)) return
  attempts.getStore()?.connections.push(message.socket)
})

/** Runs `act` as code of that house. */
export function inHouse<T>(house: House, confirmation: Confirmation, act: () => Promise<T>): Promise<T> {
  return houses.run(house, () => confirmations.run(confirmation, act))
}

function here(): House {
  const house = houses.getStore()
  if (!house) throw new Error('this code runs in no house')
  return house
}

// What the tests put in the place of the rooms that hold a process's own state.
export const processRoom = {
  shared<Value>(name: string, make: () => Value): Value {
    const { slots } = here()
    if (!slots.has(name)) slots.set(name, make())
    // What stands there came from the same `make`.
    return slots.get(name) as Value
  },
}
export const databaseRoom = { database: async () => here().db }
export const connectionRoom = { vidaFor: () => here().client() }
export const sessionRoom = { sessions: async () => ({ endAll: async () => {} }) }
export const ledgerRoom = {
  get INSTANCE() {
    return here().instance
  },
  get LEASE_MS() {
    return here().leaseMs
  },
  ledger: async () => here().ledger,
  scopeOf: ({ origin, account }: Session): Scope => ({ origin, ownerId: account.id }),
}
/** A hundred times faster, so that the checks at 1, 3, 10 and 30 s are over in 300 ms. */
export const timersRoom = {
  setTimeout: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms / 100)),
}
