import { beforeEach, expect, it, vi } from 'vitest'
import type { Database } from '@/lib/db/database'
import { describeEachDatabase } from '@/lib/db/test-databases'
import { compareInventories, inventoryBefore } from './changes'
import type { AccountHolding, AssignedNumber, KeptInventory } from './events'
import { createKeptRoom } from './kept-room'
import type { PartReading } from './kept-write'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 10, minute)).toISOString()
const held = (number: string): AssignedNumber => ({
  ...{ number, national: null, country: 'US', label: null, provider: null, sms: null },
})

function holding(id: string, ...numbers: string[]): AccountHolding {
  const organization = { organizationId: '8001', organizationName: 'A', organizationActive: true }
  const account = { id, name: id, active: true, canceledAt: null, canceledReason: null, organizationCanceledAt: null }
  return { account: { ...account, ...organization }, numbers: numbers.map(held) }
}

function part(name: string, startedAt: string, holdings: AccountHolding[], missing: string[] = []): PartReading {
  const ids = holdings.map(({ account }) => account.id)
  return { part: name, startedAt, holdings: { all: () => holdings, ids: () => ids }, missing }
}

const WHOLE = { complete: true, missing: [] }
const lacking = (...missing: string[]) => ({ complete: false, missing })

/** What is kept: its time, and the numbers by account. */
async function kept(db: Database): Promise<[string, Record<string, string[]>] | null> {
  const text = await createKeptRoom(db).loadText('me')
  if (!text) return null
  const { readAt, accounts }: { readAt: string; accounts: AccountHolding[] } = JSON.parse(text)
  return [
    readAt,
    Object.fromEntries(accounts.map(({ account, numbers }) => [account.id, numbers.map((n) => n.number)])),
  ]
}

/** The accounts that are seen with a number, and since when. */
async function seen(db: Database, number: string) {
  const found = await createKeptRoom(db).seenSince('me', number)
  return found.map(({ accountId, since, atLeast }) => `${accountId} since ${atLeast ? 'at least ' : ''}${since}`)
}

describeEachDatabase('an incomplete reading', (open) => {
  const first = [holding('1', '+1201'), holding('2', '+1202')]

  it('becomes the kept one, as old as it is, once everything that it lacked was read', async () => {
    const { db } = await open()
    const room = createKeptRoom(db)
    await room.keep('me', at(0), [holding('1', '+1200'), holding('9', '+1209')], WHOLE)
    await room.keep('me', at(1), first, lacking('account 3', 'organization 8002'))
    await room.keepPart('me', part('account 3', at(2), [holding('3', '+1203')]))
    expect(await kept(db)).toEqual([at(0), { 1: ['+1200'], 9: ['+1209'] }])
    await room.keepPart('me', part('organization 8002', at(3), [holding('4', '+1204'), holding('5')]))
    expect(await kept(db)).toEqual([at(1), { 1: ['+1201'], 2: ['+1202'], 3: ['+1203'], 4: ['+1204'], 5: [] }])
    expect(await seen(db, '+1209')).toEqual([])
  })

  it('lacks what a part lacks itself, but no account that the part has read', async () => {
    const { db } = await open()
    const room = createKeptRoom(db)
    await room.keep('me', at(1), first, lacking('organization 8002', 'account 4'))
    await room.keepPart('me', part('organization 8002', at(2), [holding('4', '+1204')], ['account 5']))
    expect(await kept(db)).toBeNull()
    await room.keepPart('me', part('account 5', at(3), [holding('5')]))
    expect(await kept(db)).toEqual([at(1), { 1: ['+1201'], 2: ['+1202'], 4: ['+1204'], 5: [] }])
  })

  it('stays incomplete while a part fails again, and where no part stands for what is missing', async () => {
    const { db } = await open()
    const room = createKeptRoom(db)
    await room.keep('me', at(1), first, lacking('account 3'))
    await room.keepPart('me', part('account 3', at(2), [], ['account 3']))
    expect(await kept(db)).toBeNull()
    await room.keep('me', at(3), first, { complete: false, missing: null })
    await room.keepPart('me', part('account 3', at(4), [holding('3')]))
    expect(await kept(db)).toBeNull()
  })

  it('is completed by no part that was read before it began', async () => {
    const { db } = await open()
    const room = createKeptRoom(db)
    await room.keep('me', at(2), first, lacking('account 3'))
    await room.keepPart('me', part('account 3', at(1), [holding('3', '+1203')]))
    expect(await kept(db)).toBeNull()
    await room.keepPart('me', part('account 3', at(2), [holding('3')]))
    expect(await kept(db)).toEqual([at(2), { 1: ['+1201'], 2: ['+1202'], 3: [] }])
  })

  it('never takes the place of a complete one that was read later, and is forgotten with it', async () => {
    const { db } = await open()
    const room = createKeptRoom(db)
    await room.keep('me', at(1), first, lacking('account 3'))
    await room.keep('me', at(2), [holding('1', '+1299')], WHOLE)
    await room.keep('me', at(1), first, lacking('account 3'))
    await room.keepPart('me', part('account 3', at(3), [holding('3')]))
    expect(await kept(db)).toEqual([at(2), { 1: ['+1299'] }])
  })

  it('keeps what a return told about one of its accounts in between', async () => {
    const { db } = await open()
    const room = createKeptRoom(db)
    await room.keep('me', at(1), first, lacking('account 3'))
    await room.patch('me', '1', [], '+1201')
    await room.keepPart('me', part('account 3', at(2), [holding('3')]))
    expect(await kept(db)).toEqual([at(1), { 1: [], 2: ['+1202'], 3: [] }])
  })

  it('becomes the kept one once when its last parts come in at the same moment on two instances', async () => {
    const { db, again } = await open()
    const rooms = [createKeptRoom(db), createKeptRoom(await again())] as const
    await rooms[0].keep('me', at(1), first, lacking('account 3', 'account 4', 'account 5'))
    await Promise.all([
      rooms[0].keepPart('me', part('account 3', at(2), [holding('3', '+1203')])),
      rooms[1].keepPart('me', part('account 4', at(2), [holding('4', '+1204')])),
      rooms[0].keepPart('me', part('account 5', at(2), [holding('5')])),
      rooms[1].keepPart('me', part('account 3', at(2), [holding('3', '+1203')])),
    ])
    expect(await kept(db)).toEqual([at(1), { 1: ['+1201'], 2: ['+1202'], 3: ['+1203'], 4: ['+1204'], 5: [] }])
  })
})

