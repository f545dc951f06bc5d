import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Account } from '@/lib/domain/accounts/account'
import type { InventoryEvent } from '@/lib/domain/inventory/events'
import type { Context } from '@/lib/server/context/context'
import { testContext } from '@/lib/server/context/testing/context'
import { type FakeVida, fakeAccount, fakeClient } from '@/lib/server/scan/testing/fake-vida'
import { sessionAt } from '@/lib/server/session/testing/sessions'
import { VidaFailure } from '@/lib/server/vida/failure'
import { accountReread, accountsInRunningScans, streamScan } from './running-scans'

let vida: FakeVida
let calls: string[]
/** What was written to the snapshots, as text. */
let stored: string[]
let ended: string[]
let hasOtherRoot: boolean
let ctx: Context
const session = { ...sessionAt('http://127.0.0.1:1'), identity: 'identity' }

const snapshots: Partial<Context['snapshots']> = {
  save: async (_identity, _readAt, accounts, { complete, missing }) => {
    for await (const { account, numbers } of accounts) {
      stored.push(`${complete ? '' : 'partial '}${account.id}: ${numbers.map((each) => each.number).join()}`)
    }
    if (!complete) stored.push(`missing ${missing?.join() ?? 'more than parts'}`)
  },
  patch: async (_identity, id) => void stored.push(`patched ${id}`),
  savePart: async (_identity, { part, holdings, missing }) => {
    stored.push(`part ${part}: ${[...holdings.ids()].join()}${missing.length > 0 ? `, missing ${missing}` : ''}`)
  },
}
const live = () => new AbortController().signal
const whole = (signal = live(), onComplete?: Parameters<typeof streamScan>[4]) =>
  streamScan(ctx, session, { kind: 'root', root: session.root }, signal, onComplete)

const rereadEmpty = (accountId: string, number: string) =>
  accountReread(ctx, 'identity', accountId, { numbers: [], readAt: new Date(ctx.clock.now()).toISOString() }, number)

