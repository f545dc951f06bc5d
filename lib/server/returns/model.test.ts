import * as fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { type Sandbox, startSandbox } from '@/e2e/vida-sandbox/sandbox'
import type { ReturnAnswer } from '@/lib/domain/returns/record'
import { LEASE_MS, ModelRun, NUMBERS } from '@/lib/server/returns/testing/model-run'
import { type Act, acts, type Lists, TREATMENTS } from '@/lib/server/returns/testing/model-steps'
import { postsTo } from '@/lib/server/returns/testing/posts'
import { type Confirmation, confirming, wroteAnything } from '@/lib/server/returns/testing/test-app'
import { checkAgain, markNotReturned, settleOrphans } from './reconcile'
import { holdReturn, returnNumber } from './return-number'
import { settleFromScan } from './settle-from-scan'

/** The account that numbers are moved to; it holds none of its own. */
const ELSEWHERE = '100005'
/** A hundred times shorter on the test's clock: about as long as two of the acts take. */
const HOLD_MS = 8_000

/** What is true of every request when it is about to be sent. */
const LAWFUL = {
  free: true,
  sending: true,
  first: true,
  ours: true,
  cancelled: false,
  protected: false,
  ofThisConfirmation: 0,
}

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Takes back all faults but the way in which lists are paged. */
async function clearFaults(run: ModelRun): Promise<void> {
  await sandbox.control.clearFaults()
  const effect = { variant: { paging: 'shuffled' } } as const
  if (run.lists === 'moving') await sandbox.control.fault({ match: { path: 'phoneNumbers' }, effect })
}

async function list(run: ModelRun, as: Lists): Promise<void> {
  run.lists = as
  await sandbox.control.configure({ numbersPageSize: as === 'whole' ? null : 2 })
  await clearFaults(run)
}

async function confirm(run: ModelRun, act: Act & { do: 'confirm' }): Promise<void> {
  const place = NUMBERS[act.number] ?? NUMBERS[0]
  const app = run.at(act.app)
  const { control } = sandbox
  await clearFaults(run)
  const effect = TREATMENTS[act.vida] ?? {}
  run.effects.set(await control.fault({ match: { path: 'phoneNumber/return' }, effect }), act.vida)
  const broken = { answer: { kind: 'status', status: 500 } } as const
  const skip = act.blind === 'after' ? 1 : 0
  if (act.blind !== 'no') await control.fault({ match: { path: 'phoneNumbers' }, skip, times: 3, effect: broken })
  app.plan(act.fault)

  const order = { number: place.number, accountId: act.byHand ? null : place.accountId, note: null }
  if (act.held) {
    const hold = () => confirming({ attempts: [] }, () => holdReturn(app.ctx, run.session, order, HOLD_MS))
    await Promise.all(
      [hold, ...(act.twice ? [hold] : [])].map((each) => Promise.race([each().catch(() => {}), app.silent])),
    )
    return app.plan(null)
  }
  const asked = Array.from({ length: act.twice ? 2 : 1 }, async () => {
    const confirmation: Confirmation = { attempts: [] }
    const answer = confirming(confirmation, () => returnNumber(app.ctx, run.session, order))
    run.answers.push({ app, answer: answer.catch(() => {}) })
    const known: ReturnAnswer | 'problem' | 'silence' = await Promise.race([
      answer.catch(() => 'problem' as const),
      app.silent.then(() => 'silence' as const),
    ])
    if (known === 'silence') return
    if (known === 'problem')
      return expect(confirmation.attempts.some(wroteAnything), 'a problem says that nothing was sent').toBe(false)
    const sent = known.outcome === 'already_gone' ? [0, 1] : [1]
    expect(sent).toContain(confirmation.attempts.length)
    // The ledger may lack the outcome where it failed; it never contradicts it.
    const record = (await run.records()).find(({ receiptId }) => receiptId === known.receiptId)
    expect([known.outcome, 'open', 'unknown', 'returned']).toContain(record?.outcome)
  })
  await Promise.all(asked)
  app.plan(null)
}

