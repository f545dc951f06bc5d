import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { UseEvent } from '@/lib/domain/use/events'
import type { AccountUse } from '@/lib/domain/use/use'
import { testContext } from '@/lib/server/context/testing/context'
import { Problem } from '@/lib/server/http/problem'
import { sessionAt } from '@/lib/server/session/testing/sessions'
import { accountUse } from '@/lib/server/snapshots/testing/uses'
import type { Uses } from '@/lib/server/snapshots/uses'
import { VidaFailure } from '@/lib/server/vida/failure'
import { streamUses } from './find-unused'

const session = sessionAt('https://api.vida.dev')

const put = vi.fn<Uses['put']>()
const hasOtherRoot = vi.fn(async () => false)
/** What each account's reading does; tests change it. */
let readOf: (accountId: string, signal: AbortSignal) => Promise<AccountUse>

beforeEach(() => {
  readOf = async (id) => accountUse(id)
  put.mockReset().mockResolvedValue()
  hasOtherRoot.mockReset().mockResolvedValue(false)
})
afterEach(() => void vi.useRealTimers())

function opened() {
  return testContext({
    sessions: { find: async () => session, hasOtherRoot },
    uses: { put },
    // All are known without a listing.
    snapshots: { knownOf: async (_, ids) => [...ids] },
  })
}

function start(ids: readonly string[], { ctx = opened(), signal = new AbortController().signal } = {}) {
  return streamUses(
    ctx,
    session,
    async () => ids,
    signal,
    (_ctx, _session, id, stop) => readOf(id, stop),
  )
}

async function eventsOf(stream: ReadableStream<Uint8Array>): Promise<UseEvent[]> {
  const text = await new Response(stream).text()
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

const ids = (count: number) => Array.from({ length: count }, (_, index) => String(100_001 + index))
const stored = () => {
  const all = put.mock.calls.flatMap(([, uses]) => uses)
  for (const use of all) expect(use).toEqual(accountUse(use.accountId))
  return all.map(({ accountId }) => accountId).sort()
}
const usesIn = (events: readonly UseEvent[]) =>
  events.flatMap((event) => (event.type === 'use' ? [event.accountId] : []))

/** For readings that end with their signal alone. */
const untilStopped = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))

