import './test-mocks'
import { setTimeout as passing } from 'node:timers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { LedgerUnavailable } from '@/lib/ledger/errors'
import type { Effect } from '../../e2e/vida-sandbox/faults'
import { type Sandbox, startSandbox } from '../../e2e/vida-sandbox/sandbox'
import { settleAbsent } from './absent'
import { checkAgain, markNotReturned, settleOrphans } from './reconcile'
import { returnNumber } from './return-number'
import { MARK_AFTER_MS } from './settling'
import { type Confirmation, type House, inHouse, type Mishap } from './test-house'
import { LEASE_MS, NUMBERS, Run } from './test-run'

const [PLACE] = NUMBERS
const NOBODY = { attempts: [] }
/** The steps of a return: its intent, the look, the line “sending”, the request, the outcome, the look after it. */
const SENDING = 3
const REQUEST = 4
const OUTCOME = 5
const LOOK_AFTER = 6

let sandbox: Sandbox
let run: Run
let house: House
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

const pass = (ms: number) => vi.setSystemTime(Date.now() + ms)
const treat = (effect: Effect) => sandbox.control.fault({ match: { path: 'phoneNumber/return' }, effect })
const ask = (mishap: Mishap | null = null, accountId: string | null = PLACE.accountId) => {
  house.plan(mishap)
  const confirmation: Confirmation = { attempts: [] }
  const order = { number: PLACE.number, accountId, note: null }
  return { confirmation, answer: inHouse(house, confirmation, () => returnNumber(run.session, order)) }
}
async function theRecord() {
  const [record, ...others] = await run.records()
  if (!record || others.length > 0) throw new Error('one record was expected')
  return record
}
const story = async () => (await theRecord()).events.map(({ how, outcome }) => `${how}: ${outcome}`)
async function posts() {
  return (await sandbox.control.log()).entries.filter(({ path }) => path.endsWith('/phoneNumber/return'))
}
/** A complete walk that begins now, has read every account, and found none of the numbers. */
const everything = () => ({
  startedAt: Date.now(),
  has: (_number: string) => false,
  read: (_accountId: string) => true,
})
const walked = (walk: ReturnType<typeof everything>) => inHouse(house, NOBODY, () => settleAbsent(run.session, walk))
const reads = () => ({ path: 'phoneNumbers', targetAccountId: PLACE.accountId })

describe('a return request that is not answered in time', () => {
  it('is returned by reading when the work was done before', async () => {
    await treat({ work: 'now', answer: { kind: 'hang' } })
    expect(await ask().answer).toMatchObject({ outcome: 'returned' })
    expect(await story()).toEqual(['sending: open', 'no_answer: unknown', 'read_after: returned'])
    expect(await posts()).toHaveLength(1)
  })

  it('stays unknown when the work was never done, and is read for four times', async () => {
    await treat({ work: 'never', answer: { kind: 'hang' } })
    expect(await ask().answer).toMatchObject({ outcome: 'unknown' })
    await sandbox.control.waitFor({ ...reads(), settled: true }, 5)
    await vi.waitFor(async () => {
      const checked = Array.from({ length: 4 }, () => 'read_after: unknown')
      expect(await story()).toEqual(['sending: open', 'no_answer: unknown', ...checked])
    })
    expect(await posts()).toHaveLength(1)
  })

  it('is found to be returned by a later check when the work was done 20 s later', async () => {
    // A hundred times faster: after the check at 10 s, before the one at 30 s.
    await treat({ work: { afterMs: 260 }, answer: { kind: 'hang' } })
    expect(await ask().answer).toMatchObject({ outcome: 'unknown' })
    await vi.waitFor(async () => expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: true }))
    expect(await posts()).toHaveLength(1)
  })
})

