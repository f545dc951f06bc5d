import { join } from 'node:path'
import type { ReturnRecord } from '../../lib/domain/returns/record.ts'
import type { UseEvent } from '../../lib/domain/use/events.ts'
import type { AccountUse } from '../../lib/domain/use/use.ts'
import { type ApiClient, apiClient } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { openStream, seesMore } from '../support/inventory.ts'
import { startApp } from '../support/servers.ts'
import { askUses, openUses } from '../support/use.ts'

const MESSAGES = { path: 'messages/recent' }
const IDS = Array.from({ length: 12 }, (_, index) => String(100_001 + index))

const read = async (client: ApiClient, ids: readonly string[]) => (await openUses(client, ids)).rest()
const usesIn = (events: readonly UseEvent[]) => events.flatMap((event) => (event.type === 'use' ? [event] : []))
const idsIn = (list: readonly AccountUse[]) => list.map(({ accountId }) => accountId).toSorted()
const stored = async (client: ApiClient) => {
  const { status, body } = await client.get<{ accounts: AccountUse[] }>('/api/use')
  expect(status).toBe(200)
  return body.accounts
}

test.describe('with an app that is started again', () => {
  test.use({ sharedApp: null })

  test('each account is read once, and what was read is there for this token alone, also after a restart', async ({
    app,
    signIn,
    sandbox: { control, tokens, url },
    dataDir,
  }) => {
    const client = await signIn()
    const other = await signIn(tokens.otherReseller)
    await client.events()
    expect(await stored(client)).toEqual([])
    await control.addUse('100001', { number: '+12145550101', hoursAgo: 2 })
    await control.clearLog()
    const response = await askUses(client, [...IDS, '100001'])
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/x-ndjson'])
    const lines = (await response.text()).trim().split('\n')
    const events = lines.map((line): UseEvent => JSON.parse(line))
    expect(events[0]).toEqual({ type: 'progress', accountsAsked: 0, accounts: IDS.length })
    expect(events.at(-1)).toEqual({ type: 'done', complete: true })
    expect(idsIn(usesIn(events))).toEqual(IDS)
    const { entries } = await control.log()
    const asked = entries.filter(({ path }) => path.endsWith(MESSAGES.path)).map(({ query }) => query.targetAccountId)
    expect(asked.toSorted()).toEqual(IDS)
    const kept = await stored(client)
    expect(Object.keys(kept[0]?.numbers ?? {}), 'of the first account').toEqual(['+12145550101'])
    expect(kept).toEqual(
      usesIn(events)
        .map(({ type: _, ...use }) => use)
        .toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1)),
    )
    expect(await stored(other)).toEqual([])
    await app.stop()
    const later = await startApp({ VIDA_API_BASE_URL: url, DATA_DIR: join(dataDir, 'data') })
    expect(await stored(await apiClient(later.url, tokens.reseller))).toEqual(kept)
    expect(await stored(await apiClient(later.url, tokens.otherReseller))).toEqual([])
    await later.stop()
  })
})

test('accounts that were never listed are found by one listing', async ({ signIn, sandbox: { control } }) => {
  const client = await signIn()
  await control.clearLog()
  expect(idsIn(usesIn(await read(client, IDS)))).toEqual(IDS)
  const { entries } = await control.log()
  const begun = entries.filter(({ path, query }) => path.endsWith('listOrganizations') && query.page === '0')
  expect(begun.length).toBeLessThanOrEqual(2)
})

test('an account outside the hierarchy is refused before Vida is asked for the use of any', async ({
  signIn,
  sandbox: { control },
}) => {
  const client = await signIn()
  await client.events()
  const answers = [
    { body: { accountIds: ['100001', '200001'] }, status: 403, code: 'foreign_account' },
    { body: { accountIds: ['100001', '../account'] }, status: 400, code: 'invalid_account' },
    { body: { accountIds: [100001] }, status: 400, code: 'invalid_account' },
    { body: { accountIds: [] }, status: 400, code: 'malformed' },
    { body: { accountIds: ['100001'], number: '+12145550101' }, status: 400, code: 'malformed' },
    { body: { accountIds: Array.from({ length: 20_001 }, () => '1') }, status: 400, code: 'malformed' },
    { body: { accountIds: ['1'.repeat(1_500_000)] }, status: 413, code: 'body_too_large' },
  ]
  for (const { body, status, code } of answers) {
    const answer = await client.post<{ code: string }>('/api/use', body)
    expect([answer.status, answer.body.code], code).toEqual([status, code])
  }
  expect((await control.log()).entries.filter(({ path }) => path.endsWith(MESSAGES.path))).toEqual([])
  expect(await stored(client)).toEqual([])
})

