import { expect, it } from 'vitest'
import { startChild } from '@/lib/server/db/testing/child-process'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { intentFor, numberAt, SCOPE } from '@/lib/server/ledger/testing/intents'
import { LedgerConflict } from './errors'
import { createLedger } from './ledger'

const WRITER = new URL('./testing/writer.ts', import.meta.url)
const NUMBER = '+12145551234'

describeEachDatabase('the lock on a number', (open) => {
  async function movable() {
    const test = await open()
    const time = { at: Date.UTC(2026, 10, 24) }
    return { ...test, time, ledger: createLedger(test.db, { now: () => time.at }) }
  }

  it('is taken once by twenty concurrent callers', async () => {
    const { db, again } = await open()
    const ledgers = [createLedger(db), createLedger(await again())]
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ledgers[index % 2]?.intend(intentFor(NUMBER))),
    )
    const intended = answers.filter((answer) => answer?.kind === 'intended')
    expect(intended).toHaveLength(1)
    for (const answer of answers) expect(answer?.receiptId).toBe(intended[0]?.receiptId)
    expect((await ledgers[0]?.list(SCOPE, { limit: 100 }))?.returns).toHaveLength(1)
  })

  it('is taken once by two processes', async () => {
    const { db, location } = await open()
    const args = ['race', location.databaseUrl ?? '', location.dataDir, '0', '60']
    const children = [startChild(WRITER, args), startChild(WRITER, args)]
    expect(await Promise.all(children.map((child) => child.ended()))).toEqual([0, 0])
    const lines = children.flatMap((child) => child.lines)
    expect(lines).toHaveLength(120)
    expect(lines.filter((line) => line.startsWith('intended'))).toHaveLength(60)
    expect(await db.queries.selectFrom('return_intents').select('number').execute()).toHaveLength(60)
  })

  it('follows the return: in progress, unsettled, free', async () => {
    const { ledger } = await movable()
    const { receiptId } = await ledger.intend(intentFor(NUMBER))
    expect(await ledger.intend(intentFor(NUMBER))).toEqual({ kind: 'in_progress', receiptId })
    await ledger.append(receiptId, { outcome: 'unknown', how: 'no_answer' })
    expect(await ledger.intend(intentFor(NUMBER))).toEqual({ kind: 'unsettled', receiptId })
    await ledger.append(receiptId, { outcome: 'not_returned', how: 'marked_by_person' })
    expect((await ledger.intend(intentFor(NUMBER))).kind).toBe('intended')
  })

  it('is one for each owner within one API origin', async () => {
    const { ledger } = await movable()
    await ledger.intend(intentFor(NUMBER))
    const elsewhere = { origin: 'http://127.0.0.1:4010', ownerId: '9001' }
    expect((await ledger.intend(intentFor(NUMBER, { scope: elsewhere }))).kind).toBe('intended')
    const neighbour = { ...SCOPE, ownerId: '9002' }
    expect((await ledger.intend(intentFor(NUMBER, { scope: neighbour }))).kind).toBe('intended')
    expect((await ledger.intend(intentFor(NUMBER, { scope: neighbour }))).kind).toBe('in_progress')
  })

  it('keeps its lease while its own instance renews it', async () => {
    const { ledger, time } = await movable()
    const { receiptId } = await ledger.intend(intentFor(NUMBER, { leaseMs: 1000 }))
    time.at += 900
    expect(await ledger.renew(receiptId, 'another instance', 1000)).toBe(false)
    expect(await ledger.renew(receiptId, 'instance-1', 1000)).toBe(true)
    time.at += 900
    expect(await ledger.settleOrphans(SCOPE)).toEqual([])
    expect((await ledger.intend(intentFor(NUMBER))).kind).toBe('in_progress')
    time.at += 101
    expect(await ledger.settleOrphans(SCOPE)).toMatchObject([{ receiptId, outcome: 'not_sent' }])
    expect(await ledger.renew(receiptId, 'instance-1', 1000)).toBe(false)
  })

  it('makes an orphan unknown once sending had begun, and not sent before', async () => {
    const { ledger, time } = await movable()
    const before = await ledger.intend(intentFor(numberAt(1), { leaseMs: 1000 }))
    const after = await ledger.intend(intentFor(numberAt(2), { leaseMs: 1000 }))
    await ledger.append(after.receiptId, { outcome: 'open', how: 'sending' })
    const other = { ...SCOPE, ownerId: '9002' }
    const foreign = await ledger.intend(intentFor(numberAt(3), { leaseMs: 1000, scope: other }))
    expect(await ledger.settleOrphans(SCOPE)).toEqual([])

    time.at += 1000
    const settled = await ledger.settleOrphans(SCOPE)
    expect(settled).toHaveLength(2)
    expect(settled).toContainEqual(expect.objectContaining({ receiptId: before.receiptId, outcome: 'not_sent' }))
    expect(settled).toContainEqual(expect.objectContaining({ receiptId: after.receiptId, outcome: 'unknown' }))
    for (const record of settled) expect(record.events.at(-1)?.how).toBe('server_stopped')
    expect((await ledger.unsettled(SCOPE)).map((record) => record.receiptId)).toEqual([after.receiptId])
    expect(await ledger.unknownCount(SCOPE)).toBe(1)
    expect(await ledger.unknownCount(other)).toBe(0)
    expect(await ledger.settleOrphans(other)).toMatchObject([{ receiptId: foreign.receiptId }])

    // The instance resumes: `not_sent` must stand, and an unknown outcome may still be settled by Vida's answer.
    const late = ledger.append(before.receiptId, { outcome: 'open', how: 'sending' })
    await expect(late).rejects.toBeInstanceOf(LedgerConflict)
    const answered = await ledger.append(after.receiptId, { outcome: 'returned', how: 'vida_answered' })
    expect(answered.outcome).toBe('returned')
    expect(await ledger.unknownCount(SCOPE)).toBe(0)
  })

  it('settles an orphan that blocks a new return', async () => {
    const { ledger, time } = await movable()
    const first = await ledger.intend(intentFor(NUMBER, { leaseMs: 1000 }))
    time.at += 1000
    const second = await ledger.intend(intentFor(NUMBER, { leaseMs: 1000 }))
    expect(second.kind).toBe('intended')
    expect((await ledger.get(SCOPE, first.receiptId))?.outcome).toBe('not_sent')
    await ledger.append(second.receiptId, { outcome: 'open', how: 'sending' })
    time.at += 1000
    expect(await ledger.intend(intentFor(NUMBER))).toEqual({ kind: 'unsettled', receiptId: second.receiptId })
  })

  it('settles an orphan once when several instances find it at the same moment', async () => {
    const { ledger, time, again } = await movable()
    for (let index = 0; index < 5; index++) await ledger.intend(intentFor(numberAt(index), { leaseMs: 1000 }))
    time.at += 1000
    const other = createLedger(await again(), { now: () => time.at })
    const settled = await Promise.all([
      ledger.settleOrphans(SCOPE),
      other.settleOrphans(SCOPE),
      other.settleOrphans(SCOPE),
    ])
    expect(settled.flat()).toHaveLength(5)
    const { returns } = await ledger.list(SCOPE, { limit: 10 })
    expect(returns.map((record) => record.events.length)).toEqual([1, 1, 1, 1, 1])

    const orphan = intentFor('+12145559999', { leaseMs: 1000 })
    await ledger.intend(orphan)
    time.at += 1000
    const answers = await Promise.all([ledger, other, ledger, other].map((each) => each.intend(orphan)))
    expect(answers.map((answer) => answer.kind).sort()).toEqual([
      'in_progress',
      'in_progress',
      'in_progress',
      'intended',
    ])
  })

  it('measures leases by real time where no clock is given', async () => {
    const { db } = await open()
    const ledger = createLedger(db)
    const { receiptId } = await ledger.intend(intentFor(NUMBER, { leaseMs: 60_000 }))
    expect(await ledger.settleOrphans(SCOPE)).toEqual([])
    await ledger.renew(receiptId, 'instance-1', 0)
    expect(await ledger.settleOrphans(SCOPE)).toMatchObject([{ receiptId, outcome: 'not_sent' }])
  })
})
