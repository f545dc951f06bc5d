import { join } from 'node:path'
import { expect } from 'vitest'
import type { Sandbox } from '@/e2e/vida-sandbox/sandbox'
import { holding } from '@/lib/domain/accounts/testing/account-numbers'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { openDatabase } from '@/lib/server/db/database'
import { temporaryDirectory } from '@/lib/server/db/testing/databases'
import { createLedger } from '@/lib/server/ledger/ledger'
import { scopeOf } from '@/lib/server/ledger/types'
import { undoReturn } from '@/lib/server/returns/undo-return'
import type { Session } from '@/lib/server/session/current'
import { endSessions } from '@/lib/server/session/end-sessions'
import { sessionAt, signIn } from '@/lib/server/session/testing/sessions'
import { createSnapshots } from '@/lib/server/snapshots/snapshots'
import type { Lists } from './model-steps'
import { type Attempt, type Confirmation, TestApp } from './test-app'

export const LEASE_MS = 6_000
/** The first two are in the snapshot; the third is not, so its account is unknown when it is returned by hand. */
export const NUMBERS = [
  { number: '+12145550101', accountId: '100001' },
  { number: '+12145550102', accountId: '100001' },
  { number: '+12145550107', accountId: '100003' },
] as const

interface Request {
  free: boolean
  sending: boolean
  first: boolean
  ours: boolean
  cancelled: boolean
  protected: boolean
  ofThisConfirmation: number | null
}