describe('a server that is not well', () => {
  it('sends nothing when it slept so long after the line “sending” that its return was given up', async () => {
    const { confirmation, answer } = ask({ kind: 'freeze', step: SENDING, when: 'after' })
    await house.silent
    pass(400_000)
    await inHouse(run.at(1), NOBODY, () => settleOrphans(run.session))
    const { receiptId } = await theRecord()
    await inHouse(run.at(1), NOBODY, () => markNotReturned(run.session, receiptId))
    house.thaw()
    await expect(answer).rejects.toMatchObject({ code: 'ledger_unavailable' })
    expect(confirmation.attempts).toEqual([])
    expect(await theRecord()).toMatchObject({ outcome: 'not_returned' })
  })

  it('sends nothing when another one has settled its return before the line “sending”', async () => {
    const { confirmation, answer } = ask({ kind: 'freeze', step: SENDING, when: 'before' })
    await house.silent
    pass(LEASE_MS)
    await inHouse(run.at(1), NOBODY, () => settleOrphans(run.session))
    house.thaw()
    await expect(answer).rejects.toMatchObject({ code: 'ledger_unavailable' })
    expect(confirmation.attempts).toEqual([])
    expect(await story()).toEqual(['server_stopped: not_sent'])
  })

  it('still tells what Vida answered after another one has called its return unknown', async () => {
    await treat({ answer: { kind: 'status', status: 409, message: 'In use' } })
    const { answer } = ask({ kind: 'freeze', step: REQUEST, when: 'after' })
    await house.silent
    pass(LEASE_MS)
    await inHouse(run.at(1), NOBODY, () => settleOrphans(run.session))
    expect(await theRecord()).toMatchObject({ outcome: 'unknown' })
    house.thaw()
    expect(await answer).toMatchObject({ outcome: 'refused', message: 'In use' })
    expect(await theRecord()).toMatchObject({ outcome: 'refused', message: 'In use' })
  })

  it('leaves an unknown that a new server settles by reading after a crash', async () => {
    const { answer } = ask({ kind: 'crash', step: REQUEST, when: 'after' })
    void answer
    await house.silent
    await house.buried()
    const next = run.house()
    await inHouse(next, NOBODY, () => settleOrphans(run.session))
    expect(await theRecord()).toMatchObject({ outcome: 'open' })
    pass(LEASE_MS)
    await inHouse(next, NOBODY, () => settleOrphans(run.session))
    await vi.waitFor(async () => {
      expect(await story()).toEqual(['sending: open', 'server_stopped: unknown', 'read_after: returned'])
    })
    expect(await posts()).toHaveLength(1)
  })

  it.each([
    { work: 'never', means: 'refused', verified: false },
    { work: 'now', means: 'already_gone', verified: true },
  ] as const)('leaves a 404 that a new server finds to be $means after a crash', async ({ work, means, verified }) => {
    await treat({ work, answer: { kind: 'status', status: 404, message: 'No such number' } })
    void ask({ kind: 'crash', step: LOOK_AFTER, when: 'before' })
    await house.silent
    expect(await story()).toEqual(['sending: open', 'vida_answered: open'])
    pass(LEASE_MS)
    await inHouse(run.house(), NOBODY, () => settleOrphans(run.session))
    await vi.waitFor(async () => {
      expect((await story()).slice(2)).toEqual(['server_stopped: unknown', `read_after: ${means}`])
    })
    expect(await theRecord()).toMatchObject({ outcome: means, message: 'No such number', verified })
  })

  it('leaves a 404 that a person’s check settles where the new server’s own reading failed', async () => {
    await treat({ answer: { kind: 'status', status: 404 } })
    void ask({ kind: 'crash', step: LOOK_AFTER, when: 'before' })
    await house.silent
    pass(LEASE_MS)
    await sandbox.control.fault({ match: reads(), times: 12, effect: { answer: { kind: 'status', status: 500 } } })
    const next = run.house()
    await inHouse(next, NOBODY, () => settleOrphans(run.session))
    await sandbox.control.waitFor({ ...reads(), status: 500, settled: true }, 12)
    const { receiptId, outcome } = await theRecord()
    expect(outcome).toBe('unknown')
    const record = await inHouse(next, NOBODY, () => checkAgain(run.session, receiptId))
    expect(record).toMatchObject({ outcome: 'refused', verified: false })
  })

  it('leaves a returned number that a new server reads for after a crash, once and not at once', async () => {
    void ask({ kind: 'crash', step: LOOK_AFTER, when: 'before' })
    await house.silent
    expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: null })
    const next = run.house()
    // Not yet: whoever carried it out may be about to read.
    await inHouse(next, NOBODY, () => settleOrphans(run.session))
    expect(next.slots.has('checks')).toBe(false)
    pass(LEASE_MS + 1)
    for (let request = 0; request < 2; request++) await inHouse(next, NOBODY, () => settleOrphans(run.session))
    await vi.waitFor(async () => expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: true }))
    expect(await story()).toEqual(['sending: open', 'vida_answered: returned', 'read_after: returned'])
    expect(await posts()).toHaveLength(1)
  })

  it('keeps its lease while the request is out, however long that takes', async () => {
    vi.useRealTimers()
    house = run.house({ leaseMs: 1_200, returnMs: 10_000 })
    await treat({ delayAfterWorkMs: 3_000 })
    const { answer } = ask()
    await sandbox.control.waitFor({ path: 'phoneNumber/return', worked: true })
    await new Promise((resolve) => passing(resolve, 2_500))
    await inHouse(run.at(1), NOBODY, () => settleOrphans(run.session))
    expect(await story()).toEqual(['sending: open'])
    expect(await answer).toMatchObject({ outcome: 'returned' })
  })
})

