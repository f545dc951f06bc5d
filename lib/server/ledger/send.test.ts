import { expect, it } from 'vitest'
import { createBatchStore } from '@/lib/server/batch-store/batch-store'
import { createBatch } from '@/lib/server/batch-store/testing/batches'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { intentFor, SCOPE } from '@/lib/server/ledger/testing/intents'
import { sessionAt, signIn } from '@/lib/server/session/testing/sessions'
import { createSessionStore } from '@/lib/server/session-store/session-store'
import { LedgerConflict } from './errors'
import { createLedger } from './ledger'
import type { Intent, SendOrder } from './types'

const NUMBER = '+12145551234'
const ORDER: SendOrder = { instance: 'instance-1', leaseMs: 60_000, proven: true }
const NEIGHBOUR = { ...SCOPE, ownerId: '9002' }
const MINUTE = 60_000

describeEachDatabase('whether a confirmed return may be sent', (open) => {
  async function scene() {
    const { db, again } = await open()
    const time = { at: Date.now() }
    const ledger = createLedger(db, { now: () => time.at })
    await signIn(db, sessionAt(SCOPE.origin))
    const intend = async (changes: Partial<Intent> = {}) => (await ledger.intend(intentFor(NUMBER, changes))).receiptId
    const send = (receiptId: string, order: Partial<SendOrder> = {}) =>
      ledger.beginSending(receiptId, { ...ORDER, ...order })
    const stepsOf = async (receiptId: string, scope = SCOPE) =>
      (await ledger.get(scope, receiptId))?.events.map(({ how, outcome }) => `${how}: ${outcome}`)
    return { db, again, time, ledger, intend, send, stepsOf }
  }

  it('is yes for a live session and a lease of its own, once', async () => {
    const { intend, send, stepsOf } = await scene()
    const receiptId = await intend()
    expect(await send(receiptId)).toEqual({ kind: 'sending' })
    expect(await send(receiptId)).toEqual({ kind: 'ended', how: 'sending' })
    expect(await stepsOf(receiptId)).toEqual(['sending: open'])
  })

  it('is no after an undo, which is too late once the request was begun', async () => {
    const { ledger, intend, send, stepsOf } = await scene()
    const receiptId = await intend({ holdMs: 8_000 })
    expect(await ledger.undo(NEIGHBOUR, receiptId)).toBe(false)
    expect(await ledger.undo(SCOPE, receiptId)).toBe(true)
    expect(await ledger.undo(SCOPE, receiptId)).toBe(true)
    expect(await send(receiptId)).toEqual({ kind: 'ended', how: 'undone' })
    expect(await stepsOf(receiptId)).toEqual(['undone: not_sent'])
    const next = await intend()
    await send(next)
    await expect(ledger.undo(SCOPE, next)).rejects.toBeInstanceOf(LedgerConflict)
  })

  it('is decided once when undo and request come at the same moment', async () => {
    const { again, ledger, intend, send, stepsOf } = await scene()
    const other = createLedger(await again())
    for (let round = 0; round < 10; round++) {
      const receiptId = await intend()
      const undo = other.undo(SCOPE, receiptId).catch(() => false)
      const [undone, sent] = await Promise.all([undo, send(receiptId)])
      expect(sent.kind === 'sending').toBe(!undone)
      expect(await stepsOf(receiptId)).toHaveLength(1)
      if (!undone) await ledger.append(receiptId, { outcome: 'refused', how: 'vida_answered' })
    }
  })

  it('is no once the session has ended, whose unsent returns are cancelled', async () => {
    const { db, ledger, intend, send, stepsOf } = await scene()
    const cancelled = await intend()
    await ledger.cancelUnsent({ sessionId: 'another session' })
    expect(await stepsOf(cancelled)).toEqual([])
    await ledger.cancelUnsent({ sessionId: 'session-1' })
    expect(await stepsOf(cancelled)).toEqual(['signed_out: not_sent'])
    const receiptId = await intend()
    await createSessionStore(db).end('session-1')
    expect(await send(receiptId)).toEqual({ kind: 'ended', how: 'signed_out' })
  })

  it('leaves what was begun alone when all sessions of an identity end', async () => {
    const { ledger, intend, send, stepsOf } = await scene()
    const begun = await intend()
    await send(begun)
    await ledger.cancelUnsent({ identity: 'identity-1' })
    expect(await stepsOf(begun)).toEqual(['sending: open'])
  })

  it('is no two minutes after the end of the hold', async () => {
    const { time, intend, send } = await scene()
    const receiptId = await intend({ holdMs: 8_000, leaseMs: 10 * MINUTE })
    time.at += 8_000 + 2 * MINUTE + 1
    expect(await send(receiptId)).toEqual({ kind: 'ended', how: 'too_old' })
  })

  it('is no where the app returns nothing, also for what was confirmed before it was set so', async () => {
    const { again, time, intend, stepsOf } = await scene()
    const later = createLedger(await again(), { now: () => time.at, readOnly: true })
    for (const changes of [{}, { holdMs: 8_000 }, { batchId: 'B-1' }]) {
      const receiptId = await intend(changes)
      expect(await later.beginSending(receiptId, ORDER)).toEqual({ kind: 'ended', how: 'read_only' })
      expect(await stepsOf(receiptId)).toEqual(['read_only: not_sent'])
    }
  })

  it('is no without a lease that is still its own', async () => {
    const { time, ledger, intend, send, stepsOf } = await scene()
    const foreign = await intend()
    expect(await send(foreign, { instance: 'instance-2' })).toEqual({ kind: 'ended', how: 'lease_lost' })
    const expired = await intend({ leaseMs: 1_000 })
    time.at += 1_000
    expect(await send(expired)).toEqual({ kind: 'ended', how: 'lease_lost' })
    expect(await stepsOf(expired)).toEqual(['lease_lost: not_sent'])
    const slept = await intend({ leaseMs: 1_000 })
    time.at += 1_000
    expect(await ledger.renew(slept, 'instance-1', 1_000)).toBe(false)
    expect(await send(slept)).toEqual({ kind: 'ended', how: 'lease_lost' })
  })

  it('is no for a batch that is stopping, or that another instance runs', async () => {
    const { db, intend, send } = await scene()
    const batches = createBatchStore(db)
    const now = await batches.now()
    const batchId = await createBatch(batches, { scope: SCOPE, items: [] }, now)
    const first = await intend({ batchId })
    expect(await send(first)).toEqual({ kind: 'sending' })
    await batches.stop(batchId, now)
    const second = await intend({ batchId, scope: NEIGHBOUR })
    expect(await send(second)).toEqual({ kind: 'ended', how: 'stopped' })
    const elsewhere = await createBatch(batches, { scope: SCOPE, items: [], instance: 'instance-2' }, now)
    const third = await intend({ batchId: elsewhere, scope: NEIGHBOUR })
    expect(await send(third)).toEqual({ kind: 'ended', how: 'stopped' })
  })

  it('is no while another owner’s return has the number, and yes when that one has ended', async () => {
    const { ledger, intend, send, stepsOf } = await scene()
    const first = await intend()
    const second = await intend({ scope: NEIGHBOUR })
    await send(first)
    expect(await send(second)).toEqual({ kind: 'ended', how: 'held_elsewhere' })
    expect(await stepsOf(second, NEIGHBOUR)).toEqual(['held_elsewhere: not_sent'])
    await ledger.append(first, { outcome: 'unknown', how: 'no_answer' })
    expect(await send(await intend({ scope: NEIGHBOUR }))).toEqual({ kind: 'ended', how: 'held_elsewhere' })
    await ledger.append(first, { outcome: 'not_returned', how: 'marked_by_person' })
    expect(await send(await intend({ scope: NEIGHBOUR }))).toEqual({ kind: 'sending' })
  })

  it('is no after another owner returned the number, if the account may have been read before that', async () => {
    const { ledger, time, intend, send } = await scene()
    const first = await intend()
    await send(first)
    const second = await intend({ scope: NEIGHBOUR })
    time.at += 1
    await ledger.append(first, { outcome: 'returned', how: 'vida_answered' })
    expect(await send(second)).toEqual({ kind: 'ended', how: 'held_elsewhere' })
    time.at += 1
    expect(await send(await intend({ scope: NEIGHBOUR }))).toEqual({ kind: 'sending' })
  })

  it('never takes the shared lock for a number that no account was read to hold, and respects it', async () => {
    const { intend, send } = await scene()
    const byHand = await intend({ accountId: null })
    expect(await send(byHand, { proven: false })).toEqual({ kind: 'sending' })
    const owner = await intend({ scope: NEIGHBOUR })
    expect(await send(owner)).toEqual({ kind: 'sending' })
    const again = await intend({ scope: { ...SCOPE, ownerId: '9003' }, accountId: null })
    expect(await send(again, { proven: false })).toEqual({ kind: 'ended', how: 'held_elsewhere' })
  })

  it('is no while a stopped server’s return has the number: what came of its request is not known', async () => {
    const { time, ledger, intend, send } = await scene()
    const orphan = await intend()
    await send(orphan, { leaseMs: 1_000 })
    time.at += 1_000
    expect(await send(await intend({ scope: NEIGHBOUR }))).toEqual({ kind: 'ended', how: 'held_elsewhere' })
    await ledger.settleOrphans(SCOPE)
    expect(await ledger.get(SCOPE, orphan)).toMatchObject({ outcome: 'unknown' })
    expect(await send(await intend({ scope: NEIGHBOUR }))).toEqual({ kind: 'ended', how: 'held_elsewhere' })
  })

  it('is asked once for a request id: the same request finds its receipt, another one is refused', async () => {
    const { ledger, intend } = await scene()
    const request = { id: '2f1c9a0e-0000-4000-8000-000000000001', digest: 'a' }
    const first = await intend({ request })
    expect(await ledger.intend(intentFor(NUMBER, { request }))).toEqual({ kind: 'repeated', receiptId: first })
    const other = intentFor('+12145559999', { request: { ...request, digest: 'b' } })
    expect(await ledger.intend(other)).toEqual({ kind: 'reused', receiptId: first })
    const neighbour = intentFor(NUMBER, { request, scope: NEIGHBOUR })
    expect((await ledger.intend(neighbour)).kind).toBe('intended')
  })

  it('refuses one of two requests with one id that come at the same moment for different numbers', async () => {
    const { again, ledger } = await scene()
    const other = createLedger(await again())
    const id = '2f1c9a0e-0000-4000-8000-000000000003'
    const answers = await Promise.all([
      ledger.intend(intentFor(NUMBER, { request: { id, digest: 'a' } })),
      other.intend(intentFor('+12145559999', { request: { id, digest: 'b' } })),
    ])
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['intended', 'reused'])
    const free = answers[0]?.kind === 'reused' ? NUMBER : '+12145559999'
    expect((await ledger.intend(intentFor(free))).kind).toBe('intended')
  })

  it('is written once when the same request comes twice at the same moment', async () => {
    const { again, ledger } = await scene()
    const other = createLedger(await again())
    const intent = intentFor(NUMBER, { request: { id: '2f1c9a0e-0000-4000-8000-000000000002', digest: 'a' } })
    const answers = await Promise.all([ledger, other, ledger, other].map((each) => each.intend(intent)))
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['intended', 'repeated', 'repeated', 'repeated'])
  })
})
