import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { RECORD_OUTCOMES, type RecordOutcome } from '@/lib/domain/returns/record'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { intentFor, numberAt, SCOPE } from '@/lib/server/ledger/testing/intents'
import { LedgerConflict, LedgerUnavailable } from './errors'
import { createLedger } from './ledger'

describeEachDatabase('the ledger', (open, dialect) => {
  async function ledgerWithClock() {
    const test = await open()
    let time = Date.UTC(2026, 10, 24)
    const now = () => time++
    return { ...test, ledger: createLedger(test.db, { now, describe: (e164) => `national ${e164}` }) }
  }

  it('records every step of a return', async () => {
    const { ledger } = await ledgerWithClock()
    const intended = await ledger.intend(
      intentFor('+12145551234', { operator: 'Ada Lovelace', reason: 'Unused', note: 'ticket 7', batchId: 'B-1' }),
    )
    if (intended.kind !== 'intended') throw new Error(intended.kind)
    const { receiptId } = intended
    expect(receiptId).toMatch(/^R-[0-9A-Z]{9}-[0-9A-Z]{12}$/)
    expect(await ledger.get(SCOPE, receiptId)).toMatchObject({ outcome: 'open', settledAt: null, events: [] })

    await ledger.append(receiptId, { outcome: 'open', how: 'sending' })
    await ledger.append(receiptId, {
      outcome: 'returned',
      how: 'vida_answered',
      message: 'Number returned',
      httpStatus: 200,
      durationMs: 12.4,
    })
    const settledAt = new Date(Date.UTC(2026, 10, 24) + 2).toISOString()
    await ledger.append(receiptId, { outcome: 'returned', how: 'read_after', gone: false })
    const record = await ledger.append(receiptId, { outcome: 'returned', how: 'read_after', gone: true })

    expect(record).toEqual({
      receiptId,
      number: '+12145551234',
      national: 'national +12145551234',
      accountId: '100001',
      accountName: 'Front desk',
      organizationId: '5001',
      organizationName: 'Ampère Dental',
      outcome: 'returned',
      message: 'Number returned',
      reason: 'Unused',
      note: 'ticket 7',
      notes: [],
      requestedAt: '2026-11-24T00:00:00.000Z',
      sendsAt: null,
      settledAt,
      verified: true,
      verifiedAt: record.events[3]?.at,
      requestedBy: { id: '9001', name: 'Bright Telecom', role: 'reseller' },
      operator: 'Ada Lovelace',
      batchId: 'B-1',
      listedAt: null,
      traceId: 'trace-1',
      contradiction: null,
      events: [
        expect.objectContaining({ outcome: 'open', how: 'sending', httpStatus: null, gone: null }),
        expect.objectContaining({ outcome: 'returned', httpStatus: 200, durationMs: 12, at: settledAt }),
        expect.objectContaining({ how: 'read_after', gone: false }),
        expect.objectContaining({ how: 'read_after', gone: true }),
      ],
    })
    expect(await ledger.get(SCOPE, receiptId)).toEqual(record)
  })

  const ALLOWED: Record<RecordOutcome, readonly RecordOutcome[]> = {
    open: RECORD_OUTCOMES,
    unknown: ['unknown', 'returned', 'refused', 'already_gone', 'not_sent', 'not_returned'],
    returned: ['returned'],
    refused: ['refused'],
    already_gone: ['already_gone'],
    not_sent: [],
    not_returned: ['not_returned'],
  }

  it('lets an outcome be followed only by what does not contradict it', async () => {
    const { db, ledger } = await ledgerWithClock()
    let index = 0
    for (const present of RECORD_OUTCOMES) {
      for (const next of RECORD_OUTCOMES) {
        const number = numberAt(index++)
        const { receiptId } = await ledger.intend(intentFor(number))
        await ledger.append(receiptId, { outcome: present, how: 'read_after' })
        const appended = ledger.append(receiptId, { outcome: next, how: 'read_after' })
        const allowed = ALLOWED[present].includes(next)
        if (allowed) expect((await appended).outcome).toBe(next)
        else await expect(appended, `${present} → ${next}`).rejects.toBeInstanceOf(LedgerConflict)

        const outcome = allowed ? next : present
        const lock = await db.queries
          .selectFrom('return_locks')
          .select('state')
          .where('number', '=', number)
          .executeTakeFirst()
        expect(lock?.state).toBe(outcome === 'open' ? 'open' : outcome === 'unknown' ? 'unsettled' : undefined)
        expect((await ledger.get(SCOPE, receiptId))?.outcome).toBe(outcome)
      }
    }
  })

  it('refuses an event without an intent', async () => {
    const { ledger } = await ledgerWithClock()
    const appended = ledger.append('R-000000000-000000000000', { outcome: 'returned', how: 'read_after' })
    await expect(appended).rejects.toMatchObject({ name: 'LedgerConflict', present: null })
  })

  it('rejects, in the database itself, every change of what was written', async () => {
    const { db, ledger } = await ledgerWithClock()
    const { receiptId } = await ledger.intend(intentFor('+12145551234'))
    const before = await ledger.append(receiptId, { outcome: 'returned', how: 'vida_answered' })
    const changes = [
      sql`update return_intents set note = 'x'`,
      sql`delete from return_intents`,
      sql`update return_events set outcome = 'refused'`,
      sql`delete from return_events`,
      dialect === 'sqlite'
        ? sql`insert or replace into return_events (receipt_id, seq, at, outcome, how) values (${receiptId}, 1, '', 'refused', '')`
        : sql`truncate return_events`,
    ]
    for (const change of changes) await expect(change.execute(db.queries)).rejects.toThrow()
    expect(await ledger.get(SCOPE, receiptId)).toEqual(before)
  })

  it('stores text that a database would reject', async () => {
    const { ledger } = await ledgerWithClock()
    const { receiptId } = await ledger.intend(
      intentFor('+12145551234', { accountName: 'a\u0000b', note: "'; drop table return_intents; --" }),
    )
    const message = `\u0000\ud800<b>${'x'.repeat(10_000)}`
    const record = await ledger.append(receiptId, { outcome: 'refused', how: 'vida_answered', message })
    expect(record).toMatchObject({ accountName: 'a b', note: "'; drop table return_intents; --" })
    expect(record.message).toMatch(/^\ufffd<b>x+…$/)
    expect(await ledger.get(SCOPE, receiptId)).toEqual(record)
  })

  it('counts two appends at once as two, and lets only one outcome through', async () => {
    const { ledger, again } = await ledgerWithClock()
    const other = createLedger(await again())
    for (let index = 0; index < 10; index++) {
      const { receiptId } = await ledger.intend(intentFor(numberAt(index)))
      const outcomes = await Promise.allSettled([
        ledger.append(receiptId, { outcome: 'returned', how: 'vida_answered' }),
        other.append(receiptId, { outcome: 'refused', how: 'vida_answered' }),
        other.append(receiptId, { outcome: 'returned', how: 'read_after' }),
        ledger.append(receiptId, { outcome: 'refused', how: 'read_after' }),
      ])
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(2)
      const events = (await ledger.get(SCOPE, receiptId))?.events ?? []
      expect(events).toHaveLength(2)
      expect(new Set(events.map((event) => event.outcome)).size).toBe(1)
    }
  })

  it('is unavailable, and says no more than a code, once the database is gone', async () => {
    const { location, again } = await ledgerWithClock()
    const db = await again()
    const ledger = createLedger(db)
    await db.close()
    const error = await ledger.intend(intentFor('+12145551234')).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(LedgerUnavailable)
    expect(String(error)).not.toContain(location.databaseUrl ?? location.dataDir)
    await expect(ledger.list(SCOPE, { limit: 1 })).rejects.toBeInstanceOf(LedgerUnavailable)
    await expect(ledger.append('x', { outcome: 'open', how: 'sending' })).rejects.toBeInstanceOf(LedgerUnavailable)
  })
})