export class ModelRun {
  readonly sandbox: Sandbox
  readonly session: Session
  readonly attempts: Attempt[] = []
  readonly effects = new Map<number, string>()
  readonly requests: Request[] = []
  /** Receipts that an undo, a sign-out or a stop of the server had cancelled when it was answered. */
  readonly cancelled = new Set<string>()
  /** Protections in force, with the receipts whose request was begun when each was answered. */
  readonly #protections = new Map<string, { id: string; begun: ReadonlySet<string> }>()
  readonly answers: { app: TestApp; answer: Promise<unknown> }[] = []
  lists: Lists = 'whole'
  apps: TestApp[] = []
  readonly #built: TestApp[] = []
  #lastRecords = new Map<string, ReturnRecord>()
  #db: Awaited<ReturnType<typeof openDatabase>> | null = null

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox
    this.session = sessionAt(sandbox.url)
  }

  async start(): Promise<void> {
    await this.sandbox.control.reset()
    this.#db = await openDatabase({ databaseUrl: null, dataDir: join(temporaryDirectory(), 'data') })
    const accounts = [holding('100001', NUMBERS[0].number, NUMBERS[1].number), holding('100003')]
    const scan = { complete: true, missing: [] }
    await signIn(this.db, this.session)
    await createSnapshots(this.db).save(this.session.identity, new Date().toISOString(), accounts, scan)
    this.apps = [this.app(), this.app()]
  }

  get db() {
    if (!this.#db) throw new Error('not started')
    return this.#db
  }

  app({ leaseMs = LEASE_MS, returnMs = 60 } = {}): TestApp {
    const app = new TestApp({
      instance: `app-${this.#built.length}`,
      db: this.db,
      vida: { url: this.sandbox.url, token: this.sandbox.tokens.reseller },
      leaseMs,
      returnMs,
      onPost: (...args) => this.#beforePost(...args),
    })
    this.#built.push(app)
    return app
  }

  at(index: number): TestApp {
    const app = this.apps[index]
    if (!app) throw new Error(`no app ${index}`)
    return app
  }

  async #beforePost(number: string, confirmation: Confirmation | null, instance: string): Promise<Attempt> {
    const lock = await this.db.queries
      .selectFrom('return_locks')
      .selectAll()
      .where('number', '=', number)
      .executeTakeFirst()
    const receiptId = lock?.receipt_id ?? 'no lock'
    const events = await this.db.queries
      .selectFrom('return_events')
      .select(['how', 'at'])
      .where('receipt_id', '=', receiptId)
      .execute()
    const sending = events.find(({ how }) => how === 'sending')
    // Checked at the end: the code under test would take an error thrown here for its own.
    const others = (await this.records()).filter((record) => record.number === number && record.receiptId !== receiptId)
    const free = others.every(({ outcome }) => outcome !== 'open' && outcome !== 'unknown')
    const first = this.attempts.every((attempt) => attempt.receiptId !== receiptId)
    // The lease counts when sending is decided: the clock may be put forward, and the return taken over, before it goes out.
    const isOver = lock !== undefined && lock.lease_until <= Date.now()
    const ours =
      lock?.instance === instance &&
      (lock.state === 'open' || isOver) &&
      sending !== undefined &&
      lock.lease_until > Date.parse(sending.at)
    const cancelled = this.cancelled.has(receiptId)
    const protection = this.#protections.get(number)
    const isProtected = protection !== undefined && !protection.begun.has(receiptId)
    const facts = { free, sending: sending !== undefined, first, ours, cancelled }
    this.requests.push({ ...facts, protected: isProtected, ofThisConfirmation: confirmation?.attempts.length ?? null })
    const attempt: Attempt = { receiptId, number, connections: [] }
    this.attempts.push(attempt)
    return attempt
  }

  /** The session's row is gone afterwards; its returns that were not sent count as cancelled. */
  async signOut(app: TestApp): Promise<void> {
    await endSessions(app.ctx, { sessionId: this.session.id }, 'signed_out')
    await this.#cancelled()
    await signIn(this.db, this.session)
  }

  async undoNewest(app: TestApp): Promise<void> {
    const newest = (await this.records()).find(({ outcome }) => outcome === 'open')
    if (!newest) return
    await undoReturn(app.ctx, this.session, newest.receiptId)
    this.cancelled.add(newest.receiptId)
  }

  async protect(number: string): Promise<void> {
    const { protections } = createLedger(this.db)
    const order = { level: 'number', target: number, name: null, reason: 'Main line', operator: null } as const
    const answer = await protections.set(scopeOf(this.session), order)
    if (answer.kind !== 'set') return
    const begun = (await this.records()).filter(({ events }) => events.some(({ how }) => how === 'sending'))
    this.#protections.set(number, {
      id: answer.protection.id,
      begun: new Set(begun.map(({ receiptId }) => receiptId)),
    })
  }

  async lift(number: string): Promise<void> {
    const protection = this.#protections.get(number)
    this.#protections.delete(number)
    const by = { reason: 'Closed', operator: null }
    if (protection) await createLedger(this.db).protections.lift(scopeOf(this.session), protection.id, by)
  }

  async #cancelled(): Promise<void> {
    for (const { receiptId, outcome, events } of await this.records())
      if (outcome === 'not_sent' && events.length === 1) this.cancelled.add(receiptId)
  }

  async records(): Promise<ReturnRecord[]> {
    const { returns } = await createLedger(this.db).list(scopeOf(this.session), { limit: 500 })
    return returns
  }

  async recordWith(number: string, outcome: ReturnRecord['outcome']): Promise<ReturnRecord | undefined> {
    return (await this.records()).find((record) => record.number === number && record.outcome === outcome)
  }

  async expectGrowth(): Promise<void> {
    const now = new Map((await this.records()).map((record) => [record.receiptId, record]))
    for (const [receiptId, before] of this.#lastRecords) {
      expect(now.get(receiptId)?.events.slice(0, before.events.length)).toEqual(before.events)
    }
    this.#lastRecords = now
  }

  async holds(number: string, accountId: string | null): Promise<boolean> {
    const places = await this.sandbox.control.numbers()
    return places.some((place) => place.number === number && (accountId === null || place.accountId === accountId))
  }

  async end(): Promise<void> {
    for (const app of this.#built) app.crash()
    for (const app of this.#built) await app.settled()
    await this.db.close()
  }
}
