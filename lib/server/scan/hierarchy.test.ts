import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { stopAll } from '@/lib/server/process/shutdown'
import { type FakeVida, fakeAccount, fakeClient } from '@/lib/server/scan/testing/fake-vida'
import type { Session } from '@/lib/server/session/current'
import { findAccount, findOrganization } from './hierarchy'

const world = vi.hoisted(() => ({ vida: {} as object }))

vi.mock('@/lib/server/vida/connection', () => ({ vidaFor: () => fakeClient(world.vida as FakeVida).client }))
vi.mock('@/lib/server/session/current', () => ({ sessions: async () => ({ endAll: async () => {} }) }))
vi.mock('@/lib/server/snapshots/snapshots', () => ({ snapshots: async () => ({ accountOf: async () => null }) }))

const sessionOf = (identity: string): Session => ({
  id: 's',
  identity,
  account: { id: 'r', name: 'Reseller', role: 'reseller', canReturn: true },
  root: { kind: 'reseller', id: 'r', name: 'Reseller' },
  token: 'a-token-of-nobody',
  origin: 'http://127.0.0.1:1',
  endsAt: Number.MAX_SAFE_INTEGER,
})
const lists: FakeVida = {
  organizations: { r: { pages: [[fakeAccount('o1')], [fakeAccount('o2')]] } },
  accounts: { o1: { pages: [[fakeAccount('a1')]] }, o2: { pages: [[fakeAccount('a2')]] } },
}

beforeEach(() => {
  world.vida = lists
})
afterEach(() => {
  vi.useRealTimers()
})

describe('an account that nobody knows yet', () => {
  it('is found by listing, and one that no listing has is foreign', async () => {
    expect(await findAccount(sessionOf('one'), 'a2')).toMatchObject({ id: 'a2', organizationId: 'o2' })
    expect(await findOrganization(sessionOf('two'), 'o1')).toMatchObject({ kind: 'organization' })
    await expect(findAccount(sessionOf('three'), 'a9')).rejects.toMatchObject({ code: 'foreign_account' })
  })

  it('is given up by whoever asked', async () => {
    world.vida = { ...lists, wait: () => new Promise(() => {}) }
    const gone = new AbortController()
    const finding = findAccount(sessionOf('four'), 'a1', gone.signal)
    gone.abort()
    await expect(finding).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('is not waited for beyond five minutes: Vida is too busy to say', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    world.vida = { ...lists, wait: () => new Promise(() => {}) }
    const refused = expect(findAccount(sessionOf('five'), 'a1')).rejects.toMatchObject({ code: 'vida_unreachable' })
    await vi.advanceTimersByTimeAsync(5 * 60_000)
    await refused
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is not waited for when the server is stopped, and not looked for afterwards', async () => {
    world.vida = { ...lists, wait: () => new Promise(() => {}) }
    const refused = expect(findAccount(sessionOf('six'), 'a1')).rejects.toMatchObject({ code: 'stopping' })
    await new Promise(setImmediate)
    await stopAll(1_000)
    await refused
    await expect(findAccount(sessionOf('seven'), 'a1')).rejects.toMatchObject({ code: 'stopping' })
  })
})
