import { expect, it } from 'vitest'
import { holding } from '@/lib/domain/accounts/testing/account-numbers'
import { compareInventories, inventoryBefore } from '@/lib/domain/inventory/changes'
import type { Snapshot } from '@/lib/domain/inventory/events'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { at, lacking, part, WHOLE } from '@/lib/server/snapshots/testing/snapshots'
import { createSnapshots } from './snapshots'

const NOW = Date.parse(at(60))

describeEachDatabase('what changed', (open) => {
  const first = [holding('1', '+1201', '+1202'), holding('2', '+1203'), holding('3', '+1204')]
  const second = [holding('1', '+1201'), holding('2', '+1203', '+1202'), holding('4', '+1205')]

  async function opened() {
    const { db, again } = await open()
    const snapshots = createSnapshots(db)
    /** What the browser makes of it. */
    const changes = async () => {
      const current: Snapshot = JSON.parse((await snapshots.loadText('me')) ?? 'null')
      const before = inventoryBefore(current)
      const { appeared, moved, left, cancelled } = compareInventories(before, current.accounts, new Set(), NOW)
      return {
        since: before.readAt,
        appeared: [...appeared],
        moved: [...moved.keys()],
        left: left.map(({ held }) => held.number),
        cancelled: [...cancelled.keys()],
      }
    }
    return { db, again, snapshots, changes }
  }
  const nothing = (since: string) => ({ since, appeared: [], moved: [], left: [], cancelled: [] })

  it('refers to the first reading, through any number of later ones, until it is dismissed', async () => {
    const { snapshots, changes } = await opened()
    await snapshots.save('me', at(0), first, WHOLE)
    expect(await changes()).toEqual(nothing(at(0)))
    await snapshots.save('me', at(1), second, WHOLE)
    const expected = { ...nothing(at(0)), appeared: ['+1205'], moved: ['+1202'], left: ['+1204'] }
    expect(await changes()).toEqual(expected)
    await snapshots.save('me', at(2), [...second, holding('5', '+1206')], WHOLE)
    expect(await changes()).toEqual({ ...expected, appeared: ['+1205', '+1206'] })
    expect(await snapshots.dismissChanges('me', at(2))).toBe(true)
    expect(await changes()).toEqual(nothing(at(2)))
    await snapshots.save('me', at(3), second, WHOLE)
    expect(await changes()).toEqual({ ...nothing(at(2)), left: ['+1206'] })
  })

  it('is not dismissed for an older inventory', async () => {
    const { snapshots, changes } = await opened()
    await snapshots.save('me', at(0), first, WHOLE)
    await snapshots.save('me', at(1), second, WHOLE)
    expect(await snapshots.dismissChanges('me', at(0))).toBe(false)
    expect(await snapshots.dismissChanges('you', at(1))).toBe(false)
    expect((await changes()).left).toEqual(['+1204'])
  })

  it('does not grow the answer while nothing is different', async () => {
    const { snapshots } = await opened()
    await snapshots.save('me', at(0), first, WHOLE)
    await snapshots.save('me', at(1), first, WHOLE)
    const { before: same }: Snapshot = JSON.parse((await snapshots.loadText('me')) ?? '')
    expect(same).toEqual({ readAt: at(0), accounts: [], added: [], restated: [] })
    await snapshots.save('me', at(2), second, WHOLE)
    const { before }: Snapshot = JSON.parse((await snapshots.loadText('me')) ?? '')
    expect(before?.accounts.map(({ account }) => account.id).sort()).toEqual(['1', '2', '3'])
    expect(before?.added).toEqual(['4'])
  })

  it('tells which accounts are cancelled since, without their numbers again, until it is dismissed', async () => {
    const { snapshots, changes } = await opened()
    const [one, ...others] = first
    if (!one) throw new Error('no account')
    const inactive = [{ ...one, account: { ...one.account, active: false } }, ...others]
    await snapshots.save('me', at(0), first, WHOLE)
    await snapshots.save('me', at(1), inactive, WHOLE)
    expect(await changes()).toEqual({ ...nothing(at(0)), cancelled: ['1'] })
    const { before }: Snapshot = JSON.parse((await snapshots.loadText('me')) ?? '')
    expect(before).toEqual({ readAt: at(0), accounts: [], added: [], restated: [one.account] })
    await snapshots.save('me', at(2), inactive, WHOLE)
    expect((await changes()).cancelled).toEqual(['1'])
    await snapshots.dismissChanges('me', at(2))
    await snapshots.save('me', at(3), inactive, WHOLE)
    expect(await changes()).toEqual(nothing(at(2)))
  })

  it('knows of an account whose day has come between two readings of the same', async () => {
    const { snapshots, changes } = await opened()
    const leaving = first.map((each) => ({ ...each, account: { ...each.account, canceledAt: at(1) } }))
    await snapshots.save('me', at(0), leaving, WHOLE)
    await snapshots.save('me', at(2), leaving, WHOLE)
    await snapshots.save('me', at(3), leaving, WHOLE)
    expect((await changes()).cancelled).toEqual(['1', '2', '3'])
  })

  it('leaves out what was returned from here, also when two returns of one account end at once', async () => {
    const { again, snapshots, changes } = await opened()
    const other = createSnapshots(await again())
    await snapshots.save('me', at(0), first, WHOLE)
    await snapshots.save('me', at(1), [...first, holding('5')], WHOLE)
    await Promise.all([snapshots.patch('me', '1', [], '+1201', at(2)), other.patch('me', '1', [], '+1202', at(2))])
    expect(await changes()).toEqual({ ...nothing(at(1)), since: at(0) })
    await snapshots.save('me', at(2), [holding('1')], WHOLE)
    expect((await changes()).left.sort()).toEqual(['+1203', '+1204'])
  })

  it('includes a part that was read again, and a reading that its parts completed', async () => {
    const { snapshots, changes } = await opened()
    await snapshots.save('me', at(0), first, WHOLE)
    await snapshots.savePart('me', part('account 3', at(1), [holding('3', '+1209')]))
    expect(await changes()).toEqual({ ...nothing(at(0)), appeared: ['+1209'], left: ['+1204'] })
    await snapshots.save('me', at(2), second, lacking('account 3'))
    await snapshots.savePart('me', part('account 3', at(3), [holding('3', '+1209')]))
    expect(await snapshots.loadText('me')).toContain(`{"readAt":"${at(2)}"`)
    expect(await changes()).toMatchObject({ since: at(0), appeared: ['+1209', '+1205'], moved: ['+1202'] })
  })

  it('is dropped with its identity beyond 200, and only then', async () => {
    const { db, snapshots, changes } = await opened()
    await snapshots.save('me', at(0), first, WHOLE)
    const fill = (prefix: string, count: number, minute: number) =>
      db.queries
        .insertInto('snapshots')
        .values(
          Array.from({ length: count }, (_, index) => ({
            identity: `${prefix}${index}`,
            kind: 'current' as const,
            read_at: at(minute),
          })),
        )
        .execute()
    await fill('a', 197, 90)
    await snapshots.save('me', at(91), second, WHOLE)
    await snapshots.save('you', at(92), first, WHOLE)
    expect((await changes()).left).toEqual(['+1204'])
    await fill('b', 200, 95)
    await snapshots.save('you', at(96), first, WHOLE)
    const rows = await db.queries.selectFrom('snapshots').select('identity').execute()
    expect(rows.filter(({ identity }) => identity === 'me')).toEqual([])
  })
})
