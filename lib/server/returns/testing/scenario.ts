import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import type { Effect } from '@/e2e/vida-sandbox/faults'
import { type Sandbox, startSandbox } from '@/e2e/vida-sandbox/sandbox'
import { returnNumber } from '@/lib/server/returns/return-number'
import { NUMBERS, Run } from './model-run'
import { type Confirmation, type House, inHouse, type Mishap } from './test-app'

export const [PLACE] = NUMBERS
export const NOBODY = { attempts: [] }

// What every test of a file finds anew: a Vida as it was made, an empty ledger, and the house that returns numbers.
export let sandbox: Sandbox
export let run: Run
export let house: House
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  run = new Run(sandbox)
  await run.start()
  house = run.at(0)
})
afterEach(async () => {
  await run.end()
  vi.useRealTimers()
})

export const pass = (ms: number) => vi.setSystemTime(Date.now() + ms)
export const treat = (effect: Effect) => sandbox.control.fault({ match: { path: 'phoneNumber/return' }, effect })
/** A house that waits for Vida's answer, also on a busy machine. */
export const patient = () => run.house({ returnMs: 10_000 })
/** Confirms the return of `PLACE` in a house. */
export const ask = (mishap: Mishap | null = null, at = house) => {
  at.plan(mishap)
  const confirmation: Confirmation = { attempts: [] }
  const order = { ...PLACE, note: null }
  return { confirmation, answer: inHouse(at, confirmation, () => returnNumber(run.session, order)) }
}
export async function theRecord() {
  const [record, ...others] = await run.records()
  if (!record || others.length > 0) throw new Error('one record was expected')
  return record
}
export const story = async () => (await theRecord()).events.map(({ how, outcome }) => `${how}: ${outcome}`)
export async function posts() {
  return (await sandbox.control.log()).entries.filter(({ path }) => path.endsWith('/phoneNumber/return'))
}
export const reads = () => ({ path: 'phoneNumbers', targetAccountId: PLACE.accountId })
