import { expect, it } from 'vitest'
import type { AccountNumbers } from '@/lib/domain/accounts/account'
import { held, makeAccount } from '@/lib/domain/accounts/testing/account-numbers'
import { joinInventory } from '@/lib/domain/inventory/rows'
import { sortRows } from '@/lib/domain/inventory/sort'
import { EMPTY_STATE } from '@/lib/domain/inventory/state'
import { describeEachDatabase } from '@/lib/server/db/testing/databases'
import { at, lacking, part, WHOLE } from '@/lib/server/snapshots/testing/snapshots'
import { createSnapshots } from './snapshots'

const ROWS = 60

/** Ids, customers and agents each in another order; every fifth agent has no number. */
const ACCOUNTS = Array.from({ length: 200 }, (_, index): AccountNumbers => {
  const customer = (index * 7) % 31
  const account = makeAccount(`${1000 - index}`, {
    name: `Agent ${(index * 11) % 17}`,
    organizationId: `${customer}`,
    organizationName: customer === 0 ? null : `Customer ${customer}`,
  })
  const count = index % 5
  return { account, numbers: Array.from({ length: count }, (_, place) => held(`+1214555${9999 - index * 5 - place}`)) }
})

const numbersOf = (accounts: readonly AccountNumbers[] | undefined) =>
  accounts?.flatMap(({ numbers }) => numbers.map(({ number }) => number))

describeEachDatabase('the start of the current snapshot', (open) => {
  it('has the rows with which the list begins, in its order, whatever order the accounts were read in', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    expect(await snapshots.startOf('me')).toBeNull()
    await snapshots.save('me', at(0), ACCOUNTS, WHOLE)
    const list = sortRows(joinInventory({ readAt: at(0), accounts: ACCOUNTS }, EMPTY_STATE), 'organization', false)
    const start = await snapshots.startOf('me')
    expect(start?.readAt).toBe(at(0))
    expect(numbersOf(start?.accounts)).toEqual(list.slice(0, ROWS).map(({ number }) => number))
    expect(await snapshots.startOf('somebody else')).toBeNull()
  })

  it('leaves out what was returned since, and is cut within an account of many numbers', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    const many = Array.from({ length: 10_000 }, (_, index) => held(`+1214${5_550_000 + index}`))
    await snapshots.save('me', at(0), [{ account: makeAccount('1'), numbers: many }], WHOLE)
    expect(numbersOf((await snapshots.startOf('me'))?.accounts)).toHaveLength(ROWS)
    await snapshots.patch('me', '1', many.slice(1, 3), '+12145550000', at(1))
    expect(numbersOf((await snapshots.startOf('me'))?.accounts)).toEqual(['+12145550001', '+12145550002'])
  })

  it('is not known of a snapshot that was completed part by part', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    const [first, second] = ['1', '2'].map((id) => ({ account: makeAccount(id), numbers: [held(`+1214555000${id}`)] }))
    if (!first || !second) throw new Error('two accounts were made')
    await snapshots.save('me', at(0), [second], lacking('account 1'))
    await snapshots.savePart('me', part('account 1', at(1), [first]))
    expect(await snapshots.loadText('me')).toContain('+12145550001')
    expect(await snapshots.startOf('me')).toBeNull()
  })

  it('is not given where one of its numbers is in another account, too, which only the whole list shows', async () => {
    const { db } = await open()
    const snapshots = createSnapshots(db)
    const numbers = Array.from({ length: ROWS }, (_, index) => held(`+1214${5_550_000 + index}`))
    const last = { account: makeAccount('2', { organizationName: 'Zinnia' }), numbers: numbers.slice(0, 1) }
    await snapshots.save('me', at(0), [{ account: makeAccount('1'), numbers }, last], WHOLE)
    expect(await snapshots.startOf('me')).toBeNull()
  })
})