describe('a ledger that fails', () => {
  it.each(['before', 'after'] as const)('at the intent (%s it is written): nothing is sent', async (when) => {
    const { confirmation, answer } = ask({ kind: 'ledger fails', step: 1, when })
    await expect(answer).rejects.toMatchObject({ name: 'LedgerUnavailable' })
    expect(confirmation.attempts).toEqual([])
  })

  it('for longer than the lease after the line “sending”: the record says that nothing was sent, once it can', async () => {
    const { append } = house.ledger
    const { answer } = ask({ kind: 'ledger fails', step: SENDING, when: 'after' })
    const away = vi.spyOn(house.ledger, 'append').mockImplementation(async (...args) => {
      const [, { how }] = args
      if (how === 'not_recorded') throw new LedgerUnavailable('TEST')
      return append(...args)
    })
    await expect(answer).rejects.toMatchObject({ name: 'LedgerUnavailable' })
    pass(LEASE_MS)
    await inHouse(run.at(1), NOBODY, () => settleOrphans(run.session))
    expect(await theRecord()).toMatchObject({ outcome: 'unknown' })
    away.mockRestore()
    await vi.waitFor(async () => expect(await theRecord()).toMatchObject({ outcome: 'not_sent' }))
  })

  it.each(['before', 'after'] as const)('at the line “sending” (%s it is written): nothing is sent', async (when) => {
    const { confirmation, answer } = ask({ kind: 'ledger fails', step: SENDING, when })
    await expect(answer).rejects.toMatchObject({ name: 'LedgerUnavailable' })
    expect(confirmation.attempts).toEqual([])
    const line = when === 'after' ? ['sending: open'] : []
    await vi.waitFor(async () => expect(await story()).toEqual([...line, 'not_recorded: not_sent']))
    expect(await ask().answer).toMatchObject({ outcome: 'returned' })
  })

  it.each(['before', 'after'] as const)('at the outcome (%s it is written): it is written again', async (when) => {
    const { confirmation, answer } = ask({ kind: 'ledger fails', step: OUTCOME, when })
    expect(await answer).toMatchObject({ outcome: 'returned', message: 'Success' })
    expect(confirmation.attempts).toHaveLength(1)
    expect(await theRecord()).toMatchObject({ outcome: 'returned', message: 'Success', verified: true })
  })
})