describeEachDatabase('what changed', (open) => {
  const first = [holding('1', '+1201', '+1202'), holding('2', '+1203'), holding('3', '+1204')]
  const second = [holding('1', '+1201'), holding('2', '+1203', '+1202'), holding('4', '+1205')]

  async function opened() {
    const { db, again } = await open()
    const room = createKeptRoom(db)
    /** As the browser tells it after it loaded the page. */
    const told = async () => {
      const kept: KeptInventory = JSON.parse((await room.loadText('me')) ?? 'null')
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
    const { before }: KeptInventory = JSON.parse((await room.loadText('me')) ?? '')
    expect(before?.accounts.map(({ account }) => account.id).sort()).toEqual(['1', '2', '3'])
    expect(before?.added).toEqual(['4'])
  })

  it('leaves out what was returned from here, also when two returns of one account end at once', async () => {
    const { again, room, told } = await opened()
    const other = createKeptRoom(await again())
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

describeEachDatabase('a number', (open) => {
  const one = [holding('1', '+1201')]
  const clock = (minute: number) => vi.setSystemTime(at(minute))

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
    return () => vi.useRealTimers()
  })

  async function opened() {
    const { db } = await open()
    const room = createKeptRoom(db)
    /** A reading that ends half an hour after it began. */
    const read = (minute: number, holdings: AccountHolding[], how: Parameters<typeof room.keep>[3] = WHOLE) => {
      clock(minute + 30)
      return room.keep('me', at(minute), holdings, how)
    }
    return { db, room, read }
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
    expect(await createKeptRoom(db).seenSince('you', '+1201')).toEqual([])
  })

  it('is at least as old as an incomplete reading that found it, while no complete one is kept', async () => {
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

  it('in two accounts is told for both', async () => {
    const { db, read } = await opened()
    await read(0, one)
    await read(1, [...one, holding('2', '+1201')])
    expect(await seen(db, '+1201')).toEqual([`1 since at least ${at(30)}`, `2 since ${at(31)}`])
  })

  it('goes on from an incomplete reading and from an account that was read again by itself', async () => {
    const { db, room, read } = await opened()
    await read(0, [...one, holding('2')])
    await read(1, [holding('1', '+1201', '+1202')], lacking('account 2'))
    clock(40)
    await room.patch('me', '2', [held('+1203')], '+1204')
    await read(12, [holding('1', '+1201', '+1202'), holding('2', '+1203')])
    expect(await seen(db, '+1202')).toEqual([`1 since ${at(31)}`])
    expect(await seen(db, '+1203')).toEqual([`2 since ${at(40)}`])
    clock(43)
    await room.patch('me', '1', [held('+1201')], '+1202')
    await read(14, [holding('1', '+1201', '+1202')])
    expect(await seen(db, '+1202')).toEqual([`1 since ${at(44)}`])
  })

  it('goes on when its last parts complete a reading, unless its account is not in it', async () => {
    const { db, room, read } = await opened()
    await read(0, [...one, holding('9', '+1209')])
    await read(1, [holding('1', '+1201', '+1202')], lacking('account 3'))
    clock(50)
    await room.keepPart('me', part('account 3', at(49), [holding('3', '+1203')]))
    expect(await seen(db, '+1201')).toEqual([`1 since at least ${at(30)}`])
    expect(await seen(db, '+1202')).toEqual([`1 since ${at(31)}`])
    expect(await seen(db, '+1203')).toEqual([`3 since ${at(50)}`])
    expect(await seen(db, '+1209')).toEqual([])
  })

  it('is not told anew by a reading that is older than what is kept', async () => {
    const { db, read } = await opened()
    await read(1, one)
    await read(0, [holding('1')])
    expect(await seen(db, '+1201')).toEqual([`1 since at least ${at(31)}`])
  })

  it('is forgotten with the identity that was read longest ago, beyond 200', async () => {
    const { db, room, read } = await opened()
    await read(1, one)
    const others = Array.from({ length: 200 }, (_, index) => ({
      identity: `${index}`,
      first_at: null,
      last_at: at(60),
    }))
    await db.queries.insertInto('seen_identities').values(others).execute()
    clock(90)
    await room.keep('you', at(90), one, WHOLE)
    expect(await seen(db, '+1201')).toEqual([])
    expect(await room.seenSince('you', '+1201')).toHaveLength(1)
    expect(await db.queries.selectFrom('seen_identities').select('identity').execute()).toHaveLength(200)
  })
})
