import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { intentFor, SCOPE } from '@/lib/server/ledger/testing/intents'
import { createLedger } from './ledger'

describeEachDatabase('notes that are added to a receipt', (open) => {
  async function oneReturn() {
    const { db } = await open()
    let time = Date.UTC(2026, 10, 24)
    const ledger = createLedger(db, { now: () => time++ })
    const { receiptId } = await ledger.intend(intentFor('+12145551234', { note: 'T-17' }))
    return { db, ledger, receiptId }
  }

  it('follow one another with time and name, and leave the confirmation’s own note as it is', async () => {
    const { ledger, receiptId } = await oneReturn()
    await ledger.addNote(SCOPE, receiptId, { operator: 'Ada Lovelace', note: 'Customer called' })
    const record = await ledger.addNote(SCOPE, receiptId, { operator: null, note: 'Closed' })
    expect(record).toMatchObject({
      note: 'T-17',
      notes: [
        { operator: 'Ada Lovelace', note: 'Customer called', at: expect.stringMatching(/^2026-11-24T/) },
        { operator: null, note: 'Closed' },
      ],
    })
    expect(await ledger.get(SCOPE, receiptId)).toEqual(record)
    const settled = await ledger.append(receiptId, { outcome: 'not_sent', how: 'undone' })
    expect(settled.notes).toHaveLength(2)
    expect((await ledger.list(SCOPE, { limit: 10 })).returns).toEqual([settled])
  })

  it('are each kept when they come at once', async () => {
    const { ledger, receiptId } = await oneReturn()
    const notes = Array.from({ length: 8 }, (_, index) => `note ${index}`)
    await Promise.all(notes.map((note) => ledger.addNote(SCOPE, receiptId, { operator: null, note })))
    const record = await ledger.get(SCOPE, receiptId)
    expect(record?.notes.map(({ note }) => note).sort()).toEqual(notes)
  })

  it('are added by their own account alone, and a hundred at most', async () => {
    const { ledger, receiptId } = await oneReturn()
    const note = { operator: null, note: 'mine' }
    expect(await ledger.addNote({ ...SCOPE, ownerId: '9002' }, receiptId, note)).toBe('missing')
    expect(await ledger.addNote({ ...SCOPE, origin: 'https://vida.example' }, receiptId, note)).toBe('missing')
    expect(await ledger.addNote(SCOPE, 'R-0', note)).toBe('missing')
    for (let count = 0; count < 100; count++) await ledger.addNote(SCOPE, receiptId, note)
    expect(await ledger.addNote(SCOPE, receiptId, note)).toBe('full')
    expect((await ledger.get(SCOPE, receiptId))?.notes).toHaveLength(100)
  })

  it('are never changed or removed', async () => {
    const { db, ledger, receiptId } = await oneReturn()
    await ledger.addNote(SCOPE, receiptId, { operator: 'Ada Lovelace', note: 'as it was' })
    for (const statement of [`update return_notes set note = 'other'`, 'delete from return_notes'])
      await expect(sql.raw(statement).execute(db.queries), statement).rejects.toThrow()
    expect((await ledger.get(SCOPE, receiptId))?.notes).toMatchObject([{ note: 'as it was' }])
  })

  it('are found by a search, as is who returned a number and why', async () => {
    const { ledger, receiptId } = await oneReturn()
    await ledger.addNote(SCOPE, receiptId, { operator: 'Zoë', note: 'Ticket Łódź-9' })
    const other = await ledger.intend(intentFor('+12145550002', { operator: 'Ada Lovelace', reason: 'Unused' }))
    const found = async (search: string) =>
      (await ledger.list(SCOPE, { search, limit: 10 })).returns.map((record) => record.receiptId)
    expect(await found('lodz-9')).toEqual([receiptId])
    expect(await found('zoe')).toEqual([receiptId])
    expect(await found('lovelace')).toEqual([other.receiptId])
    expect(await found('unused')).toEqual([other.receiptId])
  })
})

describeEachDatabase('who and why', (open) => {
  it('are filters, and the names and reasons to choose from are those of the account', async () => {
    const { db } = await open()
    const ledger = createLedger(db)
    const add = (number: string, operator: string | null, reason: string | null, ownerId = SCOPE.ownerId) =>
      ledger.intend(intentFor(number, { operator, reason, scope: { ...SCOPE, ownerId } }))
    await add('+12145550001', 'Ada', 'Unused')
    await add('+12145550002', 'Bob', 'Unused')
    await add('+12145550003', null, null)
    await add('+12145550004', 'Ada', 'Other')
    await add('+12145550005', 'Eve', 'Secret', '9002')
    expect(await ledger.choices(SCOPE)).toEqual({ operators: ['Ada', 'Bob'], reasons: ['Other', 'Unused'] })
    const numbers = async (filter: { operator?: string; reason?: string }) =>
      (await ledger.list(SCOPE, { ...filter, limit: 10 })).returns.map(({ number }) => number.slice(-1)).join('')
    expect(await numbers({ operator: 'Ada' })).toBe('41')
    expect(await numbers({ operator: 'Ad' })).toBe('')
    expect(await numbers({ reason: 'Unused' })).toBe('21')
    expect(await numbers({ operator: 'Ada', reason: 'Unused' })).toBe('1')
    expect(await numbers({ operator: 'Eve' })).toBe('')
  })
})