describe('an unknown outcome', () => {
  const lost = () => treat({ work: 'never', answer: { kind: 'drop' } })
  /** Lost, and no reading for it succeeds. */
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
    const mark = () => inHouse(house, NOBODY, () => markNotReturned(run.session, receiptId))
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
    const record = await inHouse(house, NOBODY, () => markNotReturned(run.session, receiptId))
    expect(record).toMatchObject({ outcome: 'returned', verified: true })
  })

  it('is not marked, and not checked, by an account that cannot be read', async () => {
    await lost()
    await ask().answer
    const { receiptId } = await theRecord()
    pass(300_000)
    await sandbox.control.fault({ match: reads(), effect: { answer: { kind: 'status', status: 500 } } })
    for (const verb of [markNotReturned, checkAgain]) {
      const done = inHouse(house, NOBODY, () => verb(run.session, receiptId))
      await expect(done).rejects.toMatchObject({ code: 'account_unreadable' })
    }
    expect(await theRecord()).toMatchObject({ outcome: 'unknown' })
  })

  it('is not settled by a walk that lacks the number because it missed the account', async () => {
    await lost()
    await ask().answer
    pass(1)
    const walk = { ...everything(), read: () => false }
    const before = (await story()).length
    await walked(walk)
    await vi.waitFor(async () => expect((await story()).slice(before)).toContain('read_after: unknown'))
    expect(await theRecord()).toMatchObject({ outcome: 'unknown', verified: false })
    await sandbox.control.removeNumber(PLACE.number)
    await walked(walk)
    await vi.waitFor(async () => expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: true }))
  })

  it('is settled by a walk that read its account and lacks the number, without another reading', async () => {
    await blind()
    await ask().answer
    pass(1)
    await sandbox.control.removeNumber(PLACE.number)
    const { length } = (await sandbox.control.log()).entries
    await walked(everything())
    expect((await story()).at(-1)).toBe('absent_from_walk: returned')
    expect((await sandbox.control.log()).entries).toHaveLength(length)
  })

  it('is settled by a walk although the database’s clock is an hour ahead of this server’s', async () => {
    const HOUR = 3_600_000
    pass(HOUR)
    await blind()
    await ask().answer
    pass(-HOUR + 1)
    vi.spyOn(house.ledger, 'now').mockImplementation(async () => Date.now() + HOUR)
    await walked(everything())
    expect((await story()).at(-1)).toBe('absent_from_walk: returned')
  })

  describe('in an account that Vida does not know any more', () => {
    const gone = () =>
      sandbox.control.fault({ match: reads(), times: 50, effect: { answer: { kind: 'status', status: 404 } } })

    it('is settled by a walk that finds neither the number nor the account', async () => {
      await blind()
      await ask().answer
      await sandbox.control.clearFaults()
      await gone()
      pass(300_000)
      const { receiptId } = await theRecord()
      for (const verb of [markNotReturned, checkAgain]) {
        const done = inHouse(house, NOBODY, () => verb(run.session, receiptId))
        await expect(done).rejects.toMatchObject({ detail: expect.stringContaining('Refresh Numbers') })
      }
      await walked({ ...everything(), read: () => false })
      await vi.waitFor(async () => expect((await story()).at(-1)).toBe('absent_from_walk: returned'))
    })

    it('is marked by a person once a walk has seen the number in another account', async () => {
      await blind()
      await ask().answer
      await sandbox.control.clearFaults()
      await gone()
      pass(300_000)
      for (let walks = 0; walks < 2; walks++) {
        await walked({ ...everything(), has: () => true, read: () => false })
        await vi.waitFor(async () => expect((await story()).at(-1)).toBe('seen_in_walk: unknown'))
      }
      expect((await story()).filter((line) => line.startsWith('seen_in_walk'))).toHaveLength(1)
      const { receiptId } = await theRecord()
      const record = await inHouse(house, NOBODY, () => markNotReturned(run.session, receiptId))
      expect(record).toMatchObject({ outcome: 'not_returned' })
    })
  })

  it('without an account is marked by a person after five minutes, and not before', async () => {
    await lost()
    const order = { number: NUMBERS[2].number, accountId: null, note: null }
    await inHouse(house, NOBODY, () => returnNumber(run.session, order))
    const { receiptId } = await theRecord()
    const mark = () => inHouse(house, NOBODY, () => markNotReturned(run.session, receiptId))
    pass(MARK_AFTER_MS - 1)
    await expect(mark()).rejects.toMatchObject({ code: 'too_early_to_mark' })
    pass(1)
    expect(await mark()).toMatchObject({ outcome: 'not_returned' })
  })

  it('is not settled by a walk that had begun before the request', async () => {
    await lost()
    const walk = everything()
    pass(1)
    const number = NUMBERS[2].number
    const order = { number, accountId: null, note: null }
    await inHouse(house, NOBODY, () => returnNumber(run.session, order))
    await walked(walk)
    expect(await theRecord()).toMatchObject({ outcome: 'unknown', accountId: null })
    await walked(everything())
    expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: true })
  })
})

