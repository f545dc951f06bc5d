import { sql } from 'kysely'
import { expect, it, vi } from 'vitest'
import type { AccountNumbers } from '@/lib/domain/accounts/account'
import { held, holding, makeAccount } from '@/lib/domain/accounts/testing/account-numbers'
import type { Database } from '@/lib/server/db/database'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { at, current, interrupted, lacking, part, seen, WHOLE } from '@/lib/server/snapshots/testing/snapshots'
import { createSnapshots, type Snapshots } from './snapshots'
import { completePartial } from './write'

describeEachDatabase('a number that is returned while a scan is saved', (open, dialect) => {
  it.each([WHOLE, lacking('account 9')])('stays returned, whatever that reading has read before (%j)', async (how) => {
    const { db, again } = await open()
    const snapshots = createSnapshots(db)
    const other = createSnapshots(await again())
    const first = [holding('1', '+1201', '+1202'), holding('2', '+1203')]
    await snapshots.save('me', at(0), first, how)

    let patching: Promise<void> | null = null
    let isPatched = false
    function* reading() {
      yield* first
      patching = other.patch('me', '1', [], '+1201', at(2)).then(() => {
        isPatched = true
      })
      // On and on, until it is changed in rows that nobody reads yet.
      for (let index = 0; !isPatched; index++) yield holding(`other ${index}`)
    }
    await snapshots.save('me', at(1), reading(), how)
    await patching
    expect((await snapshots.accountsHolding('me', '+1201')).accounts).toEqual([])
    expect((await snapshots.accountsHolding('me', '+1203')).accounts).toMatchObject([{ id: '2' }])
  })

  /** What `act` does is done before the accounts behind it are given, which were read before it began. */
  async function savedWhile(
    { db, snapshots }: { db: Database; snapshots: Snapshots },
    act: () => Promise<unknown>,
    accounts: AccountNumbers[],
  ) {
    let isDone = false
    function* reading() {
      void act().finally(() => {
        isDone = true
      })
      for (let index = 0; !isDone; index++) yield holding(`other ${index}`)
      yield* accounts
    }
    await snapshots.save('me', at(1), reading(), WHOLE)
    const [readAt, all] = (await current(db)) ?? []
    return [readAt, Object.fromEntries(Object.entries(all ?? {}).filter(([id]) => !id.startsWith('other')))]
  }

  async function opened() {
    const { db, again } = await open()
    const snapshots = createSnapshots(db)
    const before = [holding('1', '+1201', '+1202'), holding('2', '+1203'), holding('8', '+1208')]
    await snapshots.save('me', at(0), before, WHOLE)
    return { db, snapshots, other: createSnapshots(await again()) }
  }

  it('stays returned by another instance, whose account read is written before the account itself', async () => {
    const { other, ...mine } = await opened()
    const patch = () => other.patch('me', '1', [held('+1202'), held('+1205')], '+1201', at(2))
    const late = [holding('1', '+1201', '+1202'), holding('2', '+1203')]
    expect(await savedWhile(mine, patch, late)).toEqual([at(1), { 1: ['+1202', '+1205'], 2: ['+1203'] }])
    const holders = async (number: string) =>
      (await mine.snapshots.accountsHolding('me', number)).accounts.map(({ id }) => id)
    expect(await holders('+1201')).toEqual([])
    expect(await holders('+1202')).toEqual(['1'])
    expect(await holders('+1205')).toEqual(['1'])
    expect(await mine.snapshots.accountOf('me', '1')).toEqual(makeAccount('1'))
    await mine.snapshots.save('me', at(2), late, WHOLE)
    expect(await holders('+1201')).toEqual(['1'])
  })

  const readAt = (minute: number, read: AccountNumbers) => ({ ...read, readAt: at(minute) })

  it('stays returned where it was read again after the scan had read it, and before that began to write', async () => {
    const { db, snapshots, other } = await opened()
    await other.patch('me', '1', [held('+1202'), held('+1205')], '+1201', at(3))
    const read = [readAt(2, holding('1', '+1201', '+1202')), readAt(4, holding('2')), holding('3', '+1203')]
    await snapshots.save('me', at(1), read, WHOLE)
    expect(await current(db)).toEqual([at(1), { 1: ['+1202', '+1205'], 2: [], 3: ['+1203'] }])
    const holders = async (number: string) =>
      (await snapshots.accountsHolding('me', number)).accounts.map(({ id }) => id)
    expect(await holders('+1201')).toEqual([])
    expect(await holders('+1205')).toEqual(['1'])
    expect(await seen(db, '+1201')).toEqual([])
    expect(await seen(db, '+1205')).toHaveLength(1)
  })

  it('is held again where the scan read that later than the account was read again', async () => {
    const { db, snapshots, other } = await opened()
    await other.patch('me', '1', [], '+1201', at(2))
    await snapshots.save('me', at(1), [readAt(3, holding('1', '+1201'))], WHOLE)
    expect(await current(db)).toEqual([at(1), { 1: ['+1201'] }])
    expect(await seen(db, '+1201')).toHaveLength(1)
  })

  it('stays returned where a part of the hierarchy that was read before it is saved afterwards', async () => {
    const { db, snapshots, other } = await opened()
    await other.patch('me', '1', [held('+1202')], '+1201', at(3))
    const read = [readAt(2, holding('1', '+1201', '+1202')), readAt(4, holding('2', '+1204'))]
    await snapshots.savePart('me', part('organization 8002', at(1), read))
    expect(await current(db)).toEqual([at(0), { 1: ['+1202'], 2: ['+1204'], 8: ['+1208'] }])
    expect(await seen(db, '+1201')).toEqual([])
  })

  it('brings no account back that the scan did not find', async () => {
    const { other, ...mine } = await opened()
    const patch = () => other.patch('me', '8', [held('+1209')], '+1208', at(2))
    expect(await savedWhile(mine, patch, [holding('1')])).toEqual([at(1), { 1: [] }])
    expect(await mine.snapshots.accountOf('me', '8')).toBeNull()
    expect((await mine.snapshots.accountsHolding('me', '+1209')).accounts).toEqual([])
  })

  it('stays returned where it was read with a part of the hierarchy meanwhile', async () => {
    const { other, ...mine } = await opened()
    const savePart = () => other.savePart('me', part('organization 8002', at(2), [holding('1', '+1202')]))
    expect(await savedWhile(mine, savePart, [holding('1', '+1201')])).toEqual([at(1), { 1: ['+1202'] }])
  })

  it('stays returned in a partial snapshot that is completed from an earlier reading', async () => {
    const { db, again } = await open()
    const snapshots = createSnapshots(db)
    await snapshots.save('me', at(0), [holding('1', '+1201')], lacking('organization 8002'))
    await createSnapshots(await again()).patch('me', '1', [], '+1201', at(2))
    await completePartial(db, 'me', part('organization 8002', at(1), [holding('1', '+1201'), holding('2', '+1203')]))
    expect(await current(db)).toEqual([at(0), { 1: [], 2: ['+1203'] }])
  })

  it.runIf(dialect === 'postgres')('stays returned when its account read waits for a save that begins', async () => {
    const { db, other } = await opened()
    let isPatched = false
    const patch = async () => {
      void other.patch('me', '1', [], '+1201', at(2)).finally(() => {
        isPatched = true
      })
      const waiting = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      await vi.waitFor(async () => expect((await waiting.execute(db.queries)).rows).toHaveLength(1))
    }
    function* reading() {
      for (let index = 0; !isPatched; index++) yield holding(`other ${index}`)
      yield holding('1', '+1201')
    }
    // The second locks, before the new snapshot is there.
    const beginning = createSnapshots(interrupted(db, (query) => query === 2, patch))
    await beginning.save('me', at(1), reading(), WHOLE)
    expect((await other.accountsHolding('me', '+1201')).accounts).toEqual([])
  })
})

