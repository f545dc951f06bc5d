import { expect, it } from 'vitest'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { intentFor, numberAt, SCOPE } from '@/lib/server/ledger/testing/intents'
import { createLedger } from './ledger'
import type { Intent, NewEvent } from './types'

const SENDING: NewEvent = { outcome: 'open', how: 'sending' }
const RETURNED: NewEvent = { outcome: 'returned', how: 'vida_answered' }
const REFUSED: NewEvent = { outcome: 'refused', how: 'vida_answered' }

describeEachDatabase('the latest return of many numbers', (open) => {
  it('is the latest that succeeded, or else the latest, of the own account alone', async () => {
    let now = Date.parse('2026-11-24T10:00:00.000Z')
    const ledger = createLedger((await open()).db, { now: () => now })
    const add = async (index: number, last: NewEvent, changes: Partial<Intent> = {}) => {
      now += 1000
      const { receiptId } = await ledger.intend(intentFor(numberAt(index), changes))
      for (const event of [SENDING, last]) await ledger.append(receiptId, event)
      return receiptId
    }
    const first = await add(0, RETURNED)
    await add(0, REFUSED)
    await add(1, REFUSED)
    const later = await add(1, REFUSED)
    await add(2, RETURNED, { scope: { ...SCOPE, ownerId: 'another' } })
    const many = Array.from({ length: 1200 }, (_, index) => numberAt(index))
    const found = await ledger.latest(SCOPE, many)
    expect(found.map(({ number, receiptId, outcome }) => [number, receiptId, outcome])).toEqual([
      [numberAt(0), first, 'returned'],
      [numberAt(1), later, 'refused'],
    ])
    expect(await ledger.latest(SCOPE, [])).toEqual([])
  })
})
