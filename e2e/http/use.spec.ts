import type { ApiClient } from '../support/api-client.ts'
import { findToken, ResponseLog, recordEverything } from '../support/canary.ts'
import { expect, test } from '../support/fixtures.ts'
import type { SandboxOptions } from '../vida-sandbox/options.ts'
import { CALLER_PREFIX, TEXT_CANARY } from '../vida-sandbox/use-answers.ts'

interface Use {
  basis: string
  lastUsedAt: string | null
  lastKind: string | null
  calls30: number | null
  texts30: number | null
  coveredSince: string | null
  readAt: string
  code?: string
}

const NUMBER = '+12145550101'
const SECOND = '+12145550102'
const LAST = '+12145550104'
const pathOf = (number = NUMBER, accountId = '100001') =>
  `/api/numbers/use?${new URLSearchParams({ number, accountId })}`
const askUse = async (client: ApiClient, number?: string, accountId?: string) =>
  client.get<Use>(pathOf(number, accountId))
const hoursSince = ({ readAt }: Use, time: string | null) =>
  time && Math.round((Date.parse(readAt) - Date.parse(time)) / 3_600_000)

const NOTHING = { lastUsedAt: null, lastKind: null, calls30: null, texts30: null, coveredSince: null }

test('a number has its own use where messages name it, else that of its agent', async ({ signIn, sandbox }) => {
  const { control } = sandbox
  const client = await signIn()
  await client.events()
  await control.addUse('100001', { number: NUMBER, hoursAgo: 2, times: 14 })
  await control.addUse('100001', { number: SECOND, hoursAgo: 40 * 24, kind: 'text', direction: 'outbound' })
  const own = await askUse(client)
  expect([own.status, own.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
  expect(own.body).toMatchObject({ number: NUMBER, accountId: '100001', basis: 'number', lastKind: 'call' })
  expect(own.body).toMatchObject({ calls30: 14, texts30: 0 })
  const { lastUsedAt, coveredSince } = own.body
  expect([hoursSince(own.body, lastUsedAt), hoursSince(own.body, coveredSince)]).toEqual([2, 40 * 24])
  const quiet = (await askUse(client, SECOND)).body
  expect(quiet).toMatchObject({ basis: 'number', lastKind: 'text', calls30: 0, texts30: 0 })
  expect(hoursSince(quiet, quiet.lastUsedAt)).toBe(40 * 24)
  const agents = (await askUse(client, LAST)).body
  expect(agents).toMatchObject({ basis: 'account', lastUsedAt: lastUsedAt && expect.any(String), calls30: 14 })
})

test('Vida does not say what is empty, foreign, absent, unavailable or in another shape, and that is no error', async ({
  signIn,
  sandbox: { control, tokens },
}) => {
  const cases: SandboxOptions[] = [
    {},
    { ignoresTargetOfUse: true },
    { messages: 'not-offered', logs: 'not-offered' },
    { messages: 'not-offered', logs: 'unavailable' },
    ...(['success-only', 'null', 'other-key', 'string', 'number'] as const).map((shape) => ({
      ...{ messages: shape, logs: shape },
    })),
  ]
  for (const [index, options] of cases.entries()) {
    const client = await signIn(tokens.reseller.replace(/~\d+$/, `~${70_000 + index}`))
    await control.configure({ messages: 'documented', logs: 'documented', ignoresTargetOfUse: false, ...options })
    await client.events()
    for (const _ of ['asked', 'known']) {
      const { status, body } = await askUse(client)
      expect([options, status, body]).toEqual([
        options,
        200,
        { number: NUMBER, accountId: '100001', basis: 'none', ...NOTHING, readAt: expect.any(String) },
      ])
    }
  }
})

test('logs say when the agent was last used, where messages do not', async ({ signIn, sandbox: { control } }) => {
  const client = await signIn()
  await control.configure({ messages: 'not-offered' })
  await control.addUse('100001', { number: NUMBER, hoursAgo: 5 }, { number: NUMBER, hoursAgo: 100 * 24 })
  const { body } = await askUse(client)
  expect(body).toMatchObject({ basis: 'account', lastKind: null, calls30: null, texts30: null })
  expect([hoursSince(body, body.lastUsedAt), hoursSince(body, body.coveredSince)]).toEqual([5, 100 * 24])
  await askUse(client)
  const { entries } = await control.log()
  const asked = entries.filter(({ path }) => /recent|logs/.test(path)).map(({ path }) => path.replace(/.*\//, ''))
  expect(asked, 'what is not offered is asked once').toEqual(['recent', 'logs', 'logs'])
})

test('an account outside the hierarchy, a wrong number and a query that is not understood are refused', async ({
  signIn,
  sandbox: { control },
}) => {
  const client = await signIn()
  const codeOf = async (path: string) => {
    const { status, body } = await client.get<Use>(path)
    return [status, body.code]
  }
  expect(await codeOf(pathOf(NUMBER, '200001'))).toEqual([403, 'foreign_account'])
  expect(await codeOf(pathOf(NUMBER, '../1'))).toEqual([400, 'invalid_account'])
  expect(await codeOf('/api/numbers/use?accountId=100001')).toEqual([400, 'invalid_number'])
  expect(await codeOf(pathOf('2145550101'))).toEqual([400, 'invalid_number'])
  expect(await codeOf(`${pathOf()}&accountId=100002`)).toEqual([400, 'malformed'])
  const signedOut = await fetch(`${client.url}${pathOf()}`)
  expect(signedOut.status).toBe(401)
  const { entries } = await control.log()
  expect(entries.filter(({ path }) => /recent|logs/.test(path))).toEqual([])
})

test('a Vida that is silent or fails is told as such, and is asked again', async ({ signIn, sandbox: { control } }) => {
  const client = await signIn()
  await control.addUse('100001', { number: NUMBER, hoursAgo: 2 })
  const match = { path: 'messages/recent' }
  await control.fault({ match, times: 3, effect: { answer: { kind: 'status', status: 500 } } })
  const failed = await askUse(client)
  expect([failed.status, failed.body.code]).toEqual([503, 'vida_unreachable'])
  const rule = await control.fault({ match, times: 1, effect: { waitBeforeWork: true } })
  const silent = await askUse(client)
  expect([silent.status, silent.body.code], 'without waiting for its answer').toEqual([503, 'vida_unreachable'])
  await control.release(rule)
  expect((await askUse(client)).body).toMatchObject({ basis: 'number' })
})

test('a list that is longer than any is, or too large, says nothing', async ({ signIn, sandbox: { control } }) => {
  const client = await signIn()
  await client.events()
  await control.configure({ logs: 'not-offered' })
  await control.addUse('100001', { number: NUMBER, hoursAgo: 1, times: 21_000 })
  expect((await askUse(client)).body).toMatchObject({ basis: 'none' })
  await control.configure({ messagesCap: 1_000 })
  expect((await askUse(client)).body).toMatchObject({ basis: 'number', calls30: 719 })
})

test('a diagnosis that finds what is listed to be of others decides that Vida is not asked', async ({
  signIn,
  sandbox: { control },
}) => {
  const client = await signIn()
  await control.configure({ ignoresTargetOfUse: true })
  const headers = { origin: client.url, 'content-type': 'application/json' }
  const diagnose = async () => (await client.raw('/api/diagnosis', { method: 'POST', headers, body: '{}' })).text()
  const reads = async () => {
    await control.clearLog()
    const { basis } = (await askUse(client)).body
    return [basis, (await control.log()).entries.filter(({ path }) => /recent|logs/.test(path)).length]
  }
  await client.events()
  expect(await reads()).toEqual(['none', 2])
  await diagnose()
  expect(await reads()).toEqual(['none', 0])
  await control.configure({ ignoresTargetOfUse: false, use: 'believable' })
  await diagnose()
  expect(await reads()).toEqual(['number', 1])
})

test('what was said and who called is in nothing that leaves the server or stays on its disk', async ({
  app,
  signIn,
  sandbox: { control },
  dataDir,
}) => {
  const client = await signIn()
  const responses = new ResponseLog()
  await responses.record('a scan', await client.raw('/api/numbers'))
  await control.configure({ use: 'believable' })
  for (const messages of ['documented', 'data', 'not-offered'] as const) {
    await control.configure({ messages })
    for (const id of ['100001', '100002', '100003'])
      await responses.record(`${messages} ${id}`, await client.raw(pathOf(NUMBER, id)))
  }
  const headers = { origin: client.url, 'content-type': 'application/json' }
  await responses.record('diagnosis', await client.raw('/api/diagnosis', { method: 'POST', headers, body: '{}' }))
  await recordEverything(responses, client, 'afterwards')
  expect([...responses.texts.values()].filter((text) => text.includes('"basis":"number"')).length).toBeGreaterThan(1)
  responses.texts.set('log', app.output())
  for (const canary of [TEXT_CANARY, CALLER_PREFIX]) expect(findToken(canary, responses.texts, [dataDir])).toEqual([])
})