describeEachDatabase('the snapshots of an identity', (open) => {
  const rows = (db: Database) => db.queries.selectFrom('snapshots').select(['identity', 'kind']).execute()

  it('lose the partial one to a complete scan that follows it', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    await snapshots.save('me', at(0), [holding('1')], lacking('account 2'))
    expect(await rows(db)).toEqual([{ identity: 'me', kind: 'partial' }])
    await snapshots.save('me', at(1), [holding('1')], WHOLE)
    expect(await rows(db)).toEqual([{ identity: 'me', kind: 'current' }])
    await snapshots.save('me', at(0), [holding('3')], lacking('account 2'))
    expect(await rows(db)).toEqual([{ identity: 'me', kind: 'current' }])
    expect(await snapshots.accountOf('me', '3')).toBeNull()
  })

  it('are counted by identity: those of 200 stay, of whatever kind', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    await snapshots.save('me', at(0), [holding('1')], WHOLE)
    await snapshots.save('me', at(1), [holding('1')], lacking('account 2'))
    const names = Array.from({ length: 198 }, (_, index) => `identity ${index}`)
    const kinds = ['current', 'partial', 'baseline'] as const
    await db.queries
      .insertInto('snapshots')
      .values(names.flatMap((identity) => kinds.map((kind) => ({ identity, kind, read_at: at(5) }))))
      .execute()
    await snapshots.save('you', at(6), [holding('1')], WHOLE)
    expect(await current(db)).toEqual([at(0), { 1: [] }])
    await snapshots.save('one more', at(7), [holding('1')], WHOLE)
    expect((await rows(db)).filter(({ identity }) => identity === 'me')).toEqual([])
    expect(await rows(db)).toHaveLength(3 * 198 + 2)
  })
})

