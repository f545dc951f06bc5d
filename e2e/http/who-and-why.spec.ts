import { randomUUID } from 'node:crypto'
import { clientWith } from '../support/api-client.ts'
import { batchThatIs } from '../support/history.ts'
import { expect, test } from '../support/return-test.ts'
import { expectProblem, FRONT_DESK, type RecordBody, type ReturnBody, ReturnsApi } from '../support/returns.ts'
import { startApp } from '../support/servers.ts'
import { dataIn } from '../support/test-app.ts'

const [place, second, third, fourth] = FRONT_DESK
const NAME = 'Ada Lovelace'

interface SessionBody {
  operator: string | null
  code?: string
}

test('the name typed at sign-in is on the session, and on every receipt and batch, with the reason', async ({
  signIn,
  sandbox,
}) => {
  const api = new ReturnsApi(await signIn(undefined, ` ${NAME}\u202e `), sandbox.control)
  expect((await api.client.get<SessionBody>('/api/session')).body.operator).toBe(NAME)
  await api.client.post('/api/numbers/return', { ...place, reason: 'Unused' })
  await api.client.post('/api/numbers/return', { number: second.number, accountId: null, reason: ' Other ' })
  const batch = { returns: [third], reason: 'Number replaced' }
  const { id } = (await api.client.post<{ id: string }>('/api/batches', batch)).body
  const said = { operator: NAME, returnReason: 'Number replaced' }
  expect(await batchThatIs(api.client, id, 'ended')).toMatchObject(said)
  expect(await api.record(place.number)).toMatchObject({ operator: NAME, reason: 'Unused' })
  expect(await api.record(second.number)).toMatchObject({ operator: NAME, reason: 'Other' })
  expect(await api.record(third.number)).toMatchObject({ operator: NAME, reason: 'Number replaced' })

  const nameless = new ReturnsApi(await signIn(), sandbox.control)
  expect((await nameless.client.get<SessionBody>('/api/session')).body.operator).toBeNull()
  await nameless.confirm(fourth)
  expect(await nameless.record(fourth.number)).toMatchObject({ operator: null, reason: null, notes: [] })

  const numbers = async (query: string) =>
    (await nameless.client.get<{ returns: RecordBody[] }>(`/api/returns?${query}`)).body.returns
      .map(({ number }) => number)
      .sort()
  expect(await numbers('operator=Ada%20Lovelace')).toEqual([place, second, third].map(({ number }) => number))
  expect(await numbers('reason=Unused&batches=folded')).toEqual([place.number])
  expect(await numbers('search=lovelace&reason=Other')).toEqual([second.number])
  expect((await nameless.client.get('/api/returns/choices')).body).toEqual({
    operators: [NAME],
    reasons: ['Number replaced', 'Other', 'Unused'],
  })
  const csv = (await nameless.client.get<string>('/api/returns?format=csv&reason=Unused')).body
  expect(csv).toContain(`,${NAME},Unused,`)
  const ofBatch = (await nameless.client.get<string>(`/api/batches/${id}?format=csv`)).body
  expect(ofBatch).toContain(`,${NAME},Number replaced`)
})

test('a repeated request with another reason is no repetition', async ({ api }) => {
  const asked = { ...place, requestId: randomUUID(), reason: 'Unused' }
  const ask = (changes: object) => api.client.post<ReturnBody>('/api/numbers/return', { ...asked, ...changes })
  const first = await ask({})
  expect((await ask({})).body.receiptId).toBe(first.body.receiptId)
  expectProblem(await ask({ reason: 'Other' }), 409, 'request_reused')
  expectProblem(await ask({ reason: null }), 409, 'request_reused')
  const batch = { returns: [second], requestId: randomUUID(), reason: 'Unused', holdSeconds: 60 }
  const { id } = (await api.client.post<{ id: string }>('/api/batches', batch)).body
  expectProblem(await api.client.post('/api/batches', { ...batch, reason: 'Other' }), 409, 'request_reused')
  await api.client.post(`/api/batches/${id}/stop`, {})
  await api.expectOnePost(place.number)
})

test('a name and a reason are bounded', async ({ api, sandbox }) => {
  const signingIn = (operator: unknown) =>
    clientWith(api.client.url, '').post<{ code?: string }>('/api/session', { token: sandbox.tokens.reseller, operator })
  for (const wrong of ['x'.repeat(81), 7, {}]) expectProblem(await signingIn(wrong), 400, 'malformed')
  expect((await signingIn('é'.repeat(80))).status).toBe(200)
  for (const reason of ['x'.repeat(81), 7, []])
    expectProblem(await api.client.post('/api/numbers/return', { ...place, reason }), 400, 'malformed')
  expect(await api.records()).toEqual([])
})