test('it stops when its reader leaves: Vida sees no further request, and what came before is stored', async ({
  signIn,
  sandbox: { control },
}) => {
  const client = await signIn()
  await client.events()
  const [first = '', ...others] = IDS
  // An account without messages would be asked for its logs, too, after what waits.
  await control.addUse(first, { number: '+12145550101', hoursAgo: 2 })
  const held = others.slice(0, 8).map((targetAccountId) => ({ ...MESSAGES, targetAccountId }))
  for (const match of held) await control.fault({ match, effect: { waitBeforeWork: true } })
  const stream = await openUses(client, IDS)
  await stream.until(({ type }) => type === 'use')
  for (const match of held) await control.waitFor(match)
  stream.close()
  await control.waitFor({ ...MESSAGES, aborted: true }, held.length, 5_000)
  expect(await seesMore(control, 1_000)).toBe(false)
  await expect.poll(async () => idsIn(await stored(client))).toContain(first)
  await control.clearFaults()
  await expect.poll(async () => (await askUses(client, [first])).status, 'another one may begin').toBe(200)
})

test('two at a time for a token, and they do not take a scan’s place', async ({
  signIn,
  sandbox: { control, tokens },
}) => {
  const client = await signIn()
  const other = await signIn(tokens.otherReseller)
  await client.events()
  const held = await control.fault({
    match: { ...MESSAGES, targetAccountId: '100001' },
    effect: { waitBeforeWork: true },
  })
  const stream = await openUses(client, IDS)
  await control.waitFor({ ...MESSAGES, targetAccountId: '100001' })
  const confirmation = await openUses(client, ['100001'])
  const refused = await client.post<{ code: string }>('/api/use', { accountIds: IDS })
  expect([refused.status, refused.body.code]).toEqual([429, 'too_many_requests'])
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
  const scan = await openStream(client)
  expect((await scan.rest()).at(-1)).toMatchObject({ type: 'done', complete: true })
  expect((await read(other, ['200001'])).at(-1)).toEqual({ type: 'done', complete: true })
  await control.release(held)
  for (const each of [stream, confirmation])
    expect((await each.rest()).at(-1)).toEqual({ type: 'done', complete: true })
})

test('an account that Vida fails for is a problem, and the others go on', async ({ signIn, sandbox: { control } }) => {
  const client = await signIn()
  await client.events()
  const answer = { kind: 'status', status: 500 } as const
  await control.fault({ match: { ...MESSAGES, targetAccountId: '100002' }, effect: { answer } })
  const events = await read(client, IDS)
  expect(events.filter(({ type }) => type === 'problem')).toEqual([
    { type: 'problem', accountId: '100002', code: 'read_failed', detail: expect.stringMatching(/failed three times/) },
  ])
  expect(idsIn(usesIn(events))).toEqual(IDS.filter((id) => id !== '100002'))
  expect(events.at(-1)).toEqual({ type: 'done', complete: false })
})

test('a token that Vida refuses meanwhile ends it, and the session is over when the line says so', async ({
  signIn,
  sandbox: { control },
}) => {
  const client = await signIn()
  await client.events()
  const refused = { answer: { kind: 'status', status: 401 } } as const
  await control.fault({ match: MESSAGES, effect: refused })
  await control.fault({ match: { path: '/api/v2/account' }, effect: refused })
  const stream = await openUses(client, IDS)
  const events = await stream.until(({ type }) => type === 'problem')
  expect((await client.get('/api/session')).status).toBe(401)
  expect(events.at(-1)).toMatchObject({ type: 'problem', accountId: null, code: 'signed_out' })
  expect(await stream.rest()).toEqual([{ type: 'done', complete: false }])
})

test('what was read is in the receipt: when its number was last used', async ({ signIn, sandbox: { control } }) => {
  const client = await signIn()
  await client.events()
  await control.addUse('100001', { number: '+12145550101', hoursAgo: 2, kind: 'text' })
  await read(client, ['100001'])
  const confirm = (number: string, accountId: string) =>
    client.post<{ receiptId: string }>('/api/numbers/return', { number, accountId, note: null })
  const { body } = await confirm('+12145550101', '100001')
  const record = await client.get<ReturnRecord>(`/api/returns/${body.receiptId}`)
  const [use] = await stored(client)
  const lastUsedAt = use?.numbers['+12145550101']?.lastUsedAt
  expect(record.body).toMatchObject({ lastUsedAt, lastKind: 'text', useBasis: 'number' })
  const csv = await (await client.raw('/api/returns?format=csv')).text()
  expect(csv).toContain(`,${lastUsedAt},text,number,`)
})
