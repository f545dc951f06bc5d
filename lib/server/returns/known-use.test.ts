import { expect, it } from 'vitest'
import { app, ask, PLACE, pass, run, startRuns, theRecord } from '@/lib/server/returns/testing/scenario'
import { accountUse } from '@/lib/server/snapshots/testing/uses'

startRuns()

const HOUR = 3_600_000
const ago = (ms: number) => new Date(Date.now() - ms).toISOString()
const use = (changes: Parameters<typeof accountUse>[1]) => accountUse(PLACE.accountId, changes)
const calledAt = (lastUsedAt: string) => ({ lastUsedAt, lastKind: 'call', calls30: 1, texts30: 0 }) as const

it('a receipt says when the number was last used, as it was read before the confirmation', async () => {
  const lastUsedAt = ago(HOUR)
  const numbers = { [PLACE.number]: calledAt(lastUsedAt) }
  await app.ctx.uses.put(run.session.identity, [use({ readAt: ago(0), numbers })])
  await ask().answer
  expect(await theRecord()).toMatchObject({ lastUsedAt, lastKind: 'call', useBasis: 'number' })
})

it('of a number that no entry names a receipt says when its agent was last used', async () => {
  const lastUsedAt = ago(HOUR)
  await app.ctx.uses.put(run.session.identity, [use({ readAt: ago(0), account: calledAt(lastUsedAt) })])
  await ask().answer
  expect(await theRecord()).toMatchObject({ lastUsedAt, lastKind: 'call', useBasis: 'account' })
})

it.each(['a day old', 'of another person', 'of another account', 'that says nothing'])(
  'a reading %s is not in the receipt',
  async (what) => {
    const { identity } = run.session
    const known = use({ readAt: ago(0), account: calledAt(ago(HOUR)) })
    if (what === 'of another person') await app.ctx.uses.put('someone else', [known])
    else if (what === 'of another account') await app.ctx.uses.put(identity, [{ ...known, accountId: '100003' }])
    else if (what === 'that says nothing') await app.ctx.uses.put(identity, [{ ...known, account: null }])
    else {
      await app.ctx.uses.put(identity, [known])
      pass(24 * HOUR)
    }
    await ask().answer
    expect(await theRecord()).toMatchObject({ lastUsedAt: null, lastKind: null, useBasis: null })
  },
)
