import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Sandbox, startSandbox } from '@/e2e/vida-sandbox/sandbox'
import type { Batch } from '@/lib/domain/batches/batch'
import type { BatchStore } from '@/lib/server/batch-store/batch-store'
import { type BatchScenario, NUMBERS, openBatchScenario } from '@/lib/server/batches/testing/batch-scenario'
import type { Context } from '@/lib/server/context/context'
import { DatabaseUnavailable } from '@/lib/server/db/unavailable'
import type { Ledger } from '@/lib/server/ledger/types'
import { continueBatch, readBatch } from './batches'
import { runBatch } from './run-batch'

const [FIRST = '', SECOND = '', THIRD = ''] = NUMBERS.map(({ number }) => number)
const RETURN = { path: 'phoneNumber/return' }
const away = () => new DatabaseUnavailable('TEST')

let sandbox: Sandbox
let scenario: BatchScenario
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  scenario = await openBatchScenario(sandbox)
})

function run(id: string, changes: Partial<BatchStore> = {}, ctx = scenario.ctx): void {
  const batches = { ...scenario.store, ...changes }
  runBatch({ ...ctx, batches }, scenario.session, { id, reason: null, note: null, holdMs: 0, over: () => {} })
}

/** A context in which the first return's intent fails with this error, before anything is written. */
function failingIntent(error: Error): Context {
  let failures = 0
  const { ledger } = scenario.ctx
  const intend: Ledger['intend'] = async (intent) => {
    if (failures++ === 0) throw error
    return ledger.intend(intent)
  }
  return { ...scenario.ctx, ledger: { ...ledger, intend } }
}

/** The batch once no instance runs it. */
async function rested(id: string): Promise<Batch> {
  await vi.waitFor(
    async () => expect((await readBatch(scenario.ctx, scenario.session, id)).state).toMatch(/paused|ended/),
    10_000,
  )
  return readBatch(scenario.ctx, scenario.session, id)
}

/** A verb of the store that fails once, for the number `of`, and works afterwards. */
function failingOnce<Verb extends 'finish' | 'requeue'>(verb: Verb, of: string): Pick<BatchStore, Verb> {
  let failures = 0
  const real: BatchStore[Verb] = scenario.store[verb]
  // Both verbs take the number's row first.
  const failing = async (...args: Parameters<BatchStore[Verb]>) => {
    if (args[0].number === of && failures++ === 0) throw away()
    await (real as (...all: Parameters<BatchStore[Verb]>) => Promise<void>)(...args)
  }
  return { [verb]: failing } as Pick<BatchStore, Verb>
}

describe('a number that Vida was asked to return', () => {
  it('is never sent again, although its end could not be written', async () => {
    const id = await scenario.write([FIRST, SECOND, THIRD])
    // A refusal leaves the number in its account and unlocked, so a second request would be visible.
    await sandbox.control.fault({ match: RETURN, effect: { work: 'never', answer: { kind: 'status', status: 409 } } })
    run(id, failingOnce('finish', FIRST))
    const before = await rested(id)
    expect(before.items[0]).toMatchObject({ number: FIRST, outcome: 'refused' })
    await continueBatch(scenario.ctx, scenario.session, id)
    const ended = await rested(id)
    expect(ended).toMatchObject({ state: 'ended', reason: 'finished', counts: { waiting: 0, open: 0, not_sent: 0 } })
    expect((await scenario.posts()).toSorted()).toEqual([FIRST, SECOND, THIRD])
  })

  it('keeps its receipt’s outcome where the database stays unavailable and the server restarts', async () => {
    const id = await scenario.write([FIRST, SECOND, THIRD])
    const gone = async () => Promise.reject(away())
    run(id, { finish: gone, requeue: gone, pause: gone, end: gone, anyWaiting: gone })
    await vi.waitFor(async () => expect(await scenario.posts()).toHaveLength(2))
    // As after the lease's end: no instance runs it.
    await vi.waitFor(async () =>
      expect((await scenario.store.items(id)).filter(({ state }) => state === 'taken')).toHaveLength(2),
    )
    await vi.waitFor(async () => expect((await readBatch(scenario.ctx, scenario.session, id)).counts.returned).toBe(2))
    await scenario.store.release(id, scenario.ctx.instance.id)
    expect(await readBatch(scenario.ctx, scenario.session, id)).toMatchObject({
      state: 'paused',
      counts: { returned: 2, waiting: 1 },
    })
    await continueBatch(scenario.ctx, scenario.session, id)
    expect(await rested(id)).toMatchObject({ state: 'ended', counts: { returned: 3 } })
    expect((await scenario.posts()).toSorted()).toEqual([FIRST, SECOND, THIRD])
  })
})

