import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { holding } from '@/lib/domain/accounts/testing/account-numbers'
import type { Database } from '@/lib/server/db/database'
import { describeEachDatabase, describePostgres } from '@/lib/server/db/testing/databases'
import { at, kept, lacking, WHOLE } from '@/lib/server/snapshots/testing/snapshots'
import { createSnapshots } from './snapshots'

/** The same database; after its `nth` query from now on, `act` comes in between. */
function interrupted(db: Database, nth: (query: number) => boolean, act: () => Promise<unknown>): Database {
  let count = 0
  const queries = db.queries.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      count += 1
      if (nth(count)) await act()
      return result
    },
  })
  return { ...db, queries }
}

describePostgres('a number that is returned while a reading is kept', (open) => {
  it.each([WHOLE, lacking('account 9')])('stays returned, whatever that reading has read before (%j)', async (how) => {
    const { db, again } = await open()
    const room = createSnapshots(db)
    const other = createSnapshots(await again())
    const watcher = await again()
    const first = [holding('1', '+1201', '+1202'), holding('2', '+1203')]
    await room.keep('me', at(0), first, how)

    let waits = false
    const patching = Promise.withResolvers<void>()
    const seeItWait = async () => {
      const waiting = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      while (!waits) waits = (await waiting.execute(watcher.queries)).rows.length > 0
    }
    function* reading() {
      other.patch('me', '1', [], '+1201').then(patching.resolve, patching.reject)
      void seeItWait()
      yield* first
      // The rows of before are gone by now; on and on, until the other one waits for them.
      for (let index = 0; !waits; index++) yield holding(`other ${index}`)
    }
    await room.keep('me', at(1), reading(), how)
    await patching.promise
    expect(await room.accountsHolding('me', '+1201')).toEqual([])
    expect(await room.accountsHolding('me', '+1203')).toMatchObject([{ id: '2' }])
  })
})

describeEachDatabase('kept slots', (open) => {
  const slots = async (db: Database) => {
    const rows = await db.queries.selectFrom('kept_inventories').select('identity').orderBy('identity').execute()
    return rows.map(({ identity }) => identity)
  }

  it('hold nothing that is empty: an incomplete reading goes with the complete one that follows it', async () => {
    const { db } = await open()
    const room = createSnapshots(db)
    await room.keep('me', at(0), [holding('1')], lacking('account 2'))
    expect(await slots(db)).toEqual(['me:partial'])
    await room.keep('me', at(1), [holding('1')], WHOLE)
    expect(await slots(db)).toEqual(['me'])
    await room.keep('me', at(0), [holding('3')], lacking('account 2'))
    expect(await slots(db)).toEqual(['me'])
    expect(await room.accountOf('me', '3')).toBeNull()
  })

  it('are counted by identity: 200 are kept, whatever stands beside them', async () => {
    const { db } = await open()
    const room = createSnapshots(db)
    await room.keep('me', at(0), [holding('1')], WHOLE)
    await room.keep('me', at(1), [holding('1')], lacking('account 2'))
    const names = Array.from({ length: 198 }, (_, index) => `identity ${index}`)
    const rows = names.flatMap((name) => [name, `${name}:partial`, `${name}:before`])
    await db.queries
      .insertInto('kept_inventories')
      .values(rows.map((identity) => ({ identity, read_at: at(5) })))
      .execute()
    await room.keep('you', at(6), [holding('1')], WHOLE)
    expect(await kept(db)).toEqual([at(0), { 1: [] }])
    await room.keep('one more', at(7), [holding('1')], WHOLE)
    expect((await slots(db)).filter((slot) => slot.startsWith('me'))).toEqual([])
    expect(await slots(db)).toHaveLength(3 * 198 + 2)
  })
})

describeEachDatabase('an inventory that is loaded while it changes', (open) => {
  async function opened() {
    const { db, again } = await open()
    const room = createSnapshots(db)
    const other = createSnapshots(await again())
    await room.keep('me', at(0), [holding('1', '+1201'), holding('2', '+1202')], WHOLE)
    await room.keep('me', at(1), [holding('1', '+1201', '+1203'), holding('3')], WHOLE)
    const loaded = async (from: Database = db) => JSON.parse((await createSnapshots(from).loadText('me')) ?? 'null')
    return { db, other, loaded }
  }

  it.each([
    ['a later one is kept', 'keep'],
    ['its changes are dismissed', 'dismiss'],
    ['its changes are dismissed and a later one is kept', 'both'],
  ])('is told as it was before or is afterwards, when %s between two of its statements', async (_, what) => {
    for (const query of [1, 2, 3, 4, 5]) {
      const { db, other, loaded } = await opened()
      const before = await loaded()
      const found = await loaded(
        interrupted(
          db,
          (nth) => nth === query,
          async () => {
            if (what !== 'keep') await other.dismissChanges('me', at(1))
            if (what !== 'dismiss') await other.keep('me', at(2), [holding('1'), holding('4', '+1204')], WHOLE)
          },
        ),
      )
      expect([before, await loaded()], `after query ${query}`).toContainEqual(found)
    }
  })

  it('is told without its changes when it is replaced again and again', async () => {
    const { db, other, loaded } = await opened()
    let minute = 2
    const found = await loaded(
      interrupted(
        db,
        (nth) => nth % 5 === 3,
        () => other.keep('me', at(minute++), [holding('1')], WHOLE),
      ),
    )
    expect(found).toEqual({ readAt: at(2), accounts: [holding('1')] })
  })
})
