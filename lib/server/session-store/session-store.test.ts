import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { DatabaseUnavailable } from '@/lib/server/db/unavailable'
import { createSessionStore, type SessionStore } from './session-store'

const account = { id: '9001', name: 'Bright Telecom', role: 'reseller', canReturn: true, foundByAsking: false } as const
const root = null
const operator = null
const origin = 'https://api.vida.dev'

const NOON = Date.UTC(2026, 10, 24, 12)

describeEachDatabase('the store of sessions', (open) => {
  const isLive = async (store: SessionStore, id: string, now: number) => (await store.find(id, now)) !== null

  it('finds an opened session on every instance, until it expires', async () => {
    const { db, again } = await open()
    const store = createSessionStore(db)
    const other = createSessionStore(await again())
    await store.open({ id: 'a', identity: 'someone', origin, operator, account, root, expiresAt: NOON + 1000 })
    expect(await isLive(other, 'a', NOON)).toBe(true)
    expect(await isLive(other, 'a', NOON + 999.5)).toBe(true)
    expect(await isLive(other, 'a', NOON + 1000)).toBe(false)
    expect(await isLive(other, 'b', NOON)).toBe(false)
    expect(await isLive(other, "' or 1=1 --", NOON)).toBe(false)
  })

  it('knows whether the newest session of an identity has another root', async () => {
    const { db } = await open()
    const store = createSessionStore(db)
    const reseller = { kind: 'reseller', id: '9001', name: 'Bright Telecom' } as const
    const organization = { ...reseller, kind: 'organization' } as const
    expect(await store.hasOtherRoot('someone', reseller)).toBe(false)
    await store.open({ id: 'a', identity: 'someone', origin, operator, account, root: reseller, expiresAt: NOON })
    expect(await store.hasOtherRoot('someone', { ...reseller, name: 'Renamed' })).toBe(false)
    expect(await store.hasOtherRoot('someone', organization)).toBe(true)
    expect(await store.hasOtherRoot('someone', null)).toBe(true)
    await store.restate('someone', { origin, account, root: organization })
    expect(await store.hasOtherRoot('someone', organization)).toBe(false)
    expect(await store.hasOtherRoot('someone', reseller)).toBe(true)
  })

  it('keeps the name of each person, whatever Vida states anew of their account', async () => {
    const { db } = await open()
    const store = createSessionStore(db)
    const opened = { identity: 'someone', origin, account, root, expiresAt: NOON }
    await store.open({ ...opened, id: 'a', operator: 'Ada Lovelace' })
    await store.open({ ...opened, id: 'b', operator: null })
    await store.restate('someone', { origin, account: { ...account, name: 'Renamed' }, root })
    expect(await store.find('a', 0)).toMatchObject({ operator: 'Ada Lovelace', account: { name: 'Renamed' } })
    expect(await store.find('b', 0)).toMatchObject({ operator: null, account: { name: 'Renamed' } })
  })

  it('ends one session, or all of an identity, on every instance', async () => {
    const { db, again } = await open()
    const store = createSessionStore(db)
    const other = createSessionStore(await again())
    for (const id of ['a', 'b', 'c'])
      await store.open({ id, identity: 'someone', origin, operator, account, root, expiresAt: NOON })
    await store.open({ id: 'd', identity: 'someone else', origin, operator, account, root, expiresAt: NOON })
    await other.end('a')
    await other.end('never opened')
    expect(await Promise.all(['a', 'b', 'c', 'd'].map((id) => isLive(store, id, 0)))).toEqual([false, true, true, true])
    await other.endAll('someone')
    expect(await Promise.all(['a', 'b', 'c', 'd'].map((id) => isLive(store, id, 0)))).toEqual([
      false,
      false,
      false,
      true,
    ])
  })

  it('renames a session, so that it ends with its new identity', async () => {
    const { db } = await open()
    const store = createSessionStore(db)
    await store.open({ id: 'a', identity: 'as it was', origin, operator, account, root, expiresAt: NOON })
    await store.rename('a', 'as it is')
    await store.endAll('as it was')
    expect(await store.find('a', 0)).toEqual({ id: 'a', identity: 'as it is', operator, origin, account, root })
    await store.endAll('as it is')
    expect(await isLive(store, 'a', 0)).toBe(false)
  })

  it('purges what has expired, and nothing else', async () => {
    const { db } = await open()
    const store = createSessionStore(db)
    await store.open({ id: 'old', identity: 'someone', origin, operator, account, root, expiresAt: NOON })
    await store.open({ id: 'new', identity: 'someone', origin, operator, account, root, expiresAt: NOON + 1 })
    await store.purge(NOON)
    const rows = await db.queries.selectFrom('sessions').select('id').execute()
    expect(rows).toEqual([{ id: 'new' }])
  })

  it('loses the sessions of one account by the statement that docs/security.md gives the operator', async () => {
    const { db } = await open()
    const store = createSessionStore(db)
    const under = { kind: 'reseller', id: account.id, name: account.name } as const
    await store.open({ id: 'a', identity: 'someone', origin, operator, account, root, expiresAt: NOON })
    await store.open({
      id: 'b',
      identity: 'someone else',
      origin,
      operator,
      account: { ...account, id: '90011' },
      root: under,
      expiresAt: NOON,
    })
    const [, statement = ''] =
      /`(delete from sessions where [^`]+)`/.exec(readFileSync('docs/security.md', 'utf8')) ?? []
    await sql.raw(statement.replace('<account id>', account.id)).execute(db.queries)
    expect([await isLive(store, 'a', 0), await isLive(store, 'b', 0)]).toEqual([false, true])
  })

  it('never reports a failed database as a missing session', async () => {
    const { again } = await open()
    const db = await again()
    const store = createSessionStore(db)
    await db.close()
    await expect(isLive(store, 'a', NOON)).rejects.toBeInstanceOf(DatabaseUnavailable)
    await expect(store.end('a')).rejects.toBeInstanceOf(DatabaseUnavailable)
  })
})
