import fc from 'fast-check'
import { expect, it } from 'vitest'
import { entriesOf, placeOf } from '@/lib/domain/history/entries'
import { createBatchStore } from '@/lib/server/batch-store/batch-store'
import { createBatch } from '@/lib/server/batch-store/testing/batches'
import type { Database } from '@/lib/server/db/database'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { BadCursor } from '@/lib/server/ledger/errors'
import { createLedger } from '@/lib/server/ledger/ledger'
import { intentFor, numberAt, SCOPE } from '@/lib/server/ledger/testing/intents'
import type { Intent, Scope } from '@/lib/server/ledger/types'
import { foldedPage } from './history'

const DAY = 86_400_000
const START = Date.UTC(2026, 10, 1)

/** A house with a clock of its own: returns and batches are written at `time.at`. */
function houseOf(db: Database) {
  const time = { at: START }
  const ledger = createLedger(db, { now: () => time.at })
  const batches = createBatchStore(db)
  let numbers = 0
  const newNumber = () => numberAt(++numbers)
  return {
    db,
    time,
    ledger,
    batches,
    newNumber,
    /** @returns the receipt's id. */
    async return(changes: Partial<Intent> = {}, number = newNumber()) {
      return (await ledger.intend(intentFor(number, changes))).receiptId
    },
    /** @returns the batch's id. */
    batch(numbers: readonly string[], scope: Scope = SCOPE) {
      const items = numbers.map((number) => ({
        number,
        account_id: '100001',
        account_name: 'Front desk',
        organization_id: '5001',
        organization_name: 'Ampère Dental',
      }))
      const requestedBy = { id: '9001', name: 'Bright Telecom', role: 'reseller' }
      return createBatch(batches, { scope, requestedBy, note: 'T-17', instance: 'i', items }, time.at)
    },
    page: (filter: Partial<Parameters<typeof foldedPage>[3]> = {}, scope: Scope = SCOPE) =>
      foldedPage(db, ledger, scope, { limit: 10, ...filter }, time.at),
  }
}

const idsOf = ({ returns, batches }: Awaited<ReturnType<typeof foldedPage>>) =>
  entriesOf(returns, batches).map(({ id }) => id)

