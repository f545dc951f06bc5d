import { expect, it } from 'vitest'
import { NUMBERS } from '@/lib/server/returns/testing/model-run'
import {
  app,
  ask,
  eventually,
  PLACE,
  pass,
  reads,
  run,
  sandbox,
  startRuns,
  steps,
  theRecord,
  treat,
} from '@/lib/server/returns/testing/scenario'
import type { CompleteScan } from '@/lib/server/scan/save-scan'
import { checkAgain, markNotReturned } from './reconcile'
import { returnNumber } from './return-number'
import { settleFromScan } from './settle-from-scan'

startRuns()

const scanWith = (...unproved: string[]): CompleteScan => ({
  startedAt: Date.now(),
  has: () => false,
  read: () => true,
  unproved: new Set(unproved),
})
const settle = (scan: CompleteScan) => settleFromScan(app.ctx, run.session, scan)
const lost = () => treat({ work: 'never', answer: { kind: 'drop' } })
const failAfter = () =>
  sandbox.control.fault({ match: reads(), skip: 1, times: 50, effect: { answer: { kind: 'status', status: 500 } } })

it('an unknown outcome is not settled by a scan whose list of the account came in pages without a total, but by reading it again', async () => {
  await lost()
  await failAfter()
  await ask().answer
  pass(1)
  const scan = scanWith(PLACE.accountId)
  await settle(scan)
  await eventually(async () => expect((await sandbox.control.log()).entries.length).toBeGreaterThan(5))
  expect(await theRecord()).toMatchObject({ outcome: 'unknown', verified: null })
  await sandbox.control.clearFaults()
  await sandbox.control.removeNumber(PLACE.number)
  await settle(scan)
  await eventually(async () => expect((await steps()).at(-1)).toBe('read_after: returned'))
})

it('a return by hand is not settled by a scan with such a list', async () => {
  await lost()
  await returnNumber(app.ctx, run.session, { number: NUMBERS[2].number, accountId: null, note: null })
  pass(1)
  await settle(scanWith('100001'))
  expect(await theRecord()).toMatchObject({ outcome: 'unknown' })
})

it('an account that Vida does not answer for and that a scan with lists read once did not find settles nothing', async () => {
  await lost()
  await failAfter()
  await ask().answer
  await sandbox.control.clearFaults()
  const answer = { kind: 'status', status: 404 } as const
  await sandbox.control.fault({ match: reads(), effect: { answer } })
  await sandbox.control.removeNumber(PLACE.number)
  pass(1)
  const scan = { ...scanWith(), read: () => false }
  await sandbox.control.clearLog()
  await settle({ ...scan, sampled: true })
  await sandbox.control.waitFor({ path: 'phoneNumbers', status: 404, settled: true })
  await app.ctx.shutdown.stopAll(1_000)
  expect(await theRecord()).toMatchObject({ outcome: 'unknown' })
})

it('an unknown outcome is neither settled nor marked by pages whose order changes', async () => {
  await lost()
  await ask().answer
  for (let more = 0; more < 20; more++) await sandbox.control.addNumber(`+1214555${2000 + more}`, PLACE.accountId)
  await sandbox.control.configure({ numbersPageSize: 5 })
  await sandbox.control.fault({ match: reads(), effect: { variant: { paging: 'shuffled' } } })
  await sandbox.control.removeNumber(PLACE.number)
  pass(300_000)
  const { receiptId } = await theRecord()
  for (const verb of [checkAgain, markNotReturned])
    await expect(verb(app.ctx, run.session, receiptId)).rejects.toMatchObject({ code: 'account_unreadable' })
  expect(await theRecord()).toMatchObject({ outcome: 'unknown' })
})
