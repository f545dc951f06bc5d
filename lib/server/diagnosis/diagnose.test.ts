import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SandboxOptions } from '@/e2e/vida-sandbox/options'
import { type Sandbox, startSandbox } from '@/e2e/vida-sandbox/sandbox'
import { type AccountShape, listShapes, numbersShapes } from '@/e2e/vida-sandbox/shapes'
import type { DiagnosisReport, EndpointName } from '@/lib/domain/diagnosis/report'
import { reportText } from '@/lib/domain/diagnosis/wording'
import { sendJson, serve, testClient } from '@/lib/server/vida/testing/server'
import { diagnose } from './diagnose'
import { CANARIES, type CanaryServer, serveCanaries } from './testing/canary'

type Role = keyof Sandbox['tokens']

let sandbox: Sandbox
let proxy: CanaryServer
beforeAll(async () => {
  sandbox = await startSandbox()
})
beforeEach(() => sandbox.control.reset())
afterAll(() => sandbox.close())

const diagnosed = (baseUrl: string, token: string, signal?: AbortSignal) =>
  diagnose((observer) => testClient(baseUrl, { token, observer }), { isProduction: false, signal })

async function diagnosedAs(role: Role, options: SandboxOptions = {}): Promise<DiagnosisReport> {
  await sandbox.control.configure(options)
  return diagnosed(sandbox.url, sandbox.tokens[role])
}

function endpoint({ endpoints }: DiagnosisReport, name: EndpointName) {
  const found = endpoints.find((each) => each.name === name)
  if (!found) throw new Error(`no endpoint ${name}`)
  return found
}

describe('a report shows no value, no name of a customer and no token', () => {
  beforeEach(async () => {
    proxy = await serveCanaries(sandbox.url, sandbox.tokens.partner)
  })
  afterEach(() => proxy[Symbol.asyncDispose]())

  const accountShapes: AccountShape[] = [
    'flat',
    'details',
    'account',
    'success-only',
    'null',
    'other-key',
    'string',
    'number',
  ]
  const cases: [string, SandboxOptions][] = [
    ...listShapes.map((listShape): [string, SandboxOptions] => [`lists as ${listShape}`, { listShape }]),
    ...numbersShapes.map((numbersShape): [string, SandboxOptions] => [`numbers as ${numbersShape}`, { numbersShape }]),
    ...accountShapes.map((accountShape): [string, SandboxOptions] => [`accounts as ${accountShape}`, { accountShape }]),
    ['lists of numbers that are not offered', { numbersOffered: false }],
    ['main numbers as numbers', { mainNumber: 'number', numbersOffered: false }],
    ['pages', { pageSizeCap: 2, numbersPageSize: 2 }],
    ['calls and texts', { use: 'believable' }],
    ['calls and texts of nobody below', { use: 'believable', messages: 'data', ignoresTargetOfUse: true }],
    ['a token that is refused', { revoked: ['partner'] }],
  ]

  it.each(cases)('with %s', async (_, options) => {
    await sandbox.control.configure(options)
    const token = sandbox.tokens.partner
    const report = await diagnosed(proxy.baseUrl, token)
    const { askedAt, ...rest } = report
    for (const shown of [reportText(report), JSON.stringify(rest)]) {
      for (const canary of CANARIES) expect(shown).not.toMatch(canary)
      expect(shown).not.toContain(token)
      expect([...proxy.values].filter((value) => shown.includes(value))).toEqual([])
    }
    expect(Date.parse(askedAt)).not.toBeNaN()
    expect(proxy.seen.length).toBe(report.calls)
    expect(proxy.seen.every(({ method }) => method === 'GET')).toBe(true)
  })
})

it('says ready where everything is understood, and what that means', async () => {
  for (const role of ['partner', 'reseller', 'organization', 'agent'] as const) {
    const report = await diagnosedAs(role)
    expect([role, report.verdict, report.role]).toEqual([role, 'ready', role])
  }
  const report = await diagnosedAs('reseller')
  expect(report.notes).toEqual(['no_rate_limit'])
  expect(endpoint(report, 'caller').notes).toEqual(['role_stated'])
  expect(endpoint(report, 'resellers')).toMatchObject({ asked: 0, understood: 'none' })
  expect(endpoint(report, 'organizations').notes).toEqual(['one_answer', 'inactive_hidden'])
  expect(endpoint(report, 'accounts').answers).toHaveLength(1)
  expect(endpoint(report, 'numbers')).toMatchObject({ understood: 'yes', notes: ['numbers_whole'] })
})

it('says how pages were read', async () => {
  const report = await diagnosedAs('reseller', { pageSizeCap: 2, numbersPageSize: 2 })
  expect(endpoint(report, 'organizations').notes).toContain('pages')
  expect(endpoint(report, 'numbers').notes).toEqual(['numbers_paged'])
  expect(report.notes).toContain('long_list')
})

it('works with limits where numbers are on the accounts alone, and not at all where they are nowhere', async () => {
  const limited = await diagnosedAs('reseller', { numbersOffered: false })
  expect([limited.verdict, endpoint(limited, 'numbers').understood]).toEqual(['limited', 'partly'])
  const without = await diagnosedAs('reseller', { numbersOffered: false, mainNumber: 'absent' })
  expect([without.verdict, endpoint(without, 'numbers').notes]).toEqual([
    'not_understood',
    ['numbers_nowhere', 'not_offered'],
  ])
})

