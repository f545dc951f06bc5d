import { expect, it } from 'vitest'
import type { Account, AccountNumbers, AssignedNumber } from '@/lib/domain/accounts/account'
import type { Snapshot } from '@/lib/domain/inventory/events'
import type { Database } from '@/lib/server/db/database'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { lacking, WHOLE } from '@/lib/server/snapshots/testing/snapshots'
import { createSnapshots } from './snapshots'
import { dropOldest, replaceNumbers, saveCurrent } from './write'

const READ_AT = '2026-11-24T00:00:00.000Z'

function held(number: string, label: string | null = null): AssignedNumber {
  return { number, national: '(214) 555-1234', country: 'US', label, provider: 'telnyx', sms: true }
}

function makeAccount(id: string): Account {
  return {
    id,
    name: `Agent ${id} – “Zoë” \u0000 \ud800`.toWellFormed(),
    active: false,
    canceledAt: READ_AT,
    canceledReason: null,
    organizationId: '5001',
    organizationName: 'Ampère Dental',
    organizationActive: null,
    organizationCanceledAt: null,
  }
}

const holding = (id: string, ...numbers: string[]): AccountNumbers => ({
  account: makeAccount(id),
  numbers: numbers.map((number) => held(number)),
})

type Snapshots = ReturnType<typeof createSnapshots>

const save = (snapshots: Snapshots, identity: string, readAt: string, accounts: Iterable<AccountNumbers>) =>
  snapshots.save(identity, readAt, accounts, WHOLE)

const stored = ({ queries }: Database) =>
  queries.selectFrom('snapshots').innerJoin('snapshot_accounts', 'snapshot_id', 'id')

/** The current snapshot without its changes. */
async function load(snapshots: Snapshots, identity: string): Promise<Snapshot | null> {
  const { before: _, ...current } = JSON.parse((await snapshots.loadText(identity)) ?? '{}')
  return 'readAt' in current ? current : null
}

