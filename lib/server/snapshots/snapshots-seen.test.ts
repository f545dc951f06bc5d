import { beforeEach, expect, it, vi } from 'vitest'
import type { AccountNumbers } from '@/lib/domain/accounts/account'
import { held, holding } from '@/lib/domain/accounts/testing/account-numbers'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { at, lacking, part, seen, WHOLE } from '@/lib/server/snapshots/testing/snapshots'
import { createSnapshots } from './snapshots'

describeEachDatabase('a number', (open) => {
  const one = [holding('1', '+1201')]
  const clock = (minute: number) => vi.setSystemTime(at(minute))

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
    return () => vi.useRealTimers()
  })

  async function opened() {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    /** A reading that ends half an hour after it began. */
    const read = (minute: number, holdings: AccountNumbers[], how: Parameters<typeof snapshots.save>[3] = WHOLE) => {
      clock(minute + 30)
      return snapshots.save('me', at(minute), holdings, how)
    }
    return { db, snapshots, read }
  }

  it('that the first complete reading found may have been there for longer; a later one was not', async () => {
    const { db, read } = await opened()
    expect(await seen(db, '+1201')).toEqual([])
    await read(0, one)
    await read(1, [holding('1', '+1201', '+1202')])
    await read(2, [holding('1', '+1201', '+1202')])
    expect(await seen(db, '+1201')).toEqual([`1 since at least ${at(30)}`])
    expect(await seen(db, '+1202')).toEqual([`1 since ${at(31)}`])
    expect(await seen(db, '+120')).toEqual([])
    expect(await seen(db, '%')).toEqual([])
    expect(await createSnapshots(db).seenSince('you', '+1201')).toEqual([])
  })

  it('is at least as old as an incomplete reading that found it, while there is no complete one', async () => {
    const { db, read } = await opened()
    await read(0, one, lacking('account 2'))
    await read(1, [holding('1', '+1201', '+1202')], lacking('account 2'))
    expect(await seen(db, '+1202')).toEqual([`1 since at least ${at(31)}`])
    await read(2, [holding('1', '+1201', '+1202'), holding('2')])
    expect(await seen(db, '+1201')).toEqual([`1 since at least ${at(30)}`])
  })

  it('begins anew in another account, and after it was away', async () => {
    const { db, read } = await opened()
    await read(0, [holding('1', '+1201', '+1202'), holding('2', '+1203')])
    await read(1, [holding('1'), holding('2', '+1203', '+1201')])
    expect(await seen(db, '+1201')).toEqual([`2 since ${at(31)}`])
    expect(await seen(db, '+1202')).toEqual([])
    await read(2, [holding('1', '+1202')])
    await read(3, [holding('1', '+1202'), holding('2', '+1203')])
    expect(await seen(db, '+1202')).toEqual([`1 since ${at(32)}`])
    expect(await seen(db, '+1203')).toEqual([`2 since ${at(33)}`])
  })

  it('in two accounts is seen in both', async () => {
    const { db, read } = await opened()
    await read(0, one)
    await read(1, [...one, holding('2', '+1201')])
    expect(await seen(db, '+1201')).toEqual([`1 since at least ${at(30)}`, `2 since ${at(31)}`])
  })

  it('goes on from an incomplete reading and from an account that was read again by itself', async () => {
    const { db, snapshots, read } = await opened()
    await read(0, [...one, holding('2')])
    await read(1, [holding('1', '+1201', '+1202')], lacking('account 2'))
    clock(40)
    await snapshots.patch('me', '2', [held('+1203')], '+1204', at(11))
    await read(12, [holding('1', '+1201', '+1202'), holding('2', '+1203')])
    expect(await seen(db, '+1202')).toEqual([`1 since ${at(31)}`])
    expect(await seen(db, '+1203')).toEqual([`2 since ${at(40)}`])
    clock(43)
    await snapshots.patch('me', '1', [held('+1201')], '+1202', at(13))
    await read(14, [holding('1', '+1201', '+1202')])
    expect(await seen(db, '+1202')).toEqual([`1 since ${at(44)}`])
  })

  it('goes on when its last parts complete a reading, unless its account is not in it', async () => {
    const { db, snapshots, read } = await opened()
    await read(0, [...one, holding('9', '+1209')])
    await read(1, [holding('1', '+1201', '+1202')], lacking('account 3'))
    clock(50)
    await snapshots.savePart('me', part('account 3', at(49), [holding('3', '+1203')]))
    expect(await seen(db, '+1201')).toEqual([`1 since at least ${at(30)}`])
    expect(await seen(db, '+1202')).toEqual([`1 since ${at(31)}`])
    expect(await seen(db, '+1203')).toEqual([`3 since ${at(50)}`])
    expect(await seen(db, '+1209')).toEqual([])
  })

  it('is not changed by a reading that is older than the snapshot', async () => {
    const { db, read } = await opened()
    await read(1, one)
    await read(0, [holding('1')])
    expect(await seen(db, '+1201')).toEqual([`1 since at least ${at(31)}`])
  })

  it('is forgotten with the identity that was read longest ago, beyond 200', async () => {
    const { db, snapshots, read } = await opened()
    await read(1, one)
    const others = Array.from({ length: 200 }, (_, index) => ({
      identity: `${index}`,
      first_at: null,
      last_at: at(60),
    }))
    await db.queries.insertInto('seen_identities').values(others).execute()
    clock(90)
    await snapshots.save('you', at(90), one, WHOLE)
    expect(await seen(db, '+1201')).toEqual([])
    expect(await snapshots.seenSince('you', '+1201')).toHaveLength(1)
    expect(await db.queries.selectFrom('seen_identities').select('identity').execute()).toHaveLength(200)
  })
})
