import { beforeEach, describe, expect, it, vi } from 'vitest'
import { readSettings } from '@/lib/server/config/settings'
import type { Context } from '@/lib/server/context/context'
import { testContext } from '@/lib/server/context/testing/context'
import { VidaFailure } from '@/lib/server/vida/failure'
import type { FoundRole } from '@/lib/server/vida/find-role'
import type { VidaCaller } from '@/lib/server/vida/identity'
import { endIfRefused, mayStillReturn, withRoot } from './ask-again'
import { sessionAt } from './testing/sessions'

const MINUTE = 60_000
const whoAmI = vi.fn<() => Promise<VidaCaller>>()
const findRole = vi.fn<() => Promise<FoundRole>>()
const restate = vi.fn(async () => {})
const endAll = vi.fn(async () => {})
const forget = vi.fn(async () => {})
let now = 0
let ctx: Context

const reseller: VidaCaller = {
  id: '70001',
  name: 'Northwind Voice',
  role: 'reseller',
  root: { kind: 'reseller', id: '70001' },
  organizationId: '70001',
  resellerId: '70001',
  partnerId: null,
}
const organization: VidaCaller = { ...reseller, role: 'organization', root: { kind: 'organization', id: '70001' } }

beforeEach(() => {
  vi.resetAllMocks()
  now = 10 * 60 * MINUTE
  ctx = testContext({
    // Only these are asked.
    vida: (() => ({ whoAmI, findRole })) as unknown as Context['vida'],
    clock: { now: () => now },
    sessions: { restate, endAll },
    snapshots: { forget },
    ledger: { cancelUnsent: async () => {} },
  })
})

/** A session that began at `startedAt`, Unix ms. */
const sessionFrom = (startedAt: number) => ({
  ...sessionAt('http://127.0.0.1:1'),
  endsAt: startedAt + ctx.settings.sessionMaxSeconds * 1000,
})

describe('what Vida states of the account, before a return', () => {
  it('is believed for ten minutes from the sign-in, then asked for by the first of many, and believed again', async () => {
    const session = sessionFrom(now)
    whoAmI.mockResolvedValue(reseller)
    now += 9 * MINUTE
    await mayStillReturn(ctx, session)
    expect(whoAmI).toHaveBeenCalledTimes(0)
    now += MINUTE
    await Promise.all([1, 2, 3].map(() => mayStillReturn(ctx, session)))
    now += 9 * MINUTE
    await mayStillReturn(ctx, session)
    expect(whoAmI).toHaveBeenCalledTimes(1)
    now += MINUTE
    await mayStillReturn(ctx, session)
    expect(whoAmI).toHaveBeenCalledTimes(2)
    expect(restate).not.toHaveBeenCalled()
  })

  it('changes the sessions when it has changed, and a role that may not return is refused', async () => {
    const session = sessionFrom(0)
    whoAmI.mockResolvedValue(organization)
    await expect(mayStillReturn(ctx, session)).rejects.toMatchObject({ code: 'not_allowed' })
    // Also what was saved before the sessions had the new root.
    const [stated = 0] = restate.mock.invocationCallOrder
    expect(forget.mock.calls).toEqual([['identity-1'], ['identity-1']])
    expect(forget.mock.invocationCallOrder.map((order) => order < stated)).toEqual([true, false])
    expect(restate).toHaveBeenCalledWith('identity-1', {
      origin: 'http://127.0.0.1:1',
      account: { id: '70001', name: 'Northwind Voice', role: 'organization', canReturn: false, foundByAsking: false },
      root: { kind: 'organization', id: '70001', name: 'Northwind Voice' },
    })
  })

  it('prevents the return where it cannot be had, and is asked for by the next one', async () => {
    const session = sessionFrom(0)
    whoAmI.mockRejectedValueOnce(new VidaFailure('read_failed', 503))
    await expect(mayStillReturn(ctx, session)).rejects.toMatchObject({ code: 'vida_unreachable' })
    whoAmI.mockResolvedValue(reseller)
    expect(await mayStillReturn(ctx, session)).toMatchObject({ account: { role: 'reseller' } })
  })

  it('ends the sessions when Vida refuses the token, or says that it belongs to another account', async () => {
    whoAmI.mockRejectedValueOnce(new VidaFailure('unauthorized', 401))
    await expect(mayStillReturn(ctx, sessionFrom(0))).rejects.toMatchObject({ code: 'signed_out' })
    whoAmI.mockResolvedValueOnce({ ...reseller, id: '70002' })
    await expect(mayStillReturn(ctx, sessionFrom(0))).rejects.toMatchObject({ code: 'signed_out' })
    expect(endAll).toHaveBeenCalledTimes(2)
  })

  it('is asked for at once when Vida refused a return, and the next return goes by the answer', async () => {
    const session = sessionFrom(now)
    whoAmI.mockResolvedValue(organization)
    expect(await endIfRefused(ctx, session)).toBe(false)
    await expect(mayStillReturn(ctx, session)).rejects.toMatchObject({ code: 'not_allowed' })
    expect(whoAmI).toHaveBeenCalledTimes(1)
  })
})

