import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ReturnRecord } from '@/lib/domain/returns/record'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { intentFor, numberAt, SCOPE } from '@/lib/server/ledger/testing/intents'
import { BadCursor } from './errors'
import { createLedger } from './ledger'
import { cursorAfter } from './receipt-id'
import type { Intent, ReturnFilter } from './types'

describeEachDatabase('the list of returns', (open) => {
  it('shows each record once, newest first, whatever the page size', async () => {
    const { db } = await open()
    const time = { at: 0 }
    const ledger = createLedger(db, { now: () => time.at })
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        // Few distinct times, so that many records share one.
        fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 25 }),
        fc.integer({ min: 1, max: 8 }),
        async (times, limit) => {
          const scope = { ...SCOPE, ownerId: `owner-${++run}` }
          const written: string[] = []
          for (const [index, at] of times.entries()) {
            time.at = Date.UTC(2026, 0, 1) + at * 1000
            const intent = intentFor(`+1${run}555${1000 + index}`, { scope })
            written.push((await ledger.intend(intent)).receiptId)
          }
          const read: ReturnRecord[] = []
          let cursor: string | null = null
          do {
            const page = await ledger.list(scope, { limit, cursor })
            expect(page.returns.length).toBeLessThanOrEqual(limit)
            if (page.nextCursor !== null) expect(page.returns).toHaveLength(limit)
            read.push(...page.returns)
            cursor = page.nextCursor
          } while (cursor !== null)
          expect(read.map((record) => record.receiptId).sort()).toEqual(written.sort())
          const shown = read.map((record) => record.requestedAt)
          expect(shown).toEqual([...shown].sort().reverse())
        },
      ),
      { numRuns: 25 },
    )
  })

  it('does not move while newer records are written', async () => {
    const { db } = await open()
    const ledger = createLedger(db)
    for (let index = 0; index < 6; index++) await ledger.intend(intentFor(numberAt(index)))
    const first = await ledger.list(SCOPE, { limit: 3 })
    await ledger.intend(intentFor(numberAt(100)))
    const second = await ledger.list(SCOPE, { limit: 3, cursor: first.nextCursor })
    const numbers = [...first.returns, ...second.returns].map((record) => record.number)
    expect(new Set(numbers)).toEqual(new Set([0, 1, 2, 3, 4, 5].map(numberAt)))
    expect(second.nextCursor).toBeNull()
  })

  it('rejects a cursor that it did not issue', async () => {
    const { db } = await open()
    const ledger = createLedger(db)
    const foreign = ['x', '%', 'Ui0', cursorAfter('R-1'), cursorAfter("R-' or 1=1 --"), 'a'.repeat(10_000)]
    for (const cursor of foreign) {
      await expect(ledger.list(SCOPE, { limit: 1, cursor })).rejects.toBeInstanceOf(BadCursor)
    }
    expect((await ledger.list(SCOPE, { limit: 1, cursor: null })).returns).toEqual([])
  })

  it('finds by digits, customer, agent and receipt, with or without accents, and matches wildcards literally', async () => {
    const { db } = await open()
    const ledger = createLedger(db)
    const add = (number: string, changes: Partial<Intent>) => ledger.intend(intentFor(number, changes))
    await add('+12145551234', { accountId: '100001', accountName: 'Élodie 100%', organizationName: 'Ampère Dental' })
    await add('+442079460018', { accountId: 'acc_7', accountName: 'under_score', organizationName: 'back\\slash' })
    const { receiptId } = await add('+13125550000', { accountId: null, accountName: null, organizationName: null })
    const found = async (search: string) => {
      const { returns } = await ledger.list(SCOPE, { limit: 10, search })
      return returns.map((record) => record.number).sort()
    }
    expect(await found('')).toHaveLength(3)
    expect(await found('(214) 555-1234')).toEqual(['+12145551234'])
    expect(await found('+1 214')).toEqual(['+12145551234'])
    expect(await found('020 7946 0018')).toEqual(['+442079460018'])
    expect(await found('5551')).toEqual(['+12145551234'])
    expect(await found('ÉLODIE')).toEqual(['+12145551234'])
    expect(await found('ampère dental')).toEqual(['+12145551234'])
    expect(await found('elodie')).toEqual(['+12145551234'])
    expect(await found('AMPÉRE')).toEqual(['+12145551234'])
    expect(await found('100001')).toEqual(['+12145551234'])
    expect(await found('%')).toEqual(['+12145551234'])
    expect(await found('_')).toEqual(['+442079460018'])
    expect(await found('K\\S')).toEqual(['+442079460018'])
    expect(await found("'")).toEqual([])
    expect(await found('\u0000\u202aELO\u200bDIE')).toEqual(['+12145551234'])
    expect(await found('\u0000')).toHaveLength(3)
    expect(await found(receiptId.toLowerCase())).toEqual(['+13125550000'])
    expect(await found('x'.repeat(100_000))).toEqual([])
  })

  it('finds a number in whatever form people have it, and each of several', async () => {
    const { db } = await open()
    const ledger = createLedger(db)
    for (const number of ['+12145551234', '+442079460018', '+77012345678'])
      await ledger.intend(intentFor(number, { accountName: 'Desk', organizationName: 'Alder' }))
    const found = async (search: string) => {
      const { returns } = await ledger.list(SCOPE, { limit: 10, search })
      return returns.map((record) => record.number).sort()
    }
    for (const british of [
      '+44 (0)20 7946 0018',
      'tel:+442079460018',
      'tel:+44-20-7946-0018;ext=5',
      '011 44 20 7946 0018',
      '0044 20 7946 0018',
      '442079460018',
      '+44 20 7946\u20130018',
      '+44 20 7946\u20110018',
      '\u202a+442079460018\u202c',
      '\uff0b44 20 7946 0018',
    ])
      expect(await found(british), british).toEqual(['+442079460018'])
    expect(await found('8 (701) 234 5678')).toEqual(['+77012345678'])
    const both = ['+12145551234', '+442079460018']
    expect(await found('214-555-1234, 020 7946 0018')).toEqual(both)
    expect(await found('+12145551234 +442079460018')).toEqual(both)
    expect(await found('214-555-1234; 1')).toEqual(['+12145551234'])
    expect(await found('Desk, Alder')).toEqual([])
  })

  it('finds letters without a decomposition by their plain ones, and digits of any script', async () => {
    const { db } = await open()
    const ledger = createLedger(db)
    const names = { accountName: 'Łódź 1-0', organizationName: 'Øst Straße', note: 'ΟΔΟΣ ۴۲' }
    await ledger.intend(intentFor('+12145551234', names))
    const found = async (search: string) => (await ledger.list(SCOPE, { limit: 10, search })).returns.length
    for (const search of ['lodz 1-0', 'ŁÓDŹ', 'ost strasse', 'Øst Straße', 'οδος', 'Οδός 42', '٤٢', '+१ २१४', '２１４'])
      expect([search, await found(search)]).toEqual([search, 1])
  })

  it('finds a record that was written before those letters folded, by its names as they are written', async () => {
    const { db } = await open()
    const ledger = createLedger(db)
    await ledger.intend(intentFor('+12145551234', { accountName: 'Plain' }))
    const row = await db.queries.selectFrom('return_intents').selectAll().executeTakeFirstOrThrow()
    const earlier = {
      ...row,
      receipt_id: 'R-000000000-000000000000',
      request_id: null,
      search_text: 'łodz straße ۴۲',
    }
    await db.queries.insertInto('return_intents').values(earlier).execute()
    const found = async (search: string) => (await ledger.list(SCOPE, { limit: 10, search })).returns.length
    for (const search of ['Łódź', 'STRAßE', '۴۲']) expect([search, await found(search)]).toEqual([search, 1])
  })

  it('finds by the note', async () => {
    const { db } = await open()
    const ledger = createLedger(db)
    const add = (number: string, note: string | null) => ledger.intend(intentFor(number, { note }))
    await add('+12145551234', 'ZD-4711, Kündigung 100%')
    await add('+12145551235', 'ZD-4712')
    await add('+12145551236', null)
    const found = async (search: string) => {
      const { returns } = await ledger.list(SCOPE, { limit: 10, search })
      return returns.map(({ number }) => number).sort()
    }
    expect(await found('zd-4711')).toEqual(['+12145551234'])
    expect(await found('kundigung')).toEqual(['+12145551234'])
    expect(await found('100%')).toEqual(['+12145551234'])
    expect(await found('ZD-47')).toHaveLength(2)
    expect(await found('ZD-4714')).toEqual([])
  })

  it('shows and finds the names of an account that were learned after the confirmation', async () => {
    const ledger = createLedger((await open()).db)
    const unnamed = { accountName: null, organizationId: null, organizationName: null }
    const { receiptId } = await ledger.intend(intentFor('+12145551234', unnamed))
    const names = { name: 'Élodie’s desk', organizationId: '8001', organizationName: 'Alder' }
    await ledger.nameAccount(receiptId, names)
    await ledger.nameAccount(receiptId, { ...names, name: 'another' })
    const { returns } = await ledger.list(SCOPE, { limit: 10, search: 'elodie' })
    expect(returns).toMatchObject([{ receiptId, accountName: 'Élodie’s desk', organizationName: 'Alder' }])
    expect(await ledger.get(SCOPE, receiptId)).toMatchObject({ organizationId: '8001' })
  })

  it('filters by outcome, time and batch', async () => {
    const { db } = await open()
    const time = { at: Date.UTC(2026, 10, 1) }
    const ledger = createLedger(db, { now: () => time.at })
    const outcomes = ['returned', 'refused', 'unknown', 'open'] as const
    for (const [index, outcome] of outcomes.entries()) {
      time.at = Date.UTC(2026, 10, 1 + index)
      const { receiptId } = await ledger.intend(
        intentFor(numberAt(index), { batchId: index < 2 ? 'B-1' : null, organizationName: `Customer ${index}` }),
      )
      if (outcome !== 'open') await ledger.append(receiptId, { outcome, how: 'vida_answered' })
    }
    const found = async (filter: ReturnFilter) => {
      const { returns } = await ledger.list(SCOPE, { ...filter, limit: 10 })
      return returns.map((record) => record.outcome)
    }
    expect(await found({ outcomes: ['refused', 'open'] })).toEqual(['open', 'refused'])
    expect(await found({ outcomes: ['not_sent'] })).toEqual([])
    expect(await found({ outcomes: [] })).toEqual([])
    expect(await found({ from: '2026-11-02T00:00:00Z', to: '2026-11-04' })).toEqual(['unknown', 'refused'])
    expect(await found({ from: '2026-11-02T02:00:00+02:00' })).toEqual(['open', 'unknown', 'refused'])
    expect(await found({ batchId: 'B-1' })).toEqual(['refused', 'returned'])
    expect(await found({ batchId: 'B-1', search: 'customer 1', outcomes: ['refused'] })).toEqual(['refused'])
    await expect(found({ from: 'yesterday' })).rejects.toBeInstanceOf(RangeError)
  })

  it('filters by organization, also one that was learned after the confirmation', async () => {
    const ledger = createLedger((await open()).db)
    const unnamed = { accountId: null, accountName: null, organizationId: null, organizationName: null }
    const of = async (number: string, changes: Partial<Intent>) =>
      (await ledger.intend(intentFor(number, changes))).receiptId
    await of('+12145550001', { organizationId: '8001' })
    await of('+12145550002', { organizationId: '80010', organizationName: 'Next to 8001', note: '8001' })
    const learned = await of('+12145550003', unnamed)
    await of('+12145550004', unnamed)
    await ledger.nameAccount(learned, { name: 'Front desk', organizationId: '8001', organizationName: 'Alder' })
    const refused = await of('+12145550005', { organizationId: '8001', batchId: 'B-1' })
    await ledger.append(refused, { outcome: 'refused', how: 'vida_answered' })
    const found = async (filter: ReturnFilter) => {
      const { returns } = await ledger.list(SCOPE, { ...filter, limit: 10 })
      return returns.map(({ number }) => number).sort()
    }
    expect(await found({ organizationId: '8001' })).toEqual(['+12145550001', '+12145550003', '+12145550005'])
    expect(await found({ organizationId: '8001', outcomes: ['refused'] })).toEqual(['+12145550005'])
    expect(await found({ organizationId: '8001', search: '0003' })).toEqual(['+12145550003'])
    expect(await found({ organizationId: '9' })).toEqual([])
    const pages = await Array.fromAsync(ledger.each(SCOPE, { organizationId: '8001' }))
    expect(pages.flat()).toHaveLength(3)
  })

  it('shows a scope its own records alone, in every reading verb', async () => {
    const { db } = await open()
    const ledger = createLedger(db)
    const others = [
      { ...SCOPE, ownerId: '9002' },
      { ...SCOPE, origin: 'http://127.0.0.1:4010' },
    ]
    const { receiptId } = await ledger.intend(intentFor('+12145551234', { batchId: 'B-1' }))
    await ledger.append(receiptId, { outcome: 'unknown', how: 'no_answer' })
    expect(await ledger.get(SCOPE, receiptId)).not.toBeNull()
    for (const scope of others) {
      expect(await ledger.get(scope, receiptId)).toBeNull()
      expect(await ledger.list(scope, { limit: 10, batchId: 'B-1' })).toEqual({ returns: [], nextCursor: null })
      expect(await ledger.unsettled(scope)).toEqual([])
      expect(await ledger.unknownCount(scope)).toBe(0)
      expect(await Array.fromAsync(ledger.each(scope, {}))).toEqual([])
    }
  })

  it('gives all records in pages, for a file', async () => {
    const { db } = await open()
    const ledger = createLedger(db)
    await Promise.all(Array.from({ length: 101 }, (_, index) => ledger.intend(intentFor(numberAt(index)))))
    const pages = await Array.fromAsync(ledger.each(SCOPE, { search: '555' }))
    expect(pages.map((page) => page.length)).toEqual([100, 1])
    expect(new Set(pages.flat().map((record) => record.number)).size).toBe(101)
  })
})
