import { expect, it } from 'vitest'
import { describeEachDatabase } from '@/lib/db/test-databases'
import { DatabaseUnavailable } from '@/lib/db/unavailable'
import { createSessionStore } from './store'

const NOON = Date.UTC(2026, 10, 24, 12)

describeEachDatabase('the store of sessions', (open) => {
  it('lets in what was opened, on every instance, until it expires', async () => {
    const { db, again } = await open()
    const store = createSessionStore(db)
    const other = createSessionStore(await again())
    await store.open({ id: 'a', identity: 'someone', expiresAt: NOON + 1000 })
    expect(await other.isLive('a', NOON)).toBe(true)
    expect(await other.isLive('a', NOON + 999.5)).toBe(true)
    expect(await other.isLive('a', NOON + 1000)).toBe(false)
    expect(await other.isLive('b', NOON)).toBe(false)
    expect(await other.isLive("' or 1=1 --", NOON)).toBe(false)
  })

  it('ends one session, or all of an identity, on every instance', async () => {
    const { db, again } = await open()
    const store = createSessionStore(db)
    const other = createSessionStore(await again())
    for (const id of ['a', 'b', 'c']) await store.open({ id, identity: 'someone', expiresAt: NOON })
    await store.open({ id: 'd', identity: 'someone else', expiresAt: NOON })
    await other.end('a')
    await other.end('never opened')
    expect(await Promise.all(['a', 'b', 'c', 'd'].map((id) => store.isLive(id, 0)))).toEqual([false, true, true, true])
    await other.endAll('someone')
    expect(await Promise.all(['a', 'b', 'c', 'd'].map((id) => store.isLive(id, 0)))).toEqual([
      false,
      false,
      false,
      true,
    ])
  })

  it('purges what has expired, and nothing else', async () => {
    const { db } = await open()
    const store = createSessionStore(db)
    await store.open({ id: 'old', identity: 'someone', expiresAt: NOON })
    await store.open({ id: 'new', identity: 'someone', expiresAt: NOON + 1 })
    await store.purge(NOON)
    const rows = await db.queries.selectFrom('sessions').select('id').execute()
    expect(rows).toEqual([{ id: 'new' }])
  })

  it('never takes a database that fails for a session that is not there', async () => {
    const { again } = await open()
    const db = await again()
    const store = createSessionStore(db)
    await db.close()
    await expect(store.isLive('a', NOON)).rejects.toBeInstanceOf(DatabaseUnavailable)
    await expect(store.end('a')).rejects.toBeInstanceOf(DatabaseUnavailable)
  })
})
