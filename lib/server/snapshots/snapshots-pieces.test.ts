import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { holding } from '@/lib/domain/accounts/testing/account-numbers'
import { startChild } from '@/lib/server/db/testing/child-process'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { DatabaseUnavailable } from '@/lib/server/db/unavailable'
import { at, current, interrupted, WHOLE } from '@/lib/server/snapshots/testing/snapshots'
import { createSnapshots } from './snapshots'

const SAVER = new URL('./testing/saver.ts', import.meta.url)

describeEachDatabase('a snapshot that is being saved', (open, dialect) => {
  it.runIf(dialect === 'sqlite')('lets others ask between any two of its pieces', async () => {
    const { db } = await open()
    let statements = 0
    const count = (nth: number) => {
      statements = nth
      return false
    }
    const snapshots = createSnapshots(interrupted(db, count, async () => {}))
    const accounts = (minute: number) =>
      Array.from({ length: 1000 }, (_, index) => holding(`${index}`, `+1${minute}${1000 + index}`))
    // The third deletes the first of them.
    for (const minute of [0, 1]) await snapshots.save('me', at(minute), accounts(minute), WHOLE)

    const before = statements
    const waitedFor: number[] = []
    let isSaving = true
    const ask = async () => {
      while (isSaving) {
        const asked = statements
        await db.queries.selectFrom('sessions').select('id').execute()
        waitedFor.push(statements - asked)
        await nextTurn()
      }
    }
    const asking = ask()
    await snapshots.save('me', at(2), accounts(2), WHOLE)
    isSaving = false
    await asking
    expect(statements - before).toBeGreaterThan(30)
    expect(Math.max(...waitedFor)).toBeLessThan(10)
  })

  it('is not there for a reader before all of it is', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    await snapshots.save('me', at(0), [holding('1', '+1201')], WHOLE)
    const seen: unknown[] = []
    const look = async () => [await current(db), await snapshots.accountOf('me', 'new 0')]
    function* reading() {
      let looking = true
      for (let index = 0; looking; index++) {
        yield holding(`new ${index}`, '+1202')
        if (index === 300)
          void look().then((found) => {
            seen.push(found)
            looking = false
          })
      }
    }
    await snapshots.save('me', at(1), reading(), WHOLE)
    expect(seen).toEqual([[[at(0), { 1: ['+1201'] }], null]])
    expect(await snapshots.accountOf('me', 'new 0')).not.toBeNull()
  })

  it('is never read, and deleted after an hour, when its process is killed', async () => {
    const { db, location } = await open()
    const snapshots = createSnapshots(db)
    await snapshots.save('me', at(0), [holding('1', '+1201')], WHOLE)
    const child = startChild(SAVER, [at(1), location.databaseUrl ?? '', location.dataDir])
    await child.printed(500)
    await child.kill()

    const accounts = () => db.queries.selectFrom('snapshot_accounts').select('account_id').execute()
    expect((await accounts()).length).toBeGreaterThan(100)
    expect(await current(db)).toEqual([at(0), { 1: ['+1201'] }])
    expect(await snapshots.accountOf('me', 'new 0')).toBeNull()

    const later = Date.now() + 3_600_001
    vi.useFakeTimers({ toFake: ['Date'], now: later })
    await snapshots.save('you', at(2), [holding('2')], WHOLE).finally(() => vi.useRealTimers())
    expect(await accounts()).toEqual([{ account_id: '1' }, { account_id: '2' }])
    expect(await db.queries.selectFrom('snapshots').select('kind').orderBy('id').execute()).toEqual([
      { kind: 'current' },
      { kind: 'current' },
    ])
  })

  it('is not saved once its identity is forgotten', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    await snapshots.save('me', at(0), [holding('1', '+1201')], WHOLE)
    let forgetting: Promise<void> | null = null
    function* reading() {
      for (let index = 0; index < 300; index++) {
        yield holding(`new ${index}`, '+1201')
        if (index === 150) forgetting = snapshots.forget('me')
      }
    }
    await snapshots.save('me', at(1), reading(), WHOLE)
    await forgetting
    expect(await snapshots.loadText('me')).toBeNull()
    for (const table of ['snapshots', 'snapshot_accounts', 'snapshot_numbers'] as const)
      expect(await db.queries.selectFrom(table).selectAll().execute()).toEqual([])
  })

  it('stays the current one when it became it and the answer was lost', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    await snapshots.save('me', at(0), [holding('1', '+1201')], WHOLE)
    const { transaction } = db.queries
    vi.spyOn(db.queries, 'transaction').mockImplementation(() => {
      const builder = transaction.call(db.queries)
      const { execute } = builder
      vi.spyOn(builder, 'execute').mockImplementation(async (work) => {
        const done = await execute.call(builder, work)
        if ((await current(db))?.[0] === at(1)) throw new DatabaseUnavailable('CONNECTION_LOST')
        return done
      })
      return builder
    })
    await expect(snapshots.save('me', at(1), [holding('1', '+1202')], WHOLE)).rejects.toThrow(DatabaseUnavailable)
    vi.restoreAllMocks()
    expect(await current(db)).toEqual([at(1), { 1: ['+1202'] }])
  })

  it('fails with its own error when what was written cannot be discarded either', async () => {
    const { db } = await open()
    let isBroken = false
    function* reading() {
      yield holding('1')
      isBroken = true
      throw new Error('the scan broke')
    }
    const failing = interrupted(
      db,
      () => isBroken,
      () => Promise.reject(new DatabaseUnavailable('CONNECTION_LOST')),
    )
    await expect(createSnapshots(failing).save('me', at(0), reading(), WHOLE)).rejects.toThrow('the scan broke')
  })
})
