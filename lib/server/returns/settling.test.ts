import { describe, expect, it, vi } from 'vitest'
import { holding } from '@/lib/domain/accounts/testing/account-numbers'
import { MARK_AFTER_MS } from '@/lib/domain/returns/settling'
import { LEASE_MS, NUMBERS } from '@/lib/server/returns/testing/model-run'
import {
  app,
  ask,
  eventually,
  PLACE,
  pass,
  reads,
  run,
  sandbox,
  slowApp,
  startRuns,
  steps,
  theRecord,
  treat,
} from '@/lib/server/returns/testing/scenario'
import type { CompleteScan } from '@/lib/server/scan/save-scan'
import { createSnapshots } from '@/lib/server/snapshots/snapshots'
import { checkAgain, markNotReturned } from './reconcile'
import { returnNumber } from './return-number'
import { settleFromScan } from './settle-from-scan'

startRuns()

/** A complete scan that begins now, has read every account, and found none of the numbers. */
const everything = () => ({
  startedAt: Date.now(),
  has: (_number: string) => false,
  read: (_accountId: string) => true,
})
const settle = (scan: CompleteScan) => settleFromScan(app.ctx, run.session, scan)

/** A reading after the request listed the number, and the latest one does not. */
const listedSince = async (number: string) => {
  const snapshots = createSnapshots(run.db)
  const scan = { complete: true, missing: [] }
  const { identity } = run.session
  const readAt = new Date().toISOString()
  await snapshots.save(identity, readAt, [holding('100003', number)], scan)
  await snapshots.dismissChanges(identity, readAt)
  pass(1)
  await snapshots.save(identity, new Date().toISOString(), [holding('100003')], scan)
}

describe('an unknown outcome', () => {
  const lost = () => treat({ work: 'never', answer: { kind: 'drop' } })
  /** No answer, and no account read succeeds. */
  const blind = async () => {
    await lost()
    await sandbox.control.fault({
      match: reads(),
      skip: 1,
      times: 50,
      effect: { answer: { kind: 'status', status: 500 } },
    })
  }

  it('is marked by a person after five minutes, and not before', async () => {
    await lost()
    await ask().answer
    const { receiptId } = await theRecord()
    const mark = () => markNotReturned(app.ctx, run.session, receiptId)
    pass(299_000)
    await expect(mark()).rejects.toMatchObject({ code: 'too_early_to_mark' })
    pass(1_000)
    expect(await mark()).toMatchObject({ outcome: 'not_returned' })
    await expect(mark()).rejects.toMatchObject({ code: 'not_unknown' })
    await sandbox.control.clearFaults()
    expect(await ask().answer).toMatchObject({ outcome: 'returned' })
  })

  it('is returned, and not marked, when the number is found to be gone', async () => {
    await lost()
    await ask().answer
    const { receiptId } = await theRecord()
    await sandbox.control.removeNumber(PLACE.number)
    pass(300_000)
    const record = await markNotReturned(app.ctx, run.session, receiptId)
    expect(record).toMatchObject({ outcome: 'returned', verified: true })
  })

  it('is not marked, and not checked, by an account that cannot be read', async () => {
    await lost()
    await ask().answer
    const { receiptId } = await theRecord()
    pass(300_000)
    await sandbox.control.fault({ match: reads(), effect: { answer: { kind: 'status', status: 500 } } })
    for (const verb of [markNotReturned, checkAgain]) {
      const done = verb(app.ctx, run.session, receiptId)
      await expect(done).rejects.toMatchObject({ code: 'account_unreadable' })
    }
    expect(await theRecord()).toMatchObject({ outcome: 'unknown' })
  })

  it('is not settled by a scan that lacks the number because it missed the account', async () => {
    await lost()
    await ask().answer
    pass(1)
    const scan = { ...everything(), read: () => false }
    const before = (await steps()).length
    await settle(scan)
    await eventually(async () => expect((await steps()).slice(before)).toContain('read_after: unknown'))
    expect(await theRecord()).toMatchObject({ outcome: 'unknown', verified: false })
    await sandbox.control.removeNumber(PLACE.number)
    await settle(scan)
    await eventually(async () => expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: true }))
  })

  it('is settled by a scan that read its account and lacks the number, while no other reading succeeds', async () => {
    await blind()
    await ask().answer
    pass(1)
    await sandbox.control.removeNumber(PLACE.number)
    await settle(everything())
    expect((await steps()).at(-1)).toBe('absent_from_scan: returned')
  })

  it('is settled by a scan although the database’s clock is an hour ahead of this server’s', async () => {
    const HOUR = 3_600_000
    pass(HOUR)
    await blind()
    await ask().answer
    pass(-HOUR + 1)
    vi.spyOn(app.ledger, 'now').mockImplementation(async () => Date.now() + HOUR)
    await settle(everything())
    expect((await steps()).at(-1)).toBe('absent_from_scan: returned')
  })

  describe('in an account that Vida does not know any more', () => {
    const gone = () =>
      sandbox.control.fault({ match: reads(), times: 50, effect: { answer: { kind: 'status', status: 404 } } })

    it('is settled by a scan that finds neither the number nor the account', async () => {
      await blind()
      await ask().answer
      await sandbox.control.clearFaults()
      await gone()
      pass(300_000)
      const { receiptId } = await theRecord()
      for (const verb of [markNotReturned, checkAgain]) {
        const done = verb(app.ctx, run.session, receiptId)
        await expect(done).rejects.toMatchObject({ detail: expect.stringContaining('Refresh Numbers') })
      }
      await settle({ ...everything(), read: () => false })
      await eventually(async () => expect((await steps()).at(-1)).toBe('absent_from_scan: returned'))
    })

    it('is marked by a person once a scan has seen the number in another account', async () => {
      await blind()
      await ask().answer
      await sandbox.control.clearFaults()
      await gone()
      pass(300_000)
      for (let scans = 0; scans < 2; scans++) {
        await settle({ ...everything(), has: () => true, read: () => false })
        await eventually(async () => expect((await steps()).at(-1)).toBe('seen_in_scan: unknown'))
      }
      expect((await steps()).filter((line) => line.startsWith('seen_in_scan'))).toHaveLength(1)
      const { receiptId } = await theRecord()
      const record = await markNotReturned(app.ctx, run.session, receiptId)
      expect(record).toMatchObject({ outcome: 'not_returned' })
    })
  })

  it('without an account is marked by a person after five minutes, and not before', async () => {
    await lost()
    const order = { number: NUMBERS[2].number, accountId: null, note: null }
    await returnNumber(app.ctx, run.session, order)
    const { receiptId } = await theRecord()
    const mark = () => markNotReturned(app.ctx, run.session, receiptId)
    pass(MARK_AFTER_MS - 1)
    await expect(mark()).rejects.toMatchObject({ code: 'too_early_to_mark' })
    pass(1)
    expect(await mark()).toMatchObject({ outcome: 'not_returned' })
  })

  it('is not settled by a scan that had begun before the request', async () => {
    await lost()
    const scan = everything()
    pass(1)
    const number = NUMBERS[2].number
    const order = { number, accountId: null, note: null }
    await returnNumber(app.ctx, run.session, order)
    await settle(scan)
    expect(await theRecord()).toMatchObject({ outcome: 'unknown', accountId: null })
    await listedSince(number)
    await settle(everything())
    expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: true })
  })

  it('of a number that was never listed is not settled by its absence', async () => {
    await treat({ work: 'never', answer: { kind: 'status', status: 500 } })
    const order = { number: '+12145559999', accountId: null, note: null }
    expect(await returnNumber(app.ctx, run.session, order)).toMatchObject({ outcome: 'unknown' })
    pass(LEASE_MS + 1)
    await settle(everything())
    expect(await theRecord()).toMatchObject({ outcome: 'unknown', verified: null, listedAt: null })
  })
})