async function events(stream: Promise<ReadableStream<Uint8Array>>): Promise<InventoryEvent[]> {
  return (await new Response(await stream).text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** Lets the answers to such calls wait until the function given back is called. */
function hold(calls: RegExp): () => void {
  const gate = Promise.withResolvers<void>()
  vida = { ...small, wait: async (call: string) => calls.test(call) && gate.promise }
  return gate.resolve
}

const small: FakeVida = {
  organizations: { 70001: { pages: [[fakeAccount('o1')]] } },
  accounts: { o1: { pages: [[fakeAccount('a1'), fakeAccount('a2')]] } },
  numbers: { a1: ['+12145550101'], a2: ['+12145550102'] },
}

const unstated = { organizationName: null, organizationActive: null, organizationCanceledAt: null }
const partAccount: Account = { ...fakeAccount('a1'), ...unstated, organizationId: 'o1' }
const organizationOfPart: Account = { ...fakeAccount('o1'), ...unstated, organizationId: 'o1' }

beforeEach(() => {
  vida = small
  calls = []
  stored = []
  ended = []
  hasOtherRoot = false
  ctx = testContext({
    vida: () => {
      const fake = fakeClient(vida)
      calls = fake.calls
      return fake.client
    },
    sessions: { endAll: async (identity) => void ended.push(identity), hasOtherRoot: async () => hasOtherRoot },
    ledger: { cancelUnsent: async () => {} },
    snapshots,
  })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a running scan', () => {
  it('is not saved, and joined by nobody with the new root, once Vida has stated another one', async () => {
    const answer = hold(/^numbers/)
    const old = whole()
    const moved = { ...session, root: { kind: 'organization', id: 'o1', name: 'Northwind' } as const }
    const fresh = streamScan(ctx, moved, { kind: 'root', root: moved.root }, live())
    hasOtherRoot = true
    answer()
    expect((await events(old)).at(-1)).toMatchObject({ type: 'done', complete: true })
    expect(stored).toEqual([])
    hasOtherRoot = false
    expect((await events(fresh)).at(-1)).toMatchObject({ type: 'done', complete: true, numbers: 2 })
  })

  it('is shared by all readers of an identity, and a later one scans anew', async () => {
    const [one, two] = await Promise.all([events(whole()), events(whole())])
    expect(one).toEqual(two)
    expect(calls.filter((call) => call === 'organizations 70001')).toHaveLength(1)
    await events(whole())
    expect(calls.filter((call) => call === 'organizations 70001')).toHaveLength(1)
  })

  it('is saved before its last line is sent', async () => {
    const all = await events(whole())
    expect(all.at(-1)).toMatchObject({ type: 'done', complete: true, accountsFound: 2, numbers: 2 })
    expect(stored).toEqual(['a1: +12145550101', 'a2: +12145550102'])
  })

  it('is saved beside the complete one when it is incomplete', async () => {
    vida = { ...small, numbers: { ...small.numbers, a2: new VidaFailure('read_failed', 500) } }
    await events(whole())
    expect(stored).toEqual(['partial a1: +12145550101', 'missing account a2'])
  })

  it('stores what it could read of an account in part, and leaves a complete snapshot’s list alone', async () => {
    vida = { ...small, numbers: { ...small.numbers, a1: ['+12145550101', '88202'] } }
    await events(whole())
    expect(stored).toEqual(['partial a1: +12145550101', 'partial a2: +12145550102', 'missing account a1'])
    stored = []
    await events(streamScan(ctx, session, { kind: 'account', account: partAccount }, live()))
    expect(stored).toEqual(['part account a1: , missing account a1'])
  })

  it('says which lists prove no absence, and when it read by the ledger’s clock', async () => {
    vida = { ...small, unproved: ['a2'] }
    ctx = testContext({
      vida: () => fakeClient(vida).client,
      snapshots,
      ledger: { now: async () => Date.now() + 3_600_000 },
      sessions: { hasOtherRoot: async () => false },
    })
    const unproved: string[] = []
    const all = await events(whole(live(), async (scan) => void unproved.push(...(scan.unproved ?? []))))
    expect(unproved).toEqual(['a2'])
    for (const event of all)
      if (event.type === 'numbers') expect(Date.parse(event.readAt ?? '')).toBeGreaterThan(Date.now() + 3_000_000)
  })

  it('misses more than parts when a list above all parts fails', async () => {
    const failure = new VidaFailure('read_failed', 500)
    vida = { ...small, organizations: { 70001: { pages: [[fakeAccount('o1')]], failure } } }
    await events(whole())
    expect(stored.at(-1)).toBe('missing more than parts')
  })

  it('saves the newer numbers of an account that a part reads while it runs', async () => {
    const open = hold(/^numbers a2/)
    const reading = events(whole())
    await vi.waitFor(() => expect(accountsInRunningScans(ctx, 'identity', '+12145550101').accounts).toHaveLength(1), {
      interval: 1,
    })
    vida = { ...small, numbers: { a1: ['+12145550109'] } }
    await events(streamScan(ctx, session, { kind: 'account', account: partAccount }, live()))
    open()
    await reading
    expect(stored).toEqual(['part account a1: a1', 'a1: +12145550109', 'a2: +12145550102'])
  })

  it('proves a number’s absence only when it is complete', async () => {
    const seen: boolean[] = []
    const proven = vi.fn<NonNullable<Parameters<typeof streamScan>[4]>>(async ({ has }) => {
      seen.push(await has('+12145550101'), await has('+12145550199'))
    })
    await events(whole(live(), proven))
    expect(proven).toHaveBeenCalledTimes(1)
    expect(seen).toEqual([true, false])
    vida = { ...small, numbers: { a1: new VidaFailure('read_failed', 500) } }
    await events(whole(live(), proven))
    expect(proven).toHaveBeenCalledTimes(1)
  })

  it('ends every session of an identity that Vida refuses, before it says so last', async () => {
    vida = { ...small, numbers: { a1: new VidaFailure('unauthorized', 401) } }
    const text = new TextDecoder()
    const said: { lines: string; ended: boolean }[] = []
    for await (const bytes of await whole()) said.push({ lines: text.decode(bytes), ended: ended.length > 0 })
    expect(said.filter(({ lines }) => lines.includes('signed_out')).map((each) => each.ended)).toEqual([true])
    expect(JSON.parse(said.at(-1)?.lines.trim().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'done',
      complete: false,
    })
    expect(ended).toEqual(['identity'])
  })

  it('saves what an account held when it was read again, whatever the scan read before', async () => {
    const open = hold(/^numbers a2/)
    const reading = events(whole())
    await vi.waitFor(() => expect(accountsInRunningScans(ctx, 'identity', '+12145550101').accounts).toHaveLength(1), {
      interval: 1,
    })
    await rereadEmpty('a1', '+12145550101')
    await rereadEmpty('a2', '+12145550102')
    expect(accountsInRunningScans(ctx, 'identity', '+12145550101')).toEqual({ read: new Set(['a1']), accounts: [] })
    open()
    await reading
    expect(stored).toEqual(['patched a1', 'patched a2', 'a1: ', 'a2: '])
  })

  it('is not joined any more after an account was read again', async () => {
    const open = hold(/./)
    const first = events(whole())
    await rereadEmpty('a1', '+12145550101')
    vida = small
    expect((await events(whole())).at(-1)).toMatchObject({ type: 'done', complete: true })
    open()
    expect((await first).at(-1)).toMatchObject({ type: 'done', complete: true })
  })

  it('stops with its last reader, and a later reader gets a scan of its own', async () => {
    hold(/./)
    const gone = new AbortController()
    void whole(gone.signal)
    gone.abort()
    vida = small
    expect((await events(whole())).at(-1)).toMatchObject({ type: 'done', complete: true })
  })

  it('sends a progress line after ten silent seconds', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance', 'Date'] })
    hold(/./)
    const reader = (await whole()).getReader()
    const next = async () => new TextDecoder().decode((await reader.read()).value).trim()
    const first = await next()
    const second = next()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await second).toBe(first)
    await reader.cancel()
  })

  it('is ended with a problem and a last line after its time limit', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance', 'Date'] })
    hold(/./)
    const reading = events(whole())
    await vi.advanceTimersByTimeAsync(30 * 60_000)
    const all = await reading
    expect(all.slice(-2)).toMatchObject([{ code: 'scan_too_long' }, { type: 'done', complete: false }])
    expect(stored).toEqual([])
  })
})