describe('a number for which nothing was sent because the database failed', () => {
  it('waits for Continue, and is sent once', async () => {
    const id = await scenario.write([FIRST, SECOND, THIRD])
    run(id, failingOnce('requeue', FIRST), failingIntent(away()))
    const paused = await rested(id)
    expect(paused).toMatchObject({ state: 'paused', reason: 'ledger_unavailable' })
    expect(paused.items[0]).toMatchObject({ outcome: 'waiting', receiptId: null })
    await continueBatch(scenario.ctx, scenario.session, id)
    expect(await rested(id)).toMatchObject({ state: 'ended', counts: { returned: 3 } })
    expect((await scenario.posts()).toSorted()).toEqual([FIRST, SECOND, THIRD])
  })
})

describe('a batch that the database pauses', () => {
  it('says so, although that could not be written at once', async () => {
    const id = await scenario.write([FIRST, SECOND, THIRD])
    let failures = 0
    const pause: BatchStore['pause'] = async (...args) => {
      if (failures++ === 0) throw away()
      await scenario.store.pause(...args)
    }
    run(id, { pause }, failingIntent(away()))
    expect(await rested(id)).toMatchObject({ state: 'paused', reason: 'ledger_unavailable' })
    expect(failures).toBe(2)
  })

  it('says so, although its lease was over before the database was back', async () => {
    const id = await scenario.write([FIRST, SECOND, THIRD])
    const waiting = await sandbox.control.fault({ match: RETURN, effect: { waitAfterWork: true } })
    const failed = Promise.withResolvers<void>()
    let database: 'there' | 'away' | 'back' = 'there'
    const renew: BatchStore['renew'] = async (...args) => {
      if (database === 'there') return scenario.store.renew(...args)
      failed.resolve()
      if (database === 'away') throw away()
      return null
    }
    run(id, { renew }, { ...scenario.ctx, instance: { ...scenario.ctx.instance, leaseMs: 400 } })
    await sandbox.control.waitFor({ ...RETURN, worked: true })
    database = 'away'
    await failed.promise
    database = 'back'
    await sandbox.control.release(waiting)
    await vi.waitFor(
      async () =>
        expect(await readBatch(scenario.ctx, scenario.session, id)).toMatchObject({
          state: 'paused',
          reason: 'ledger_unavailable',
        }),
      10_000,
    )
  })
})

describe('an unexpected failure', () => {
  it('pauses the batch once the return in progress is over, and its number is not requeued', async () => {
    const id = await scenario.write([FIRST, SECOND, THIRD])
    const waiting = await sandbox.control.fault({ match: RETURN, effect: { waitAfterWork: true } })
    run(id, {}, failingIntent(new TypeError('a bug')))
    await sandbox.control.waitFor({ ...RETURN, worked: true })
    expect(await readBatch(scenario.ctx, scenario.session, id)).toMatchObject({ state: 'running' })
    await sandbox.control.release(waiting)
    const paused = await rested(id)
    expect(paused).toMatchObject({ state: 'paused', reason: 'app_failed', endedAt: null })
    expect(paused.items.map(({ outcome }) => outcome)).toEqual(['not_sent', 'returned', 'waiting'])
    expect(paused.items[0]?.message).toContain('The app failed.')
    await continueBatch(scenario.ctx, scenario.session, id)
    expect(await rested(id)).toMatchObject({ state: 'ended', reason: 'finished', counts: { returned: 2, not_sent: 1 } })
    expect(await scenario.posts()).toEqual([SECOND, THIRD])
  })
})

describe('a batch that another instance has taken over', () => {
  it('is not ended by the one that had it', async () => {
    const id = await scenario.write([FIRST])
    await scenario.store.end(id, 'another instance', 'finished', Date.now())
    expect(await readBatch(scenario.ctx, scenario.session, id)).toMatchObject({ state: 'running', endedAt: null })
  })
})