describe('finding unused numbers', () => {
  it('reads each account once, tells how far it is, stores all, and ends with done', async () => {
    const asked: string[] = []
    readOf = async (id) => {
      asked.push(id)
      return accountUse(id)
    }
    const wanted = ids(40)
    const events = await eventsOf(await start([...wanted, ...wanted.slice(0, 5)]))
    expect(events[0]).toEqual({ type: 'progress', accountsAsked: 0, accounts: 40 })
    expect(events.slice(-2)).toEqual([
      { type: 'progress', accountsAsked: 40, accounts: 40 },
      { type: 'done', complete: true },
    ])
    expect(events.find((event) => event.type === 'use')).toEqual({ type: 'use', ...accountUse('100001') })
    for (const list of [asked, usesIn(events), stored()]) expect(list.toSorted()).toEqual(wanted)
  })

  it('reads twice as many at once as Vida may be asked at once, and no more while nobody takes a line', async () => {
    let begun = 0
    readOf = async (id) => {
      begun += 1
      return accountUse(id)
    }
    const ctx = opened()
    const reader = (await start(ids(100), { ctx })).getReader()
    await vi.waitFor(() => expect(begun).toBe(2 * ctx.settings.vidaConcurrency))
    await new Promise(setImmediate)
    expect(begun).toBe(2 * ctx.settings.vidaConcurrency)
    await reader.cancel()
  })

  it('tells of an account that Vida did not answer for, and goes on with the others', async () => {
    readOf = async (id) => {
      if (id === '100002') throw new VidaFailure('read_failed', 500, 'Try later')
      if (id === '100003') throw new TypeError('a fault of ours')
      return accountUse(id)
    }
    const events = await eventsOf(await start(ids(4)))
    const problems = events.filter((event) => event.type === 'problem')
    expect(problems).toEqual([
      {
        type: 'problem',
        accountId: '100002',
        code: 'read_failed',
        detail: 'Vida failed three times. Vida said: “Try later”',
      },
      { type: 'problem', accountId: '100003', code: 'internal', detail: expect.stringMatching(/./) },
    ])
    expect(usesIn(events)).toEqual(['100001', '100004'])
    expect(stored()).toEqual(['100001', '100004'])
    expect(events.at(-1)).toEqual({ type: 'done', complete: false })
  })

  it('asks nothing more once Vida refused the token, and says so last', async () => {
    readOf = (id, signal) => {
      if (id === '100001') return Promise.reject(new Problem('signed_out'))
      return untilStopped(signal)
    }
    const events = await eventsOf(await start(ids(40)))
    expect(events.slice(-2)).toEqual([
      { type: 'problem', accountId: null, code: 'signed_out', detail: expect.stringMatching(/Sign in again/) },
      { type: 'done', complete: false },
    ])
    expect(usesIn(events)).toEqual([])
  })

  it('stops what is under way when its reader leaves, and keeps what came before', async () => {
    const stopped: string[] = []
    readOf = async (id, signal) => {
      if (id === '100001') return accountUse(id)
      return untilStopped(signal).catch((reason) => {
        stopped.push(id)
        throw reason
      })
    }
    const leave = new AbortController()
    const ctx = opened()
    const reader = (await start(ids(40), { ctx, signal: leave.signal })).getReader()
    await vi.waitFor(() => expect(stored()).toEqual(['100001']))
    await reader.read()
    leave.abort()
    await vi.waitFor(() => expect(stopped.length).toBeGreaterThan(0))
    // The next one may begin.
    readOf = async (id) => accountUse(id)
    await vi.waitFor(async () => expect((await eventsOf(await start(ids(1), { ctx }))).at(-1)?.type).toBe('done'))
  })

  it('is two at a time for a person, counted before its body is read', async () => {
    const ctx = opened()
    readOf = (_, signal) => untilStopped(signal)
    const streams = [await start(ids(1), { ctx }), await start(ids(1), { ctx })]
    const body = vi.fn(async () => ids(1))
    const third = streamUses(ctx, session, body, new AbortController().signal, (_, __, id, stop) => readOf(id, stop))
    await expect(third).rejects.toMatchObject({ code: 'too_many_requests' })
    expect(body).not.toHaveBeenCalled()
    for (const stream of streams) await stream.cancel()
  })

  it('ends with a problem when the app is stopped, and when it took half an hour', async () => {
    readOf = (_, signal) => untilStopped(signal)
    const ctx = opened()
    const stopping = eventsOf(await start(ids(3), { ctx }))
    await ctx.shutdown.stopAll(1_000)
    expect((await stopping).slice(-2)).toMatchObject([{ code: 'stopping', accountId: null }, { complete: false }])
    vi.useFakeTimers()
    const long = eventsOf(await start(ids(3)))
    await vi.advanceTimersByTimeAsync(30 * 60_000)
    expect((await long).slice(-2)).toMatchObject([{ code: 'use_too_long', accountId: null }, { complete: false }])
  })

  it('stores nothing of a root that is another one now, and shows it nevertheless where storing fails', async () => {
    hasOtherRoot.mockResolvedValue(true)
    expect(usesIn(await eventsOf(await start(ids(2))))).toHaveLength(2)
    expect(put).not.toHaveBeenCalled()
    hasOtherRoot.mockResolvedValue(false)
    put.mockRejectedValue(new Error('no database'))
    expect((await eventsOf(await start(ids(2)))).at(-1)).toEqual({ type: 'done', complete: true })
  })

  it('stores together what came while something was being stored', async () => {
    const first = Promise.withResolvers<void>()
    put.mockImplementationOnce(() => first.promise)
    const events = eventsOf(await start(ids(50)))
    await vi.waitFor(() => expect(put).toHaveBeenCalled())
    readOf = async (id) => accountUse(id)
    first.resolve()
    await events
    expect(stored()).toEqual(ids(50))
    expect(put.mock.calls.length).toBeLessThan(50)
  })
})
