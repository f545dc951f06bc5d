import { expect, it } from 'vitest'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { createSnapshots } from './snapshots'
import { accountUse } from './testing/uses'
import { createUses, type Uses } from './uses'

const usage = (lastUsedAt: string) => ({ lastUsedAt, lastKind: 'text', calls30: null, texts30: null }) as const

const idsOf = async (uses: Uses, identity: string) => {
  const ids: string[] = []
  for await (const page of uses.texts(identity)) for (const text of page) ids.push(JSON.parse(text).accountId)
  return ids
}

describeEachDatabase('the use of accounts that was read', (open) => {
  const opened = async () => {
    const { db, again } = await open()
    return { db, uses: createUses(db), other: createUses(await again()) }
  }

  it('is kept for each identity, for every instance, and never shown to another identity', async () => {
    const { uses, other } = await opened()
    const use = accountUse('100001', { numbers: { '+12145550101': usage('2026-11-20T00:00:00.000Z') } })
    expect(await uses.of('someone', '100001')).toBeNull()
    await uses.put('someone', [use])
    await uses.put('somebody', [accountUse('100002')])
    expect(await other.of('someone', '100001')).toEqual(use)
    expect(await other.of('somebody', '100001')).toBeNull()
    expect([await idsOf(other, 'someone'), await idsOf(other, 'somebody')]).toEqual([['100001'], ['100002']])
  })

  it('is replaced by a later reading alone', async () => {
    const { uses } = await opened()
    const at = (readAt: string) => accountUse('100001', { readAt })
    await uses.put('me', [at('2026-11-24T12:00:00.000Z')])
    await uses.put('me', [at('2026-11-24T11:59:59.999Z')])
    expect(await uses.of('me', '100001')).toMatchObject({ readAt: '2026-11-24T12:00:00.000Z' })
    await uses.put('me', [at('2026-11-25T12:00:00.000Z'), accountUse('100002')])
    expect(await uses.of('me', '100001')).toMatchObject({ readAt: '2026-11-25T12:00:00.000Z' })
  })

  it('of many accounts is written at once and comes whole, whoever else writes the same', async () => {
    const { uses, other } = await opened()
    const ids = Array.from({ length: 350 }, (_, index) => String(100_000 + index))
    const all = ids.map((id) => accountUse(id))
    await Promise.all([uses.put('me', all), other.put('me', all.toReversed())])
    expect(await idsOf(uses, 'me')).toEqual(ids)
    await uses.put('me', [])
  })

  it('is forgotten with the inventory, of one identity alone', async () => {
    const { db, uses } = await opened()
    await uses.put('me', [accountUse('100001')])
    await uses.put('you', [accountUse('100001')])
    await createSnapshots(db).forget('me')
    expect([await idsOf(uses, 'me'), await idsOf(uses, 'you')]).toEqual([[], ['100001']])
  })

  it('keeps of an account the 1,000 numbers that were used last', async () => {
    const { uses } = await opened()
    const at = (index: number) => new Date(Date.UTC(2026, 10, 1) + index * 1000).toISOString()
    const entries = Array.from(
      { length: 1_001 },
      (_, index) => [`+1214${5_550_000 + index}`, usage(at(index))] as const,
    )
    await uses.put('me', [accountUse('100001', { numbers: Object.fromEntries(entries) })])
    const kept = Object.keys((await uses.of('me', '100001'))?.numbers ?? {})
    expect([kept.length, kept.includes('+12145550000'), kept.includes('+12145551000')]).toEqual([1_000, false, true])
  })

  it('that another version wrote in another form counts as not read', async () => {
    const { db, uses } = await opened()
    const row = { identity: 'me', account_id: '100001', use: '{"accountId":1}', read_at: '2026-11-24T12:00:00.000Z' }
    await db.queries.insertInto('account_uses').values(row).execute()
    expect(await uses.of('me', '100001')).toBeNull()
  })
})