describeEachDatabase('the current snapshot', (open) => {
  it('is what was saved last, whole', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    expect(await load(snapshots, 'me')).toBeNull()
    await save(snapshots, 'me', READ_AT, [holding('2', '+12145551234'), holding('1'), holding('3', '+12145551235')])
    expect(await load(snapshots, 'me')).toEqual({
      readAt: READ_AT,
      accounts: [holding('1'), holding('2', '+12145551234'), holding('3', '+12145551235')],
    })
    expect(await snapshots.numbersOf('me', '2')).toEqual(['+12145551234'])
    expect(await snapshots.numbersOf('me', '1')).toEqual([])
    expect(await snapshots.numbersOf('me', '4')).toBeNull()
    expect(await snapshots.numbersOf('somebody', '2')).toBeNull()
    const later = '2026-11-24T00:05:00.000Z'
    await save(snapshots, 'me', later, new Set([holding('4', '+12145551236')]))
    expect(await load(snapshots, 'me')).toEqual({ readAt: later, accounts: [holding('4', '+12145551236')] })
    await save(snapshots, 'me', later, [])
    expect(await load(snapshots, 'me')).toEqual({ readAt: later, accounts: [] })
    await snapshots.dismissChanges('me', later)
    expect(await snapshots.loadText('me')).toBe(`{"readAt":"${later}","accounts":[]}`)
    expect(await snapshots.loadText('somebody else')).toBeNull()
    expect(await load(snapshots, 'somebody else')).toBeNull()
  })

  it('does not let an older reading replace a later one', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    await save(snapshots, 'me', READ_AT, [holding('1', '+12145551234')])
    await save(snapshots, 'me', '2026-11-23T23:59:59.999Z', [holding('2')])
    expect(await load(snapshots, 'me')).toEqual({ readAt: READ_AT, accounts: [holding('1', '+12145551234')] })
  })

  it('has its numbers replaced after accounts were read again, as the partial one has', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    await save(snapshots, 'me', READ_AT, [holding('1', '+12145551234'), holding('2', '+12145551235')])
    await snapshots.save('me', READ_AT, [holding('1', '+12145551230')], lacking('account 2'))
    await replaceNumbers(db, 'me', [
      { accountId: '1', numbers: [], readAt: READ_AT },
      { accountId: 'unheard of', numbers: [held('+12145551239')], readAt: READ_AT },
    ])
    expect(await load(snapshots, 'me')).toEqual({
      readAt: READ_AT,
      accounts: [holding('1'), holding('2', '+12145551235')],
    })
    const rows = await stored(db).select(['account_id', 'numbers']).where('kind', '=', 'partial').execute()
    expect(rows).toMatchObject([{ account_id: '1', numbers: '[]' }])
  })

  it('tells which accounts hold a number, and an account by its id', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    const labelled = { account: makeAccount('3'), numbers: [held('+12145550000', '"+12145551234"')] }
    await save(snapshots, 'me', READ_AT, [
      holding('1', '+12145551234'),
      holding('2', '+121455512345', '+12145551234'),
      labelled,
    ])
    await save(snapshots, 'you', READ_AT, [holding('9', '+12145551234')])
    expect((await snapshots.accountsHolding('me', '+12145551234')).accounts.map((account) => account.id)).toEqual([
      '1',
      '2',
    ])
    expect((await snapshots.accountsHolding('me', '+1214555123')).accounts).toEqual([])
    expect((await snapshots.accountsHolding('me', '%')).accounts).toEqual([])
    await replaceNumbers(db, 'me', [{ accountId: '1', numbers: [held('+12145551239')], readAt: READ_AT }])
    expect((await snapshots.accountsHolding('me', '+12145551234')).accounts.map((account) => account.id)).toEqual(['2'])
    expect((await snapshots.accountsHolding('me', '+12145551239')).accounts.map((account) => account.id)).toEqual(['1'])
    expect(await snapshots.accountOf('me', '3')).toEqual(makeAccount('3'))
    expect(await snapshots.accountOf('me', '9')).toBeNull()
  })

  it('counts a row of another shape as none', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    for (const [identity, account, numbers] of [
      ['a', '{"id":1}', '[]'],
      ['b', JSON.stringify(makeAccount('1')), '[{"number":'],
      ['c', 'null', '[]'],
    ] as const) {
      await save(snapshots, identity, READ_AT, [holding('1', '+12145551234')])
      await db.queries
        .updateTable('snapshot_accounts')
        .set({ account, numbers })
        .where('snapshot_id', 'in', db.queries.selectFrom('snapshots').select('id').where('identity', '=', identity))
        .execute()
      expect((await snapshots.accountsHolding(identity, '+12145551234')).accounts).toEqual([])
    }
    expect(await snapshots.accountOf('a', '1')).toBeNull()
  })

  it('stays whole when two instances save at once, and when saving fails half-way', async () => {
    const { db, again } = await open()
    const snapshots = createSnapshots(db)
    const other = createSnapshots(await again())
    const many = (prefix: string) => Array.from({ length: 300 }, (_, index) => holding(`${prefix}${index}`))
    await Promise.all([save(snapshots, 'me', READ_AT, many('a')), save(other, 'me', READ_AT, many('b'))])
    const ids = (await load(snapshots, 'me'))?.accounts.map(({ account }) => account.id.charAt(0))
    expect(ids).toHaveLength(300)
    expect(new Set(ids).size).toBe(1)

    function* breaking() {
      yield* many('c')
      throw new Error('the scan broke')
    }
    await expect(save(snapshots, 'me', '2027-01-01T00:00:00.000Z', breaking())).rejects.toThrow('the scan broke')
    expect((await load(snapshots, 'me'))?.readAt).toBe(READ_AT)
    expect((await load(snapshots, 'me'))?.accounts).toHaveLength(300)
  })

  it('is bounded to 200 identities', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    for (let index = 0; index < 203; index++) {
      await saveCurrent(db, `identity-${index}`, new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString(), [holding('1')])
    }
    await dropOldest(db)
    expect(await stored(db).select('identity').execute()).toHaveLength(200)
    expect(await load(snapshots, 'identity-2')).toBeNull()
    expect(await load(snapshots, 'identity-3')).not.toBeNull()
  })

  it('holds 2,500 accounts and 50,000 numbers, and finds the account of one', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    const all = Array.from({ length: 2500 }, (_, account) =>
      holding(`${account}`, ...Array.from({ length: 20 }, (_, index) => `+1214${1_000_000 + account * 20 + index}`)),
    )
    await save(snapshots, 'me', READ_AT, all)
    expect((await load(snapshots, 'me'))?.accounts).toHaveLength(2500)
    expect((await snapshots.accountsHolding('me', '+12141049999')).accounts).toMatchObject([{ id: '2499' }])
  })
})
