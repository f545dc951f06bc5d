import { expect, it } from 'vitest'
import { holding } from '@/lib/domain/accounts/testing/account-numbers'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { at, current, lacking, part, seen, WHOLE } from '@/lib/server/snapshots/testing/snapshots'
import { createSnapshots } from './snapshots'

describeEachDatabase('a partial snapshot', (open) => {
  const first = [holding('1', '+1201'), holding('2', '+1202')]

  it('becomes the current one, as old as it is, once everything that it lacked was read', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    await snapshots.save('me', at(0), [holding('1', '+1200'), holding('9', '+1209')], WHOLE)
    await snapshots.save('me', at(1), first, lacking('account 3', 'organization 8002'))
    await snapshots.savePart('me', part('account 3', at(2), [holding('3', '+1203')]))
    expect(await current(db)).toEqual([at(0), { 1: ['+1200'], 9: ['+1209'] }])
    await snapshots.savePart('me', part('organization 8002', at(3), [holding('4', '+1204'), holding('5')]))
    expect(await current(db)).toEqual([at(1), { 1: ['+1201'], 2: ['+1202'], 3: ['+1203'], 4: ['+1204'], 5: [] }])
    expect(await seen(db, '+1209')).toEqual([])
  })

  it('lacks what a part lacks itself, but no account that the part has read', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    await snapshots.save('me', at(1), first, lacking('organization 8002', 'account 4'))
    await snapshots.savePart('me', part('organization 8002', at(2), [holding('4', '+1204')], ['account 5']))
    expect(await current(db)).toBeNull()
    await snapshots.savePart('me', part('account 5', at(3), [holding('5')]))
    expect(await current(db)).toEqual([at(1), { 1: ['+1201'], 2: ['+1202'], 4: ['+1204'], 5: [] }])
  })

  it('stays incomplete while a part fails again, and where no part stands for what is missing', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    await snapshots.save('me', at(1), first, lacking('account 3'))
    await snapshots.savePart('me', part('account 3', at(2), [], ['account 3']))
    expect(await current(db)).toBeNull()
    await snapshots.save('me', at(3), first, { complete: false, missing: null })
    await snapshots.savePart('me', part('account 3', at(4), [holding('3')]))
    expect(await current(db)).toBeNull()
  })

  it('is completed by no part that was read before it began', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    await snapshots.save('me', at(2), first, lacking('account 3'))
    await snapshots.savePart('me', part('account 3', at(1), [holding('3', '+1203')]))
    expect(await current(db)).toBeNull()
    await snapshots.savePart('me', part('account 3', at(2), [holding('3')]))
    expect(await current(db)).toEqual([at(2), { 1: ['+1201'], 2: ['+1202'], 3: [] }])
  })

  it('never takes the place of a complete one that was read later, and is forgotten with it', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    await snapshots.save('me', at(1), first, lacking('account 3'))
    await snapshots.save('me', at(2), [holding('1', '+1299')], WHOLE)
    await snapshots.save('me', at(1), first, lacking('account 3'))
    await snapshots.savePart('me', part('account 3', at(3), [holding('3')]))
    expect(await current(db)).toEqual([at(2), { 1: ['+1299'] }])
  })

  it('includes what a return found in one of its accounts in between', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    await snapshots.save('me', at(1), first, lacking('account 3'))
    await snapshots.patch('me', '1', [], '+1201', at(2))
    await snapshots.savePart('me', part('account 3', at(2), [holding('3')]))
    expect(await current(db)).toEqual([at(1), { 1: [], 2: ['+1202'], 3: [] }])
  })

  it('becomes the current one once when its last parts come in at the same moment on two instances', async () => {
    const { db, again } = await open()
    const both = [createSnapshots(db), createSnapshots(await again())] as const
    await both[0].save('me', at(1), first, lacking('account 3', 'account 4', 'account 5'))
    await Promise.all([
      both[0].savePart('me', part('account 3', at(2), [holding('3', '+1203')])),
      both[1].savePart('me', part('account 4', at(2), [holding('4', '+1204')])),
      both[0].savePart('me', part('account 5', at(2), [holding('5')])),
      both[1].savePart('me', part('account 3', at(2), [holding('3', '+1203')])),
    ])
    expect(await current(db)).toEqual([at(1), { 1: ['+1201'], 2: ['+1202'], 3: ['+1203'], 4: ['+1204'], 5: [] }])
  })
})
