import { sql } from 'kysely'
import { expect, it, onTestFinished, vi } from 'vitest'
import { type Database, openDatabase } from '@/lib/server/db/database'
import { describeEachDatabase, describePostgres } from '@/lib/server/db/testing/databases'
import { sharedIn } from '@/lib/server/process/shared'
import { createLimits } from './limit-store'

const RATE = { size: 10, perSecond: 0.2 }
/** Nothing comes back during a test. */
const SLOW = { size: 10, perSecond: 0.001 }

const instance = (db: Database) => createLimits(db, { clock: Date, shared: sharedIn({}) })
const free = (seconds: readonly number[]) => seconds.filter((each) => each === 0).length

/** As if the time since every count began had passed. */
async function letTimePass({ queries }: Database, ms: number): Promise<void> {
  await queries
    .updateTable('limits')
    .set(({ eb }) => ({ until: eb('until', '-', ms) }))
    .execute()
}

describePostgres('limits of several instances', (open) => {
  const three = async () => {
    const { db, again } = await open()
    return { db, limits: [db, await again(), await again()].map(instance) }
  }

  it('count tries together, also those at the same time; another key is not touched', async () => {
    const { limits } = await three()
    const tries = Array.from({ length: 20 }, () => limits.map(({ take }) => take('client a', RATE))).flat()
    expect(free(await Promise.all(tries))).toBe(10)
    for (const { take } of limits) expect(await take('client a', RATE)).toBe(5)
    for (const { take } of limits) expect(await take('client b', RATE)).toBe(0)
  })

  it('refill with time, and take back what is given back', async () => {
    const { db, limits } = await three()
    const [one, two, other] = limits
    for (let index = 0; index < 10; index += 1) await limits[index % 3]?.take('client a', SLOW)
    expect(await two?.take('client a', SLOW)).toBe(1_000)
    await one?.change('client a', SLOW, 1)
    expect(await two?.take('client a', SLOW)).toBe(0)
    expect(await other?.take('client a', SLOW)).toBe(1_000)
    await letTimePass(db, 2_000_000)
    expect([await one?.take('client a', SLOW), await two?.take('client a', SLOW)]).toEqual([0, 0])
    expect(await other?.take('client a', SLOW)).toBe(1_000)
  })

  it('go below zero no deeper than a process would, and never above their size', async () => {
    const { limits } = await three()
    const [one, two] = limits
    for (let index = 0; index < 80; index += 1) await limits[index % 3]?.change('all', SLOW, -1)
    expect(Math.round((await one?.change('all', SLOW, 0)) ?? 0)).toBe(-60)
    for (let index = 0; index < 80; index += 1) await limits[index % 3]?.change('all', SLOW, 1)
    expect(Math.round((await two?.change('all', SLOW, 0)) ?? 0)).toBe(10)
  })

  it('count what is under way together, until it ends or its instance does not renew it for a minute', async () => {
    const { db, limits } = await three()
    const begun = await Promise.all(limits.flatMap(({ begin }) => [begin('scans a', 4), begin('scans a', 4)]))
    const ends = begun.filter((end) => end !== null)
    expect(ends).toHaveLength(4)
    for (const { begin } of limits) expect(await begin('scans a', 4)).toBeNull()
    for (const { begin } of limits) expect(await begin('scans b', 4)).not.toBeNull()
    await ends[0]?.()
    expect(await limits[2]?.begin('scans a', 4)).not.toBeNull()
    expect(await limits[1]?.begin('scans a', 4)).toBeNull()
    await letTimePass(db, 60_001)
    expect(await limits[1]?.begin('scans a', 4)).not.toBeNull()
    for (const end of ends) await end()
  })

  it('leave a place to who took it over, when its first holder ends', async () => {
    const { db, limits } = await three()
    const [one, two, other] = limits
    const endFirst = await one?.begin('scans a', 1)
    await letTimePass(db, 60_001)
    const endSecond = await two?.begin('scans a', 1)
    await endFirst?.()
    expect(await other?.begin('scans a', 1)).toBeNull()
    await endSecond?.()
    expect(await other?.begin('scans a', 1)).not.toBeNull()
  })

  it('are renewed by their holder alone', async () => {
    const { db, location } = await open()
    // With one connection, what is asked next waits for a renewal.
    const single = await openDatabase({ ...location, databasePool: 1 })
    onTestFinished(() => single.close())
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const lapsed = async (change: { holder?: string } = {}) => {
      await db.queries
        .updateTable('limits')
        .set(({ eb }) => ({ until: eb('until', '-', 60_001), ...change }))
        .execute()
      vi.advanceTimersByTime(20_000)
      await sql`select 1`.execute(single.queries)
    }
    await instance(single).begin('scans a', 1)
    await lapsed()
    expect(await instance(db).begin('scans a', 1)).toBeNull()
    await lapsed({ holder: 'another' })
    expect(await instance(db).begin('scans a', 1)).not.toBeNull()
  })

  it('are those of each process while the database cannot be asked', async () => {
    const { db } = await open()
    await db.close()
    for (const { take, begin } of [instance(db), instance(db)]) {
      const tries = Array.from({ length: 12 }, () => take('client a', RATE))
      expect(free(await Promise.all(tries))).toBe(10)
      expect(await begin('scans a', 4)).not.toBeNull()
    }
  })

  it('name nobody in the database, and leave nothing there once they say nothing', async () => {
    const { db, limits } = await three()
    const [one] = limits
    await one?.take('client 203.0.113.7', RATE)
    const end = await one?.begin('scans somebody', 4)
    const rows = await db.queries.selectFrom('limits').selectAll().execute()
    expect(rows).toHaveLength(2)
    expect(JSON.stringify(rows)).not.toMatch(/203\.0|somebody/)
    await end?.()
    expect([await one?.countEnded(Date.now()), await one?.purge(Date.now())]).toEqual([0, 0])
    const later = Date.now() + 60_000
    expect([await one?.countEnded(later), await one?.purge(later)]).toEqual([1, 1])
    expect(await db.queries.selectFrom('limits').selectAll().execute()).toEqual([])
  })
})

describeEachDatabase('limits of one instance', (open) => {
  it('let ten tries through, and say when the next one may come', async () => {
    const { db } = await open()
    const { take } = instance(db)
    const tries = await Promise.all(Array.from({ length: 12 }, () => take('client a', RATE)))
    expect(tries).toEqual([...Array.from({ length: 10 }, () => 0), 5, 5])
  })
})