it('a returned number that is still listed is looked for until it is gone', async () => {
  await treat({ work: { afterMs: 200 } })
  expect(await ask().answer).toMatchObject({ outcome: 'returned' })
  expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: false })
  await vi.waitFor(async () => expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: true }))
})

it('a returned number whose account could not be read afterwards is looked for when a walk has read everything', async () => {
  await treat({ work: 'now' })
  await sandbox.control.fault({ match: reads(), skip: 1, effect: { answer: { kind: 'status', status: 500 } } })
  expect(await ask().answer).toMatchObject({ outcome: 'returned' })
  expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: null })
  await sandbox.control.clearFaults()
  pass(LEASE_MS + 1)
  await walked({ ...everything(), read: () => false })
  await vi.waitFor(async () => expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: true }))
})

it('a number that was returned by hand is confirmed by a walk that lacks it, and told to be listed by one that has it', async () => {
  const order = { number: NUMBERS[2].number, accountId: null, note: null }
  expect(await inHouse(house, NOBODY, () => returnNumber(run.session, order))).toMatchObject({ outcome: 'returned' })
  pass(LEASE_MS + 1)
  await walked({ ...everything(), has: () => true })
  expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: false })
  pass(2 * LEASE_MS)
  await walked(everything())
  expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: true })
  expect(await story()).toEqual([
    'sending: open',
    'vida_answered: returned',
    'seen_in_walk: returned',
    'absent_from_walk: returned',
  ])
})

describe('a returned number that is still listed after the last look', () => {
  const stillListed = async () => {
    await treat({ work: 'never' })
    await ask().answer
    await vi.waitFor(async () => expect(await story()).toHaveLength(6))
    expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: false })
    pass(60_000)
  }
  const listed = () => ({ ...everything(), has: () => true })

  it('is looked for after complete walks, ever more rarely and for a week, until it is gone', async () => {
    await stillListed()
    await walked(listed())
    await vi.waitFor(async () => expect(await story()).toHaveLength(7))
    // As long as it was listed when it was last seen nobody looks again, and then somebody does.
    pass(50_000)
    await walked(listed())
    pass(15_000)
    await walked(listed())
    await vi.waitFor(async () => expect(await story()).toHaveLength(8))
    await sandbox.control.removeNumber(PLACE.number)
    pass(7 * 86_400_000)
    await walked(everything())
    expect(await story()).toHaveLength(8)
    pass(-5 * 86_400_000)
    await walked(everything())
    expect((await story()).at(-1)).toBe('absent_from_walk: returned')
    expect(await theRecord()).toMatchObject({ outcome: 'returned', verified: true })
  })

  it('is looked for when a person asks, which never changes that Vida accepted it', async () => {
    await stillListed()
    const { receiptId } = await theRecord()
    const look = () => inHouse(house, NOBODY, () => checkAgain(run.session, receiptId))
    expect(await look()).toMatchObject({ outcome: 'returned', verified: false })
    await sandbox.control.removeNumber(PLACE.number)
    expect(await look()).toMatchObject({ outcome: 'returned', verified: true })
    await expect(look()).rejects.toMatchObject({ code: 'not_unknown' })
  })
})

it('a walk does not wait for the accounts that are read after it', async () => {
  await treat({ work: 'never', answer: { kind: 'drop' } })
  await ask().answer
  pass(1)
  await sandbox.control.fault({ match: reads(), effect: { answer: { kind: 'hang' } } })
  const { length } = await story()
  await walked({ ...everything(), read: () => false })
  await sandbox.control.waitFor({ ...reads(), status: 'hung' })
  expect(await story()).toHaveLength(length)
})