it.each<[string, SandboxOptions, messages: string, logs: string]>([
  ['are told', { use: 'believable' }, 'yes use_told', 'yes use_told'],
  ['are nowhere', {}, 'yes use_empty', 'yes use_empty'],
  ['are of others', { ignoresTargetOfUse: true }, 'yes use_foreign', 'yes use_foreign'],
  ['are not offered', { messages: 'not-offered', logs: 'unavailable' }, 'none use_not_offered', 'none use_not_offered'],
  ['have an unknown shape', { messages: 'null', logs: 'string' }, 'no unknown_shape', 'no unknown_shape'],
])('is as ready where calls and texts %s, and says so', async (_, options, messages, logs) => {
  const report = await diagnosedAs('reseller', options)
  const said = (name: EndpointName) => [endpoint(report, name).understood, ...endpoint(report, name).notes].join(' ')
  expect([report.verdict, said('messages'), said('logs')]).toEqual(['ready', messages, logs])
})

it('works with limits where one account cannot be read', async () => {
  const match = { path: 'phoneNumbers', targetAccountId: '100001' }
  await sandbox.control.fault({ match, effect: { answer: { kind: 'html' } } })
  const report = await diagnosedAs('reseller')
  expect([report.verdict, endpoint(report, 'numbers').understood]).toEqual(['limited', 'partly'])
  expect(endpoint(report, 'numbers').notes).toEqual(['numbers_whole', 'unknown_shape'])
})

it.each([
  [undefined, 'rate_limit'],
  ['0', 'rate_limit_says_when'],
] as const)('tells a rate limit, with Retry-After %s', async (retryAfter, note) => {
  const answer = { kind: 'status', status: 429, ...(retryAfter && { headers: { 'retry-after': retryAfter } }) } as const
  await sandbox.control.fault({ match: { path: 'phoneNumbers' }, times: 2, effect: { answer } })
  const report = await diagnosedAs('reseller')
  expect([report.verdict, report.notes, endpoint(report, 'numbers').understood]).toEqual(['limited', [note], 'yes'])
})

it.each<[SandboxOptions, EndpointName]>([
  [{ accountShape: 'string' }, 'caller'],
  [{ listShape: 'success-only' }, 'organizations'],
  [{ numbersShape: 'other-key' }, 'numbers'],
])('with %j it names the endpoint that is not understood', async (options, name) => {
  const report = await diagnosedAs('reseller', options)
  expect(report.verdict).toBe('not_understood')
  expect(endpoint(report, name)).toMatchObject({ understood: 'no', notes: ['unknown_shape'] })
})

it('says that Vida does not accept the token', async () => {
  const report = await diagnosed(sandbox.url, 'another-token')
  expect([report.verdict, report.calls, endpoint(report, 'caller').notes]).toEqual([
    'not_understood',
    1,
    ['unauthorized'],
  ])
})

it('finds a role that is not stated, as a sign-in does', async () => {
  const report = await diagnosedAs('reseller', { accountShape: 'documented' })
  expect([report.verdict, report.role]).toEqual(['ready', 'reseller'])
  expect(endpoint(report, 'caller').notes).toEqual(['role_found'])
})

it('tells the name of a list that it did not expect, unless that may be a value', async () => {
  const report = await diagnosedAs('reseller', { listShape: 'data-items' })
  expect(endpoint(report, 'accounts')).toMatchObject({ understood: 'yes', listedAs: 'data.items' })
  expect(reportText(report)).toContain('The list came as data.items, which the app did not expect')
  await using vida = await serve(({ url }, response) => {
    const isRoot = url.pathname.endsWith('/account')
    sendJson(response, 200, isRoot ? { id: 7, accountType: 'reseller', resellerId: 7 } : { 'Acme Dental': [{ id: 8 }] })
  })
  const other = await diagnosed(vida.baseUrl, 'some-token-of-nobody')
  expect(endpoint(other, 'organizations').listedAs).toBe('(other name)')
  expect(reportText(other)).not.toContain('Acme')
})

it('says that the role is not stated, and that the list stays empty where no root is', async () => {
  const nothing = { accountType: null, organizationId: null, resellerId: null, partnerId: null }
  const report = await diagnosedAs('unknown', { identity: { unknown: nothing } })
  expect(report.verdict).toBe('limited')
  expect(endpoint(report, 'caller').notes).toEqual(['role_unknown', 'root_unknown'])
})

it('asks 40 times at most, whatever Vida answers', async () => {
  let calls = 0
  await using vida = await serve(({ url }, response) => {
    calls += 1
    if (url.pathname.endsWith('/account'))
      return sendJson(response, 200, { id: 7, accountType: 'reseller', resellerId: 7 })
    const page = Number(url.searchParams.get('page'))
    sendJson(response, 200, { accounts: Array.from({ length: 100 }, (_, index) => ({ id: page * 100 + index + 1 })) })
  })
  const report = await diagnosed(vida.baseUrl, 'some-token-of-nobody')
  expect(calls).toBeLessThanOrEqual(40)
  expect(report.calls).toBe(calls)
})

it('stops when its reader leaves', async () => {
  const leave = new AbortController()
  await using vida = await serve(() => leave.abort())
  await expect(diagnosed(vida.baseUrl, 'some-token-of-nobody', leave.signal)).rejects.toThrow(
    expect.objectContaining({ name: 'AbortError' }),
  )
  expect(vida.seen).toHaveLength(1)
})
