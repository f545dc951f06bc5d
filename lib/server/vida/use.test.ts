import { describe, expect, it } from 'vitest'
import { startSandbox } from '@/e2e/vida-sandbox/sandbox'
import { CALLER_PREFIX, TEXT_CANARY } from '@/e2e/vida-sandbox/use-answers'
import { rejection, sendJson, serve, testClient } from '@/lib/server/vida/testing/server'

const HELD = new Set(['+12145551234', '+12145550000'])
const CALLER = '+15125559876'
const AT = 1_795_867_200
const at = (seconds: number) => (AT + seconds) * 1000

const message = (change: object = {}) => ({
  ...{ type: 'call', direction: 'inbound', eventType: 'inbound-call', timestamp: AT },
  ...{ toNumber: '+12145551234', fromNumber: CALLER, message: 'canary', summary: 'canary', fromUser: 'canary' },
  ...change,
})

async function messagesIn(answer: unknown, held: ReadonlySet<string> | null = HELD) {
  await using vida = await serve((_, response) => sendJson(response, 200, answer))
  const found = await testClient(vida.baseUrl).messages('7', held)
  expect(vida.seen[0]?.url.searchParams.get('targetAccountId')).toBe('7')
  return found
}

async function logsIn(answer: unknown) {
  await using vida = await serve((_, response) => sendJson(response, 200, answer))
  const found = await testClient(vida.baseUrl).logs('7', at(0))
  const { token: _token, ...query } = Object.fromEntries(vida.seen[0]?.url.searchParams ?? [])
  expect(query).toEqual({ targetAccountId: '7', start: String(AT - 400 * 86_400), end: String(AT), pageSize: '500' })
  return found
}

describe('messages', () => {
  it.each([
    ['a call that came in', {}, { at: at(0), kind: 'call', number: '+12145551234' }],
    [
      'a text that went out',
      { type: 'sms', direction: 'outbound', fromNumber: '+1 (214) 555-0000', toNumber: CALLER, eventType: null },
      { at: at(0), kind: 'text', number: '+12145550000' },
    ],
    [
      'one whose direction only its event says',
      { direction: null, type: null, eventType: 'outbound-sms', fromNumber: '+12145550000', toNumber: '+12145551234' },
      { at: at(0), kind: 'text', number: '+12145550000' },
    ],
    [
      'one without direction, by the side that the account holds',
      { direction: null, type: 'text', eventType: null, toNumber: CALLER, fromNumber: '+12145550000' },
      { at: at(0), kind: 'text', number: '+12145550000' },
    ],
    ['neither call nor text', { type: 'fax', eventType: null }, { at: at(0), kind: null, number: '+12145551234' }],
    ['a time in ISO 8601', { timestamp: null, date: '2026-11-28T12:00:00.000Z' }, { at: Date.UTC(2026, 10, 28, 12) }],
  ])('%s: time, kind and Vida’s own number are all that is taken', async (_, change, entry) => {
    const { entries, isWithoutGap } = await messagesIn([message(change)])
    expect(entries).toEqual([{ kind: 'call', number: '+12145551234', ...entry }])
    expect(isWithoutGap).toBe(true)
  })

  it('of a foreign number say nothing and leave a gap, and the caller’s number is never the account’s', async () => {
    const foreign = message({ toNumber: '+13125550100', fromNumber: '+12145551234' })
    expect(await messagesIn([foreign])).toMatchObject({ entries: [], foreign: 1 })
    expect(await messagesIn([foreign, message()])).toMatchObject({ entries: [{ at: at(0) }], isWithoutGap: false })
  })

  it.each([
    ['a call without number', message({ toNumber: null })],
    [
      'a call between two numbers of the account without direction',
      message({ direction: null, eventType: null, fromNumber: '+12145550000' }),
    ],
    ['an own entry without time', message({ timestamp: 'soon', date: null })],
  ])('with %s leave a gap', async (_, odd) => {
    const found = await messagesIn([message(), odd])
    expect(found).toMatchObject({ entries: [{ at: at(0) }], isWithoutGap: false })
  })

  it('without a number that are neither call nor text, an e-mail, say, leave none', async () => {
    const mail = message({ type: 'message', source: 'email', eventType: null, toNumber: null, fromNumber: null })
    expect(await messagesIn([message(), mail])).toMatchObject({ entries: [{ at: at(0) }], isWithoutGap: true })
  })

  it('of an account whose numbers are not known speak for their numbers alone', async () => {
    expect(await messagesIn([message()], null)).toMatchObject({
      ...{ entries: [{ number: '+12145551234' }], isOfAccount: false, isWithoutGap: false, foreign: 0 },
    })
  })

  it('are read under another name, too, and an empty list is none', async () => {
    expect(await messagesIn({ success: true, messages: [message()] })).toMatchObject({ entries: [{ at: at(0) }] })
    expect(await messagesIn({ success: true, data: [message()] })).toMatchObject({ entries: [{ at: at(0) }] })
    expect(await messagesIn([])).toMatchObject({ entries: [], foreign: 0 })
  })

  it.each([
    ['ok'],
    [42],
    [{ success: true }],
    [{ success: true, messages: null }],
    [[{ text: 'canary' }]],
    [['canary']],
  ])('of an unknown shape are no list: %j', async (answer) => {
    expect(await rejection(messagesIn(answer))).toMatchObject({ code: 'unknown_shape' })
  })
})

