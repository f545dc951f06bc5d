import { expect, it, vi } from 'vitest'
import { testContext } from '@/lib/server/context/testing/context'
import { fakeClient } from '@/lib/server/scan/testing/fake-vida'
import { sessionAt } from '@/lib/server/session/testing/sessions'
import { VidaFailure } from '@/lib/server/vida/failure'
import { sendJson, serve, type TestServer, testClient } from '@/lib/server/vida/testing/server'
import { readAccountUse } from './read-use'

const session = sessionAt('http://127.0.0.1:1')
const { signal } = new AbortController()

const HOUR = 3_600_000
const call = () => ({
  ...{ type: 'call', direction: 'inbound', toNumber: '+12145551234', fromNumber: '+15125559876' },
  timestamp: (Date.now() - HOUR) / 1000,
})
const log = () => ({ timestamp: new Date(Date.now() - HOUR).toISOString(), account_id: '7', eventType: 'x' })
const logs = (entries: object[]) => ({ success: true, logs: entries, pagination: { hasMore: false } })

interface Said {
  messages: [status: number, body: unknown]
  logs: [status: number, body: unknown]
  account?: [status: number, body: unknown]
}

function vidaThat(says: Said) {
  return serve(({ url }, response) => {
    const [status, body] = url.pathname.endsWith('/logs')
      ? says.logs
      : url.pathname.endsWith('/account')
        ? (says.account ?? [200, { id: '70001' }])
        : says.messages
    sendJson(response, status, body)
  })
}

function contextFor(vida: TestServer, held: string[] | null = ['+12145551234']) {
  const client = testClient(vida.baseUrl)
  return testContext({
    vida: () => client,
    snapshots: { numbersOf: async () => held },
    sessions: { endAll: async () => {} },
    ledger: { cancelUnsent: async () => {} },
  })
}

const asked = ({ seen }: TestServer) => seen.map(({ url }) => url.pathname.replace('/api/v2/', ''))

it('messages that name a number of the agent are enough', async () => {
  await using vida = await vidaThat({ messages: [200, [call()]], logs: [200, logs([log()])] })
  const use = await readAccountUse(contextFor(vida), session, '7', signal)
  expect(use).toMatchObject({ accountId: '7', numbers: { '+12145551234': { lastKind: 'call' } } })
  expect(asked(vida)).toEqual(['messages/recent'])
})

it('logs are asked where messages are empty, foreign, refused or in an unknown shape', async () => {
  const foreign = { ...call(), toNumber: '+13125550100' }
  const answers = [
    [200, []],
    [200, [foreign]],
    [403, {}],
    [200, { success: false }],
    [200, 'ok'],
    [404, {}],
  ] as const
  for (const [status, body] of answers) {
    await using vida = await vidaThat({ messages: [status, body], logs: [200, logs([log()])] })
    const use = await readAccountUse(contextFor(vida), session, '7', signal)
    expect(use).toMatchObject({ account: { lastKind: null, calls30: null }, numbers: {} })
    expect(use.account?.lastUsedAt).not.toBeNull()
  }
})

it('what is not offered is not asked for again, and is no failure', async () => {
  const message = 'Conversation logs service not available'
  for (const refusal of [
    [404, {}],
    [503, { success: false, message }],
  ] as [number, object][]) {
    await using vida = await vidaThat({ messages: [404, {}], logs: refusal })
    const ctx = contextFor(vida)
    for (const _ of [1, 2]) {
      const use = await readAccountUse(ctx, session, '7', signal)
      expect(use).toMatchObject({ coveredSince: null, account: null, numbers: {} })
    }
    expect(new Set(asked(vida))).toEqual(new Set(['messages/recent', 'logs']))
    expect(asked(vida).filter((path) => path === 'messages/recent')).toHaveLength(1)
    expect(await ctx.findings.find(session.identity, 'messages_offered')).toBe(false)
    expect(await ctx.findings.find(session.identity, 'logs_offered')).toBe(false)
  }
})

it('a 404 to one account is its own once messages were read', async () => {
  const says: Said = { messages: [200, []], logs: [200, logs([])] }
  await using vida = await vidaThat(says)
  const ctx = contextFor(vida)
  await readAccountUse(ctx, session, '7', signal)
  says.messages = [404, {}]
  await readAccountUse(ctx, session, '8', signal)
  expect(await ctx.findings.find(session.identity, 'messages_offered')).toBe(true)
})

it('a 404 to one account that comes after the answer to another, asked at once, is its own, too', async () => {
  const says: Said = { messages: [404, {}], logs: [200, logs([])] }
  await using vida = await vidaThat(says)
  const ctx = contextFor(vida)
  const { find } = ctx.findings
  let isFirst = true
  vi.spyOn(ctx.findings, 'find').mockImplementation(async (identity, fact) => {
    const found = await find.call(ctx.findings, identity, fact)
    // Another account is answered after this one looked whether messages are offered.
    if (fact === 'messages_offered' && isFirst) await ctx.findings.note(identity, fact, true, ctx.clock.now())
    isFirst = false
    return found
  })
  await readAccountUse(ctx, session, '8', signal)
  expect(await ctx.findings.find(session.identity, 'messages_offered')).toBe(true)
})

it('an account whose numbers were never read has no use of its own', async () => {
  await using vida = await vidaThat({ messages: [200, [call()]], logs: [404, {}] })
  const use = await readAccountUse(contextFor(vida, null), session, '7', signal)
  expect(use).toMatchObject({ account: null, numbers: { '+12145551234': { lastKind: 'call' } } })
})

it('a Vida that fails says nothing about itself: it can be asked again', async () => {
  await using vida = await vidaThat({ messages: [500, {}], logs: [200, logs([log()])] })
  const ctx = contextFor(vida)
  await expect(readAccountUse(ctx, session, '7', signal)).rejects.toMatchObject({ code: 'read_failed' })
  expect(await ctx.findings.find(session.identity, 'messages_offered')).toBeNull()
})

it('a 401 ends the session only if the token is refused everywhere', async () => {
  const says: Said = { messages: [401, {}], logs: [404, {}] }
  await using vida = await vidaThat(says)
  expect(await readAccountUse(contextFor(vida), session, '7', signal)).toMatchObject({ account: null })
  says.account = [401, {}]
  const refused = readAccountUse(contextFor(vida), session, '7', signal)
  await expect(refused).rejects.toMatchObject({ code: 'signed_out' })
})

it('a person waits a few seconds at most, a scan as long as for other reads', async () => {
  const asked: unknown[] = []
  const ctx = testContext({
    vida: () => ({
      ...fakeClient({}).client,
      messages: async (_id, _held, options) => {
        asked.push(options)
        throw new VidaFailure('not_offered', 404)
      },
      logs: async (_id, _now, options) => {
        asked.push(options)
        throw new VidaFailure('read_timed_out')
      },
    }),
    snapshots: { numbersOf: async () => null },
  })
  await expect(readAccountUse(ctx, session, '7', signal)).rejects.toMatchObject({ code: 'read_timed_out' })
  expect(asked).toMatchObject([{ totalMs: 4_000 }, { totalMs: 4_000 }])
  await expect(readAccountUse(ctx, session, '7', signal, 'scan')).rejects.toThrow()
  expect(asked.at(-1)).toEqual({ signal, priority: 'scan' })
})