test('notes are added to a receipt by every session of its account, and by nobody else', async ({
  api,
  signIn,
  sandbox,
}) => {
  const { receiptId } = (await api.confirm(place, 'T-17')).body
  const path = `/api/returns/${receiptId}/notes`
  const colleague = await signIn(undefined, NAME)
  expect((await colleague.post<RecordBody>(path, { note: ' Customer called\u200b ' })).body).toMatchObject({
    receiptId,
    note: 'T-17',
    notes: [{ operator: NAME, note: 'Customer called' }],
  })
  await api.client.post(path, { note: 'Closed' })
  const record = await api.record(place.number)
  expect(record.notes.map(({ operator, note }) => [operator, note])).toEqual([
    [NAME, 'Customer called'],
    [null, 'Closed'],
  ])
  const found = await api.client.get<{ returns: RecordBody[] }>('/api/returns?search=customer%20called')
  expect(found.body.returns).toEqual([record])

  const stranger = await signIn(sandbox.tokens.partner)
  expectProblem(await stranger.post(path, { note: 'mine' }), 404, 'no_receipt')
  expectProblem(await api.client.post('/api/returns/R-0/notes', { note: 'x' }), 404, 'no_receipt')
  for (const wrong of [{}, { note: '' }, { note: ' \u200b' }, { note: 'x'.repeat(201) }, { note: 'x', at: '2026' }])
    expectProblem(await api.client.post(path, wrong), 400, 'malformed')
  expect((await api.record(place.number)).notes).toEqual(record.notes)
})

test('the list of reasons belongs to the account', async ({ signIn, sandbox }) => {
  const client = await signIn()
  const reasons = async (who = client) => (await who.get<{ reasons: string[] }>('/api/settings')).body.reasons
  const standard = await reasons()
  expect(standard).toContain('Customer cancelled')
  const set = await client.put('/api/settings/reasons', ['Moved away', ' Ported\u200b out '])
  expect(set.body).toEqual({ reasons: ['Moved away', 'Ported out'] })
  expect(await reasons(await signIn())).toEqual(['Moved away', 'Ported out'])
  expect(await reasons(await signIn(sandbox.tokens.partner))).toEqual(standard)
  for (const wrong of [
    [],
    [''],
    ['Same', 'Same '],
    ['x'.repeat(81)],
    Array.from({ length: 31 }, String),
    [7],
    {},
    'One',
  ])
    expectProblem(await client.put('/api/settings/reasons', wrong), 400, 'malformed')
  expect(await reasons()).toEqual(['Moved away', 'Ported out'])
  expect((await client.put('/api/settings/reasons', null)).body).toEqual({ reasons: standard })
  expect(await reasons()).toEqual(standard)
})

test.describe('REQUIRE_OPERATOR=1 and REQUIRE_REASON=1', () => {
  test.use({ appEnv: { REQUIRE_OPERATOR: '1', REQUIRE_REASON: '1' } })

  test('nobody signs in without a name, and no number is returned without a reason', async ({
    app,
    signIn,
    sandbox,
  }) => {
    const headers = { origin: app.url, 'content-type': 'application/json' }
    for (const operator of [undefined, null, '', ' \u200b ']) {
      const body = JSON.stringify({ token: sandbox.tokens.reseller, operator })
      const refused = await fetch(`${app.url}/api/session`, { method: 'POST', headers, body })
      expect([refused.status, (await refused.json()).code]).toEqual([400, 'operator_required'])
      expect(refused.headers.get('set-cookie')).toBeNull()
    }
    const api = new ReturnsApi(await signIn(undefined, NAME), sandbox.control)
    for (const reason of [undefined, null, '', ' ']) {
      for (const asked of [{ ...place }, { ...place, holdSeconds: 8 }, { number: place.number, accountId: null }])
        expectProblem(await api.client.post('/api/numbers/return', { ...asked, reason }), 400, 'reason_required')
      expectProblem(await api.client.post('/api/batches', { returns: [place], reason }), 400, 'reason_required')
    }
    expect(await api.records()).toEqual([])
    const batch = { returns: [place], reason: 'Unused' }
    const { id } = (await api.client.post<{ id: string }>('/api/batches', batch)).body
    expect(await batchThatIs(api.client, id, 'ended')).toMatchObject({ counts: { returned: 1 } })
    expect((await api.client.post('/api/numbers/return', { ...second, reason: 'Unused' })).body).toMatchObject({
      outcome: 'returned',
    })
  })
})

test.describe('a restart with REQUIRE_OPERATOR=1', () => {
  test.use({ sharedApp: null })

  test('ends the sessions that have no name', async ({ app, signIn, sandbox, dataDir }) => {
    const nameless = await signIn()
    const named = await signIn(undefined, NAME)
    await app.stop()
    const next = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: dataIn(dataDir), REQUIRE_OPERATOR: '1' })
    try {
      expectProblem(await clientWith(next.url, nameless.cookie).get('/api/session'), 401, 'signed_out')
      expect((await clientWith(next.url, named.cookie).get('/api/session')).status).toBe(200)
    } finally {
      await next.stop()
    }
  })
})