it('a returned number that is still listed is checked until it is gone', async () => {
  await treat({ work: { afterMs: 200 } })
  expect(await ask(null, slowApp()).answer).toMatchObject({ outcome: 'returned' })
  expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: false })
  await eventually(async () => expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: true }))
})

it('a returned number whose account could not be read afterwards is checked after a complete scan', async () => {
  await treat({ work: 'now' })
  await sandbox.control.fault({ match: reads(), skip: 1, effect: { answer: { kind: 'status', status: 500 } } })
  expect(await ask(null, slowApp()).answer).toMatchObject({ outcome: 'returned' })
  expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: null })
  await sandbox.control.clearFaults()
  pass(LEASE_MS + 1)
  await settle({ ...everything(), read: () => false })
  await eventually(async () => expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: true }))
})

it('a number that was returned by hand is confirmed by a scan of all lists that lacks it, and recorded as listed by one that has it', async () => {
  const order = { number: NUMBERS[2].number, accountId: null, note: null }
  expect(await returnNumber(slowApp().ctx, run.session, order)).toMatchObject({
    outcome: 'returned',
  })
  pass(LEASE_MS + 1)
  await settle({ ...everything(), has: () => true })
  expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: false })
  pass(2 * LEASE_MS)
  await settle({ ...everything(), sampled: true })
  expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: false })
  await settle(everything())
  expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: true })
  expect(await steps()).toEqual([
    'sending: open',
    'vida_answered: returned',
    'seen_in_scan: returned',
    'absent_from_scan: returned',
  ])
})

describe('a returned number that is still listed after the last check', () => {
  const stillListed = async () => {
    await treat({ work: 'never' })
    await ask(null, slowApp()).answer
    await eventually(async () => expect(await steps()).toHaveLength(6))
    expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: false })
    pass(60_000)
  }
  const listed = () => ({ ...everything(), has: () => true })

  it('is checked after complete scans, at growing intervals and for a week, until it is gone', async () => {
    await stillListed()
    await settle(listed())
    await eventually(async () => expect(await steps()).toHaveLength(7))
    // The next check is due at twice the age that the last one had.
    pass(50_000)
    await settle(listed())
    pass(15_000)
    await settle(listed())
    await eventually(async () => expect(await steps()).toHaveLength(8))
    await sandbox.control.removeNumber(PLACE.number)
    pass(7 * 86_400_000)
    await settle(everything())
    expect(await steps()).toHaveLength(8)
    pass(-5 * 86_400_000)
    await settle(everything())
    expect((await steps()).at(-1)).toBe('absent_from_scan: returned')
    expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: true })
  })

  it('is checked when a person asks, which never changes that Vida accepted it', async () => {
    await stillListed()
    const { receiptId } = await theRecord()
    const checkNow = () => checkAgain(app.ctx, run.session, receiptId)
    expect(await checkNow()).toMatchObject({ outcome: 'returned', verified: false })
    await sandbox.control.removeNumber(PLACE.number)
    expect(await checkNow()).toMatchObject({ outcome: 'returned', verified: true })
    await expect(checkNow()).rejects.toMatchObject({ code: 'not_unknown' })
  })
})

it('a scan does not wait for the accounts that are read after it', async () => {
  await treat({ work: 'never', answer: { kind: 'drop' } })
  await ask().answer
  pass(1)
  const other = run.app()
  other.plan({ kind: 'freeze', at: 'vida', when: 'before' })
  const scan = { ...everything(), read: () => false }
  await settleFromScan(other.ctx, run.session, scan)
  await other.silent
  await sandbox.control.removeNumber(PLACE.number)
  other.thaw()
  await eventually(async () => expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: true }))
})
