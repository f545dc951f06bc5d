import { expect, it } from 'vitest'
import { holding } from '@/lib/domain/accounts/testing/account-numbers'
import { compareInventories, inventoryBefore } from '@/lib/domain/inventory/changes'
import type { Snapshot } from '@/lib/domain/inventory/events'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { at, lacking, part, WHOLE } from '@/lib/server/snapshots/testing/snapshots'
import { createSnapshots } from './snapshots'

describeEachDatabase('what changed', (open) => {
  const first = [holding('1', '+1201', '+1202'), holding('2', '+1203'), holding('3', '+1204')]
  const second = [holding('1', '+1201'), holding('2', '+1203', '+1202'), holding('4', '+1205')]

  async function opened() {
    const { db, again } = await open()
    const room = createSnapshots(db)
    /** As the browser tells it after it loaded the page. */
    const told = async () => {
      const kept: Snapshot = JSON.parse((await room.loadText('me')) ?? 'null')
      const before = inventoryBefore(kept)
      const { appeared, moved, left } = compareInventories(before.accounts, kept.accounts, new Set())
      return {
        since: before.readAt,
        appeared: [...appeared],
        moved: [...moved.keys()],
        left: left.map(({ held }) => held.number),
      }
    }
    return { db, again, room, told }
  }
  const nothing = (since: string) => ({ since, appeared: [], moved: [], left: [] })

  it('is told against the first reading, through any number of later ones, until it is dismissed', async () => {
    const { room, told } = await opened()
    await room.keep('me', at(0), first, WHOLE)
    expect(await told()).toEqual(nothing(at(0)))
    await room.keep('me', at(1), second, WHOLE)
    const changes = { since: at(0), appeared: ['+1205'], moved: ['+1202'], left: ['+1204'] }
    expect(await told()).toEqual(changes)
    await room.keep('me', at(2), [...second, holding('5', '+1206')], WHOLE)
    expect(await told()).toEqual({ ...changes, appeared: ['+1205', '+1206'] })
    expect(await room.dismissChanges('me', at(2))).toBe(true)
    expect(await told()).toEqual(nothing(at(2)))
    await room.keep('me', at(3), second, WHOLE)
    expect(await told()).toEqual({ ...nothing(at(2)), left: ['+1206'] })
  })

  it('is not dismissed by somebody who saw an older inventory', async () => {
    const { room, told } = await opened()
    await room.keep('me', at(0), first, WHOLE)
    await room.keep('me', at(1), second, WHOLE)
    expect(await room.dismissChanges('me', at(0))).toBe(false)
    expect(await room.dismissChanges('you', at(1))).toBe(false)
    expect((await told()).left).toEqual(['+1204'])
  })

  it('does not grow the answer while nothing is different', async () => {
    const { room } = await opened()
    await room.keep('me', at(0), first, WHOLE)
    await room.keep('me', at(1), first, WHOLE)
    expect(Object.keys(JSON.parse((await room.loadText('me')) ?? ''))).toEqual(['readAt', 'accounts'])
    await room.keep('me', at(2), second, WHOLE)
    const { before }: Snapshot = JSON.parse((await room.loadText('me')) ?? '')
    expect(before?.accounts.map(({ account }) => account.id).sort()).toEqual(['1', '2', '3'])
    expect(before?.added).toEqual(['4'])
  })

  it('leaves out what was returned from here, also when two returns of one account end at once', async () => {
    const { again, room, told } = await opened()
    const other = createSnapshots(await again())
    await room.keep('me', at(0), first, WHOLE)
    await room.keep('me', at(1), [...first, holding('5')], WHOLE)
    await Promise.all([room.patch('me', '1', [], '+1201'), other.patch('me', '1', [], '+1202')])
    expect(await told()).toEqual({ ...nothing(at(1)), since: at(0) })
    await room.keep('me', at(2), [holding('1')], WHOLE)
    expect((await told()).left.sort()).toEqual(['+1203', '+1204'])
  })

  it('is told of a part that was read again, and of a reading that its parts completed', async () => {
    const { room, told } = await opened()
    await room.keep('me', at(0), first, WHOLE)
    await room.keepPart('me', part('account 3', at(1), [holding('3', '+1209')]))
    expect(await told()).toEqual({ ...nothing(at(0)), appeared: ['+1209'], left: ['+1204'] })
    await room.keep('me', at(2), second, lacking('account 3'))
    await room.keepPart('me', part('account 3', at(3), [holding('3', '+1209')]))
    expect(await room.loadText('me')).toContain(`{"readAt":"${at(2)}"`)
    expect(await told()).toMatchObject({ since: at(0), appeared: ['+1209', '+1205'], moved: ['+1202'] })
  })

  it('is dropped with its identity beyond 200, and only then', async () => {
    const { db, room, told } = await opened()
    await room.keep('me', at(0), first, WHOLE)
    const fill = (prefix: string, count: number, minute: number) =>
      db.queries
        .insertInto('kept_inventories')
        .values(Array.from({ length: count }, (_, index) => ({ identity: `${prefix}${index}`, read_at: at(minute) })))
        .execute()
    await fill('a', 197, 90)
    await room.keep('me', at(91), second, WHOLE)
    await room.keep('you', at(92), first, WHOLE)
    expect((await told()).left).toEqual(['+1204'])
    await fill('b', 200, 95)
    await room.keep('you', at(96), first, WHOLE)
    const slots = await db.queries.selectFrom('kept_inventories').select('identity').execute()
    expect(slots.filter(({ identity }) => identity.startsWith('me'))).toEqual([])
  })
})