describe('a role that Vida does not state', () => {
  const silent: VidaCaller = { ...reseller, name: 'reseller.70001', role: 'unknown', root: null }
  const account = {
    id: '70001',
    name: 'reseller.70001',
    role: 'reseller',
    canReturn: true,
    foundByAsking: true,
  } as const
  const root = { kind: 'reseller', id: '70001', name: 'reseller.70001' } as const
  const unknown = { ...account, role: 'unknown', canReturn: false, foundByAsking: false } as const

  it('stays as it was found, for as long as Vida states none', async () => {
    const session = { ...sessionFrom(0), account, root }
    whoAmI.mockResolvedValue(silent)
    expect(await mayStillReturn(ctx, session)).toMatchObject({ account, root })
    expect(findRole).not.toHaveBeenCalled()
    expect(restate).not.toHaveBeenCalled()
    now += 10 * MINUTE
    whoAmI.mockResolvedValue(organization)
    await expect(mayStillReturn(ctx, session)).rejects.toMatchObject({ code: 'not_allowed' })
  })

  it('is looked for again by the next reading where Vida did not answer, and is then the sessions’', async () => {
    const session = { ...sessionFrom(now), account: unknown, root: null }
    whoAmI.mockResolvedValue(silent)
    findRole.mockResolvedValueOnce('unanswered')
    expect(await withRoot(ctx, session)).toMatchObject({ account: unknown, root: null })
    expect(restate).not.toHaveBeenCalled()
    findRole.mockResolvedValue('reseller')
    expect(await withRoot(ctx, session)).toMatchObject({ account, root })
    expect(restate).toHaveBeenCalledWith('identity-1', { origin: session.origin, account, root })
    expect(findRole).toHaveBeenCalledTimes(2)
  })

  it('is not looked for by many readings at once, or where the session has a root', async () => {
    whoAmI.mockResolvedValue(silent)
    findRole.mockResolvedValue('unclear')
    const session = { ...sessionFrom(now), account: unknown, root: null }
    await Promise.all([1, 2, 3].map(() => withRoot(ctx, session)))
    await withRoot(ctx, session)
    await withRoot(ctx, { ...session, root })
    expect(findRole).toHaveBeenCalledTimes(1)
  })

  it('leaves a reading without a root where Vida cannot be asked', async () => {
    whoAmI.mockRejectedValueOnce(new VidaFailure('read_failed', 503))
    const session = { ...sessionFrom(now), account: unknown, root: null }
    expect(await withRoot(ctx, session)).toMatchObject({ root: null })
  })

  it('returns nothing while it is unknown, unless the operator allows that', async () => {
    const session = { ...sessionFrom(now), account: unknown, root: null }
    await expect(mayStillReturn(ctx, session)).rejects.toMatchObject({ code: 'not_allowed' })
    const settings = readSettings({ ALLOW_UNKNOWN_ROLE: '1' })
    const allowing = testContext({ settings, clock: { now: () => now } })
    expect(await mayStillReturn(allowing, session)).toMatchObject({ account: { role: 'unknown' } })
    const readOnly = testContext({ settings: readSettings({ READ_ONLY: '1' }), clock: { now: () => now } })
    await expect(mayStillReturn(readOnly, { ...session, account, root })).rejects.toMatchObject({ code: 'read_only' })
  })
})