describe('logs', () => {
  const log = (seconds: number, change: object = {}) => ({
    ...{ id: `log_${seconds}`, timestamp: new Date(at(seconds)).toISOString(), account_id: '7', org_id: 'org_456' },
    ...{ eventType: 'message.created', metadata: { convoId: 'c_abc', tokens: 1234, text: 'canary' } },
    ...change,
  })
  const answer = (logs: object[], pagination: object = { hasMore: false }) => ({ success: true, logs, pagination })

  it('say that something happened to the account, and a number only where they state one', async () => {
    const call = log(-5, { eventType: 'inbound-call', metadata: { toNumber: '+12145551234', fromNumber: CALLER } })
    expect(await logsIn(answer([log(0), call]))).toEqual({
      entries: [
        { at: at(0), kind: null, number: null },
        { at: at(-5), kind: 'call', number: '+12145551234' },
      ],
      ...{ isOfAccount: true, isWithoutGap: true, foreign: 0 },
    })
  })

  it('of another account say nothing, and one without an account leaves a gap', async () => {
    const foreign = log(0, { account_id: '8' })
    expect(await logsIn(answer([foreign]))).toMatchObject({ entries: [], foreign: 1 })
    expect(await logsIn(answer([foreign, log(-1, { account_id: 7 })]))).toMatchObject({ isWithoutGap: true })
    const nobodys = log(0, { account_id: null })
    expect(await logsIn(answer([nobodys, log(-1)]))).toMatchObject({ entries: [{ at: at(-1) }], isWithoutGap: false })
  })

  it('of which only a part came count if it begins with the newest', async () => {
    const [newest, oldest] = [log(0), log(-50)]
    for (const paging of [{ hasMore: true }, { totalCount: 5_231 }, {}]) {
      expect(await logsIn(answer([newest, oldest], paging))).toMatchObject({ entries: [{}, {}], isWithoutGap: true })
      expect(await logsIn(answer([oldest, newest], paging))).toMatchObject({ entries: [], isWithoutGap: false })
    }
    expect(await logsIn(answer([oldest, newest]))).toMatchObject({ entries: [{}, {}], isWithoutGap: true })
    expect(await logsIn(answer([oldest, newest], { totalCount: 2 }))).toMatchObject({ entries: [{}, {}] })
  })

  it('that are not available or in an unknown shape are no answer', async () => {
    const message = 'Conversation logs service not available'
    await using vida = await serve((_, response) => sendJson(response, 503, { success: false, message }))
    const failure = await rejection(testClient(vida.baseUrl).logs('7', at(0)))
    expect(failure).toMatchObject({ status: 503, vidaMessage: message })
    expect(await rejection(logsIn({ success: true, logs: {} }))).toMatchObject({ code: 'unknown_shape' })
  })
})

it('nothing that was said, and nobody who called, is in what is read', async () => {
  const sandbox = await startSandbox({ use: 'believable' })
  const client = testClient(sandbox.url, { token: sandbox.tokens.reseller })
  for (const id of ['100001', '100002', '100003']) {
    const held = (await client.numbers(id)).numbers.map(({ number }) => number)
    const read = [await client.messages(id, new Set(held)), await client.messages(id, null)]
    const all = JSON.stringify([...read, await client.logs(id, Date.now())])
    expect(read[0]?.entries.length).toBeGreaterThan(0)
    for (const canary of [TEXT_CANARY, CALLER_PREFIX]) expect(all).not.toContain(canary)
  }
  await sandbox.close()
})
