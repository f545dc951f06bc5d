import { expect, it } from 'vitest'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { intentFor, numberAt, SCOPE } from '@/lib/server/ledger/testing/intents'
import { createLedger } from './ledger'
import type { Intent, NewEvent } from './types'

const SENDING: NewEvent = { outcome: 'open', how: 'sending' }
const ACCEPTED: NewEvent = { outcome: 'returned', how: 'vida_answered' }
const GONE: NewEvent = { outcome: 'returned', how: 'read_after', gone: true }
const LISTED: NewEvent = { ...GONE, gone: false }
const REFUSED: NewEvent = { outcome: 'refused', how: 'vida_answered', message: 'Port pending' }
const NOT_SENT: NewEvent = { outcome: 'not_sent', how: 'undone' }
const NO_ANSWER: NewEvent = { outcome: 'unknown', how: 'no_answer' }

const START = Date.parse('2026-11-24T10:00:00.000Z')
const MINUTE = 60_000

/** Receipts of one millisecond stand in no order. */
function byNumber<T extends { number: string }>(list: readonly T[]): T[] {
  return list.toSorted((a, b) => (a.number < b.number ? -1 : 1))
}

describeEachDatabase('what the ledger reports to the numbers list', (open) => {
  async function ledgerOf() {
    let now = START
    const { db } = await open()
    const ledger = createLedger(db, { now: () => now })
    let index = 0
    const add = async (events: readonly NewEvent[], changes: Partial<Intent> = {}) => {
      const number = numberAt(index++)
      const answer = await ledger.intend(intentFor(number, { leaseMs: 48 * 60 * MINUTE, ...changes }))
      for (const event of events) await ledger.append(answer.receiptId, event)
      return { number, receiptId: answer.receiptId }
    }
    const wait = (ms: number) => {
      now += ms
    }
    return { ledger, add, wait, db }
  }

  it('is each locked number of its own account, and whether that return is in progress or unknown', async () => {
    const { ledger, add } = await ledgerOf()
    const open = await add([SENDING])
    const unknown = await add([SENDING, NO_ANSWER])
    await add([SENDING, ACCEPTED])
    await add([SENDING], { scope: { ...SCOPE, ownerId: '9002' } })
    expect(byNumber((await ledger.marks(SCOPE, null)).locked)).toEqual([
      { ...open, outcome: 'open', sendsAt: null },
      { ...unknown, outcome: 'unknown', sendsAt: null },
    ])
  })

  it('says until when a held return can be undone, and no more once its request was begun', async () => {
    const { ledger, add } = await ledgerOf()
    const held = await add([], { holdMs: 8_000 })
    const sent = await add([SENDING], { holdMs: 8_000 })
    expect(byNumber((await ledger.marks(SCOPE, null)).locked)).toEqual([
      { ...held, outcome: 'open', sendsAt: '2026-11-24T10:00:08.000Z' },
      { ...sent, outcome: 'open', sendsAt: null },
    ])
  })

  it('is the last account read of each return that has an account', async () => {
    const { ledger, add, wait } = await ledgerOf()
    const first = await add([SENDING, ACCEPTED, LISTED])
    const second = await add([SENDING, ACCEPTED, LISTED])
    wait(MINUTE)
    await ledger.append(second.receiptId, GONE)
    await add([SENDING, ACCEPTED])
    await add([SENDING, NO_ANSWER, { ...GONE, how: 'absent_from_scan' }], { accountId: null })
    await add([SENDING, ACCEPTED, GONE], { scope: { ...SCOPE, origin: 'http://127.0.0.1:4010' } })
    const read = { accountId: '100001', outcome: 'returned' }
    expect(byNumber((await ledger.marks(SCOPE, null)).reads)).toEqual([
      { ...first, ...read, gone: false, at: '2026-11-24T10:00:00.000Z' },
      { ...second, ...read, gone: true, at: '2026-11-24T10:01:00.000Z' },
    ])
  })

  it('is only what was read since the requested time, else within the last day', async () => {
    const { ledger, add, wait } = await ledgerOf()
    await add([SENDING, ACCEPTED, GONE])
    wait(MINUTE)
    const later = await add([SENDING, ACCEPTED, GONE])
    const since = async (at: number | null) => (await ledger.marks(SCOPE, at)).reads.map(({ receiptId }) => receiptId)
    expect(await since(START)).toHaveLength(2)
    expect(await since(START + MINUTE)).toEqual([later.receiptId])
    expect(await since(null)).toHaveLength(2)
    wait(24 * 60 * MINUTE)
    expect(await since(null)).toEqual([later.receiptId])
    expect((await ledger.marks(SCOPE, null)).readAt).toBe('2026-11-25T10:01:00.000Z')
  })

  it('is each number that Vida refused to return, newest first, with the reason, whatever time is requested', async () => {
    const { ledger, add, wait } = await ledgerOf()
    const first = await add([SENDING, REFUSED, { ...REFUSED, how: 'read_after', message: null, gone: false }])
    wait(MINUTE)
    const byHand = await add([SENDING, NO_ANSWER, { ...REFUSED, message: 'x'.repeat(900) }], { accountId: null })
    await add([SENDING, ACCEPTED])
    await add([SENDING, REFUSED], { scope: { ...SCOPE, ownerId: '9002' } })
    await add([SENDING, REFUSED], { scope: { ...SCOPE, origin: 'http://127.0.0.1:4010' } })
    const expected = [
      { ...byHand, accountId: null, message: `${'x'.repeat(199)}…`, requestedAt: '2026-11-24T10:01:00.000Z' },
      { ...first, accountId: '100001', message: 'Port pending', requestedAt: '2026-11-24T10:00:00.000Z' },
    ]
    expect((await ledger.marks(SCOPE, null)).refused).toEqual(expected)
    expect((await ledger.marks(SCOPE, START + 60 * MINUTE)).refused).toEqual(expected)
  })

  it('is each refused number also behind thousands of refusals of another account', async () => {
    const { ledger, add, wait, db } = await ledgerOf()
    const own = await add([SENDING, REFUSED])
    wait(MINUTE)
    const { receiptId } = await add([SENDING], { scope: { ...SCOPE, ownerId: '9002' } })
    const refusal = {
      receipt_id: receiptId,
      at: '2026-11-24T10:01:00.000Z',
      outcome: 'refused',
      how: 'read_after',
    } as const
    for (let seq = 2; seq < 2_100; seq += 100) {
      const rows = Array.from({ length: 100 }, (_, index) => ({ ...refusal, seq: seq + index }))
      await db.queries.insertInto('return_events').values(rows).execute()
    }
    expect((await ledger.marks(SCOPE, null)).refused.map((each) => each.receiptId)).toEqual([own.receiptId])
  })

  it('says of a refused number what its newest return says that was sent, for thirty days', async () => {
    const { ledger, add, wait } = await ledgerOf()
    const refused = async () => (await ledger.marks(SCOPE, null)).refused.map(({ receiptId }) => receiptId)
    const again = async (number: string, events: NewEvent[]) => {
      wait(MINUTE)
      const { receiptId } = await ledger.intend(intentFor(number, { leaseMs: 48 * 60 * MINUTE }))
      for (const event of events) await ledger.append(receiptId, event)
      return receiptId
    }
    const first = await add([SENDING, REFUSED])
    expect(await refused()).toEqual([first.receiptId])
    await again(first.number, [NOT_SENT])
    expect(await refused()).toEqual([first.receiptId])
    const second = await again(first.number, [SENDING, REFUSED])
    expect(await refused()).toEqual([second])
    const open = await again(first.number, [SENDING])
    expect(await refused()).toEqual([])
    await ledger.append(open, ACCEPTED)
    expect(await refused()).toEqual([])
    const other = await add([SENDING, REFUSED])
    wait(30 * 24 * 60 * MINUTE)
    expect(await refused()).toEqual([other.receiptId])
    wait(MINUTE)
    expect(await refused()).toEqual([])
  })
})