async function perform(run: ModelRun, act: Act): Promise<void> {
  const app = run.at(act.app)
  const inside = <T>(work: () => Promise<T>): Promise<unknown> =>
    // A refusal (409, 502) is an answer; a frozen app gives none.
    Promise.race([work().catch(() => null), app.silent])
  if (act.do === 'confirm') return confirm(run, act)
  // In a transaction of its own: nothing that is decided in another one sees two times.
  if (act.do === 'wait')
    return run.db.queries.transaction().execute(async () => void vi.setSystemTime(Date.now() + act.ms))
  if (act.do === 'thaw') return app.thaw()
  if (act.do === 'restart') {
    app.crash()
    run.apps[act.app] = run.app()
    return
  }
  if (act.do === 'stop server') {
    await inside(() => app.ctx.shutdown.stopAll(1_000))
    app.crash()
    run.apps[act.app] = run.app()
    return
  }
  if (act.do === 'sign out') return void (await inside(() => run.signOut(app)))
  if (act.do === 'undo') return void (await inside(() => run.undoNewest(app)))
  if (act.do === 'list') return list(run, act.as)
  await clearFaults(run)
  if (act.do === 'recover orphans') return void (await inside(() => settleOrphans(app.ctx, run.session)))
  if (act.do === 'scan') {
    const startedAt = Date.now()
    const all = new Set((await sandbox.control.numbers()).map(({ number }) => number))
    const scan = { startedAt, has: (number: string) => all.has(number), read: () => true }
    return void (await inside(() => settleFromScan(app.ctx, run.session, scan)))
  }
  const { number, accountId } = NUMBERS[act.number] ?? NUMBERS[0]
  if (act.do === 'protect' || act.do === 'lift') return run[act.do](number)
  if (act.do === 'move' || act.do === 'remove') {
    if (!(await run.holds(number, accountId))) return
    if (act.do === 'move') await sandbox.control.moveNumber(number, ELSEWHERE)
    else await sandbox.control.removeNumber(number)
    return
  }
  const unknown = await run.recordWith(number, 'unknown')
  if (!unknown) return
  const verb = act.do === 'mark' ? markNotReturned : checkAgain
  await inside(() => verb(app.ctx, run.session, unknown.receiptId))
}

/** Gives a new app enough time to settle every return. */
async function settleAll(run: ModelRun): Promise<void> {
  await list(run, 'whole')
  for (const app of run.apps) app.thaw()
  for (const app of run.apps) await app.idle()
  await Promise.all(run.answers.filter(({ app }) => !app.isDead).map(({ answer }) => answer))
  vi.setSystemTime(Date.now() + LEASE_MS + 1)
  const app = run.app()
  await settleOrphans(app.ctx, run.session)
  for (const { receiptId, outcome, accountId } of await run.records()) {
    expect(outcome, 'a return stays open').not.toBe('open')
    if (outcome !== 'unknown' || accountId === null) continue
    await checkAgain(app.ctx, run.session, receiptId).catch(() => {})
  }
  app.crash()
}

async function expectTruth(run: ModelRun): Promise<void> {
  for (const request of run.requests) {
    expect(request).toMatchObject(LAWFUL)
  }
  // What was written arrives even after the client left; without this wait it would be in the next run's log.
  for (const { number } of NUMBERS) {
    const wrote = run.attempts.filter((attempt) => attempt.number === number && wroteAnything(attempt)).length
    if (wrote > 0) await sandbox.control.waitFor({ path: 'phoneNumber/return', number }, wrote)
  }
  const posts = await postsTo(sandbox)
  const records = await run.records()
  for (const post of posts) expect(post.queryKeys).toEqual(['token'])
  for (const { number } of NUMBERS) {
    const sending = records.filter(
      (record) => record.number === number && record.events.some((e) => e.how === 'sending'),
    )
    const sent = posts.filter((post) => post.number === number)
    expect(sent.length, 'a request without its row').toBeLessThanOrEqual(sending.length)
    const own = run.attempts.filter((attempt) => attempt.number === number)
    expect(own.every(({ receiptId }) => sending.some((record) => record.receiptId === receiptId))).toBe(true)
    expect(sent.length, 'a request that no attempt wrote').toBeLessThanOrEqual(own.filter(wroteAnything).length)
  }
  for (const { receiptId } of records.filter(({ outcome }) => outcome === 'not_sent')) {
    // By the bytes written: on a busy machine the connection itself may not be made in time.
    const own = run.attempts.filter((attempt) => attempt.receiptId === receiptId)
    expect(own.some(wroteAnything), 'not sent, but it was').toBe(false)
  }
  for (const { outcome, events } of records) {
    const denied = events.some(({ how, httpStatus }) => how === 'vida_answered' && httpStatus === 404)
    if (denied) expect(['refused', 'already_gone', 'unknown', 'not_returned']).toContain(outcome)
  }
  for (const { outcome, number, accountId } of records)
    if (outcome === 'already_gone') expect(await run.holds(number, accountId), 'already gone, but listed').toBe(false)
  for (const record of records.filter(({ outcome }) => outcome === 'returned')) {
    const accepted = posts.some(
      ({ number, status, fault }) =>
        number === record.number && status === 200 && (fault === null || run.effects.get(fault)?.startsWith('yes')),
    )
    const recorded = record.events.some(({ how, outcome }) => how === 'vida_answered' && outcome === 'returned')
    const seenGone = record.events.some(({ gone }) => gone === true)
    if (!(recorded && accepted)) {
      expect(seenGone, `returned without proof: ${JSON.stringify(record)}`).toBe(true)
      expect(await run.holds(record.number, record.accountId)).toBe(false)
    }
  }
}

it('never sends twice, never sends without a record, and never records an outcome without proof', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (all) => {
      const run = new ModelRun(sandbox)
      await run.start()
      try {
        for (const act of all) {
          await perform(run, act)
          await run.expectGrowth()
        }
        await settleAll(run)
        await run.expectGrowth()
        await expectTruth(run)
      } finally {
        await run.end()
      }
    }),
    { numRuns: Number(process.env.MODEL_RUNS ?? 100), endOnFailure: false },
  )
}, 300_000)
