import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Context } from '@/lib/server/context/context'
import { testContext } from '@/lib/server/context/testing/context'
import { type FakeVida, fakeAccount, fakeClient } from '@/lib/server/scan/testing/fake-vida'
import { sessionAt } from '@/lib/server/session/testing/sessions'
import { findAccount, findOrganization } from './hierarchy'

let vida: FakeVida
let ctx: Context
const session = sessionAt('http://127.0.0.1:1')
const lists: FakeVida = {
  organizations: { 70001: { pages: [[fakeAccount('o1')], [fakeAccount('o2')]] } },
  accounts: { o1: { pages: [[fakeAccount('a1')]] }, o2: { pages: [[fakeAccount('a2')]] } },
}

beforeEach(() => {
  vida = lists
  ctx = testContext({
    vida: () => fakeClient(vida).client,
    sessions: { endAll: async () => {} },
    snapshots: { accountOf: async () => null },
  })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('an account that is not known yet', () => {
  it('is found by listing, and one that no listing has is foreign', async () => {
    expect(await findAccount(ctx, session, 'a2')).toMatchObject({ id: 'a2', organizationId: 'o2' })
    expect(await findOrganization(ctx, session, 'o1')).toMatchObject({ kind: 'organization' })
    await expect(findAccount(ctx, session, 'a9')).rejects.toMatchObject({ code: 'foreign_account' })
  })

  it('is abandoned when the caller aborts', async () => {
    vida = { ...lists, wait: () => new Promise(() => {}) }
    const gone = new AbortController()
    const finding = findAccount(ctx, session, 'a1', gone.signal)
    gone.abort()
    await expect(finding).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('is not waited for beyond five minutes: Vida is too busy to say', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    vida = { ...lists, wait: () => new Promise(() => {}) }
    const refused = expect(findAccount(ctx, session, 'a1')).rejects.toMatchObject({ code: 'vida_unreachable' })
    await vi.advanceTimersByTimeAsync(5 * 60_000)
    await refused
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is not waited for when the server stops, and not listed afterwards', async () => {
    vida = { ...lists, wait: () => new Promise(() => {}) }
    const refused = expect(findAccount(ctx, session, 'a1')).rejects.toMatchObject({ code: 'stopping' })
    await new Promise(setImmediate)
    await ctx.shutdown.stopAll(1_000)
    await refused
    await expect(findAccount(ctx, session, 'a1')).rejects.toMatchObject({ code: 'stopping' })
  })
})
