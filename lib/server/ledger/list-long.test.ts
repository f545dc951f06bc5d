import { expect, it } from 'vitest'
import type { Database } from '@/lib/server/db/database'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { intentFor, SCOPE } from '@/lib/server/ledger/testing/intents'
import { createLedger } from './ledger'

const COUNT = 4_500
const BATCH = 'B-every-third'

const idAt = (index: number) => `R-000000000-${String(index).padStart(12, '0')}`
const noteAt = (index: number) => (index % 1000 === 7 ? 'rare' : index % 2 === 0 ? 'even' : 'odd')

/** Copies of one intent: to confirm so many would take minutes. */
async function fill(db: Database): Promise<void> {
  await createLedger(db).intend(intentFor('+12145550000'))
  const { queries } = db
  const one = await queries.selectFrom('return_intents').selectAll().executeTakeFirstOrThrow()
  for (let from = 0; from < COUNT; from += 300) {
    const rows = Array.from({ length: 300 }, (_, offset) => {
      const index = from + offset
      const batch_id = index % 3 === 0 ? BATCH : null
      return { ...one, receipt_id: idAt(index), batch_id, note: noteAt(index), search_text: noteAt(index) }
    })
    await queries.insertInto('return_intents').values(rows).execute()
  }
}

describeEachDatabase('a long list of returns', (open, dialect) => {
  it('is searched to its end, in pages that begin where the last one ended', async () => {
    const { db } = await open()
    await fill(db)
    const ledger = createLedger(db)
    const wanted = (matches: (index: number) => boolean) =>
      Array.from({ length: COUNT }, (_, index) => COUNT - 1 - index)
        .filter(matches)
        .map(idAt)
    const found = async (filter: Parameters<typeof ledger.each>[1]) => {
      const pages = await Array.fromAsync(ledger.each(SCOPE, filter))
      return pages.flat().map(({ receiptId }) => receiptId)
    }
    expect(await found({ search: 'rare' })).toEqual(wanted((index) => noteAt(index) === 'rare'))
    expect(await found({ search: 'even' })).toEqual(wanted((index) => noteAt(index) === 'even'))
    const rareInBatch = wanted((index) => noteAt(index) === 'rare' && index % 3 === 0)
    expect(await found({ search: 'rare', batchId: BATCH })).toEqual(rareInBatch)
    expect((await ledger.list(SCOPE, { search: 'rare', limit: 2 })).nextCursor).not.toBeNull()
    expect((await ledger.list(SCOPE, { search: 'rare', limit: 5 })).nextCursor).toBeNull()
  })

  it.runIf(dialect === 'sqlite')('lets other queries come between while it is searched', async () => {
    const { db } = await open()
    await fill(db)
    const ended: string[] = []
    const search = createLedger(db)
      .list(SCOPE, { search: 'nothing like it', limit: 50 })
      .then(() => ended.push('search'))
    const other = db.queries
      .selectFrom('sessions')
      .select('id')
      .execute()
      .then(() => ended.push('other'))
    await Promise.all([search, other])
    expect(ended).toEqual(['other', 'search'])
  })
})