describeEachDatabase('an inventory that is loaded while it changes', (open) => {
  async function opened() {
    const { db, again } = await open()
    const snapshots = createSnapshots(db)
    const other = createSnapshots(await again())
    await snapshots.save('me', at(0), [holding('1', '+1201'), holding('2', '+1202')], WHOLE)
    await snapshots.save('me', at(1), [holding('1', '+1201', '+1203'), holding('3')], WHOLE)
    const loaded = async (from: Database = db) => JSON.parse((await createSnapshots(from).loadText('me')) ?? 'null')
    return { db, other, loaded }
  }

  it.each([
    ['a later one is saved', 'save'],
    ['its changes are dismissed', 'dismiss'],
    ['its changes are dismissed and a later one is saved', 'both'],
  ])('is loaded as it was before or is afterwards, when %s between two of its statements', async (_, what) => {
    for (const query of [1, 2, 3, 4, 5]) {
      const { db, other, loaded } = await opened()
      const before = await loaded()
      const found = await loaded(
        interrupted(
          db,
          (nth) => nth === query,
          async () => {
            if (what !== 'save') await other.dismissChanges('me', at(1))
            if (what !== 'dismiss') await other.save('me', at(2), [holding('1'), holding('4', '+1204')], WHOLE)
          },
        ),
      )
      expect([before, await loaded()], `after query ${query}`).toContainEqual(found)
    }
  })

  it('is never of two, when a later one is saved between two pages of its accounts', async () => {
    const { db, other, loaded } = await opened()
    const many = Array.from({ length: 250 }, (_, index) => holding(`a${index}`, `+1201555${1000 + index}`))
    await createSnapshots(db).save('me', at(2), many, WHOLE)
    const emptied = many.map(({ account }) => holding(account.id))
    const found = await loaded(
      interrupted(
        db,
        (nth) => nth === 2,
        () => other.save('me', at(3), emptied, WHOLE),
      ),
    )
    expect(found).toEqual(await loaded())
    expect(found.accounts).toHaveLength(250)
  })

  it('is loaded without its changes when it is replaced again and again', async () => {
    const { db, other, loaded } = await opened()
    let minute = 2
    const found = await loaded(
      interrupted(
        db,
        (nth) => nth % 5 === 3,
        () => other.save('me', at(minute++), [holding('1')], WHOLE),
      ),
    )
    expect(found).toEqual({ readAt: at(3), accounts: [holding('1')] })
  })
})
