import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import type { Effect } from '@/e2e/vida-sandbox/faults'
import { type Sandbox, startSandbox } from '@/e2e/vida-sandbox/sandbox'
import { returnNumber } from '@/lib/server/returns/return-number'
import { ModelRun, NUMBERS } from './model-run'
import { postsTo } from './posts'
import { type Confirmation, confirming, type Fault, type TestApp } from './test-app'

export const [PLACE] = NUMBERS

export let sandbox: Sandbox
export let run: ModelRun
export let app: TestApp

/** Each test of the calling file gets a `run` of its own. */
export function startRuns(): void {
  beforeAll(async () => {
    sandbox = await startSandbox()
  })
  afterAll(() => sandbox.close())
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    run = new ModelRun(sandbox)
    await run.start()
    app = run.at(0)
  })
  afterEach(async () => {
    await run.end()
    vi.useRealTimers()
  })
}

export const pass = (ms: number) => vi.setSystemTime(Date.now() + ms)
export const treat = (effect: Effect) => sandbox.control.fault({ match: { path: 'phoneNumber/return' }, effect })
export const slowApp = () => run.app({ returnMs: 10_000 })
export const ask = (fault: Fault | null = null, at = app) => {
  at.plan(fault)
  const confirmation: Confirmation = { attempts: [] }
  const order = { ...PLACE, note: null }
  return { confirmation, answer: confirming(confirmation, () => returnNumber(at.ctx, run.session, order)) }
}
export async function theRecord() {
  const [record, ...others] = await run.records()
  if (!record || others.length > 0) throw new Error('one record was expected')
  return record
}
export const steps = async () => (await theRecord()).events.map(({ how, outcome }) => `${how}: ${outcome}`)
export const posts = () => postsTo(sandbox)
export const reads = () => ({ path: 'phoneNumbers', targetAccountId: PLACE.accountId })
/** What comes to be true by later checks, on a busy machine, too. */
export const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000, interval: 20 })