describeEachDatabase('the history with its batches folded', (open) => {
  it('shows each single return and each batch once, newest first, whatever the page size, and no return of a batch', async () => {
    const { db } = await open()
    const house = houseOf(db)
    let run = 0
    const event = fc.record({
      // Few distinct times, so that many entries share one.
      at: fc.integer({ min: 0, max: 4 }),
      kind: fc.constantFrom('return', 'batch', 'empty batch'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 20 }), fc.integer({ min: 1, max: 7 }), async (events, limit) => {
        const scope = { ...SCOPE, ownerId: `owner-${++run}` }
        const written: string[] = []
        for (const { at, kind } of events) {
          house.time.at = START + at * 1000
          if (kind === 'return') written.push(await house.return({ scope }))
          else {
            const number = house.newNumber()
            const batchId = await house.batch([number], scope)
            if (kind === 'batch') await house.return({ scope, batchId }, number)
            written.push(batchId)
          }
        }
        const read: string[] = []
        let cursor: string | null = null
        do {
          const page: Awaited<ReturnType<typeof foldedPage>> = await house.page({ limit, cursor }, scope)
          expect(page.returns.length + page.batches.length).toBeLessThanOrEqual(limit)
          if (page.nextCursor !== null) expect(idsOf(page)).toHaveLength(limit)
          read.push(...idsOf(page))
          cursor = page.nextCursor
        } while (cursor !== null)
        expect([...read].sort()).toEqual([...written].sort())
        expect(read).toEqual([...read].sort((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1)))
      }),
      { numRuns: 30 },
    )
  })

  it('does not move while newer returns and batches are written', async () => {
    const { db } = await open()
    const house = houseOf(db)
    const ids: string[] = []
    for (let index = 0; index < 6; index += 1) {
      house.time.at = START + index * 1000
      ids.unshift(index % 2 ? await house.return() : await house.batch([house.newNumber()]))
    }
    const first = await house.page({ limit: 3 })
    house.time.at += 1000
    await house.return()
    await house.batch([house.newNumber()])
    const second = await house.page({ limit: 3, cursor: first.nextCursor })
    expect([...idsOf(first), ...idsOf(second)]).toEqual(ids)
    expect(second.nextCursor).toBeNull()
    await expect(house.page({ cursor: 'Ui0x' })).rejects.toBeInstanceOf(BadCursor)
  })

  it('counts a batch’s numbers by their latest receipt, and the rest by their item’s state', async () => {
    const { db } = await open()
    const house = houseOf(db)
    const { ledger, batches, time } = house
    const numbers = Array.from({ length: 7 }, house.newNumber)
    const [returned = '', again = '', open2 = ''] = numbers
    const id = await house.batch(numbers)
    await ledger.append(await house.return({ batchId: id }, returned), { outcome: 'unknown', how: 'no_answer' })
    const first = await house.return({ batchId: id }, again)
    await ledger.append(first, { outcome: 'refused', how: 'vida_answered' })
    time.at += 1000
    const second = await house.return({ batchId: id }, again)
    await ledger.append(second, { outcome: 'returned', how: 'vida_answered' })
    await house.return({ batchId: id }, open2)
    const taken = [
      await batches.take(id),
      await batches.take(id),
      await batches.take(id),
      await batches.take(id),
      await batches.take(id),
    ]
    // Settled before anything was sent, so it left no receipt.
    const [, , , unsent] = taken
    if (!unsent) throw new Error('no number was left to take')
    await batches.finish(unsent, 'account_unreadable')

    const counts = { returned: 1, unknown: 1, open: 2, not_sent: 1, waiting: 2, refused: 0 }
    const [running] = (await house.page()).batches
    expect(running).toMatchObject({ id, state: 'running', total: 7, note: 'T-17', counts })
    expect(running?.requestedBy).toEqual({ id: '9001', name: 'Bright Telecom', role: 'reseller' })

    await batches.end(id, 'i', 'stopped', time.at)
    const [ended] = (await house.page()).batches
    expect(ended).toMatchObject({
      state: 'ended',
      reason: 'stopped',
      counts: { ...counts, open: 1, not_sent: 4, waiting: 0 },
    })
  })

  it('shows a batch none of whose numbers has a receipt, and shows one as paused that its server left', async () => {
    const { db } = await open()
    const house = houseOf(db)
    const id = await house.batch([house.newNumber(), house.newNumber()])
    house.time.at += DAY
    expect((await house.page()).batches).toMatchObject([
      { id, state: 'paused', reason: 'server_stopped', total: 2, counts: { waiting: 2 } },
    ])
  })

  it('shows the requested days alone, and a batch also on the day on which it was continued', async () => {
    const { db } = await open()
    const house = houseOf(db)
    const numbers = [house.newNumber(), house.newNumber()]
    const day = (index: number) => new Date(START + index * DAY).toISOString()
    const on = async (from: number, to: number) => idsOf(await house.page({ from: day(from), to: day(to) }))
    const continued = await house.batch(numbers)
    await house.return({ batchId: continued }, numbers[0])
    const early = await house.return()
    house.time.at = START + 2 * DAY
    await house.return({ batchId: continued }, numbers[1])
    const late = await house.return()
    const fresh = await house.batch([house.newNumber()])

    expect(new Set(await on(0, 1))).toEqual(new Set([continued, early]))
    expect(await on(1, 2)).toEqual([])
    expect(new Set(await on(2, 3))).toEqual(new Set([late, fresh, continued]))
    expect((await on(2, 3)).at(-1)).toBe(continued)
    expect(await on(3, 4)).toEqual([])
    expect(idsOf(await house.page({ to: day(1) })).length).toBe(2)
    await expect(house.page({ from: 'yesterday' })).rejects.toBeInstanceOf(RangeError)
  })

  it('shows a scope its own batches alone', async () => {
    const { db } = await open()
    const house = houseOf(db)
    await house.batch([house.newNumber()])
    for (const other of [
      { ...SCOPE, ownerId: '9002' },
      { ...SCOPE, origin: 'http://127.0.0.1:4010' },
    ])
      expect(await house.page({}, other)).toEqual({ returns: [], batches: [], nextCursor: null })
  })
})