describe('a part', () => {
  const part = () => events(streamScan(ctx, session, { kind: 'account', account: partAccount }, live()))

  it('is saved in the snapshot', async () => {
    expect((await part()).at(-1)).toMatchObject({ complete: true, accountsFound: 1, numbers: 1 })
    expect(stored).toEqual(['part account a1: a1'])
  })

  it('names what it misses itself', async () => {
    vida = { numbers: { a1: new VidaFailure('read_failed', 500) } }
    await part()
    expect(stored).toEqual(['part account a1: , missing account a1'])
  })

  it('is not saved where a main number replaces the list', async () => {
    vida = { numbers: { a1: new VidaFailure('not_offered', 404) }, mainNumbers: { a1: '+12145550101' } }
    await ctx.findings.note('identity', 'numbers_offered', false, Date.now())
    expect((await part()).map(({ type }) => type)).toContain('numbers')
    expect(stored).toEqual([])
  })

  it('is shared by every request for it while it is read, and by no request for another', async () => {
    const gate = Promise.withResolvers<void>()
    const asked: string[] = []
    vida = { ...small, wait: async (call: string) => asked.push(call) && gate.promise }
    const both = [part(), part()]
    const other = events(streamScan(ctx, session, { kind: 'organization', organization: organizationOfPart }, live()))
    gate.resolve()
    const [one, two] = await Promise.all(both)
    expect(one).toEqual(two)
    expect((await other).at(-1)).toMatchObject({ complete: true, accountsFound: 2 })
    // Once for those two, and once for the organization.
    expect(asked.filter((call) => call === 'numbers a1')).toHaveLength(2)
  })

  it('is read anew for a request after an account was read', async () => {
    const open = hold(/^numbers/)
    const early = part()
    await vi.waitFor(() => expect(calls).toContain('numbers a1'), { interval: 1 })
    await rereadEmpty('a1', '+12145550101')
    vida = { numbers: { a1: [] } }
    expect((await part()).at(-1)).toMatchObject({ complete: true, numbers: 0 })
    open()
    expect((await early).at(-1)).toMatchObject({ complete: true, numbers: 1 })
  })

  it('is never joined by a reader of the whole list', async () => {
    const open = hold(/./)
    const reading = part()
    vida = small
    expect((await events(whole())).at(-1)).toMatchObject({ accountsFound: 2, complete: true })
    open()
    await reading
  })

  it('does not bring back a number that was returned while it was read', async () => {
    const open = hold(/^numbers a2/)
    const reading = events(streamScan(ctx, session, { kind: 'organization', organization: organizationOfPart }, live()))
    await vi.waitFor(() => expect(accountsInRunningScans(ctx, 'identity', '+12145550101').accounts).toHaveLength(1), {
      interval: 1,
    })
    await rereadEmpty('a1', '+12145550101')
    expect(accountsInRunningScans(ctx, 'identity', '+12145550101').accounts).toEqual([])
    open()
    await reading
    expect(stored).toEqual(['patched a1', 'part organization o1: a1,a2'])
  })
})
