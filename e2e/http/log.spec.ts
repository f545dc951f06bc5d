import { expect, test } from '../support/fixtures.ts'
import { ask, ownHeaders } from '../support/raw-request.ts'
import { placesIn } from '../support/returns.ts'
import type { AppProcess } from '../support/servers.ts'

test.use({ sharedApp: null })

/** The log's lines from the `from`th on, without what differs each time, once there are `count`. */
async function linesOf({ output }: AppProcess, count: number, from = 0) {
  const all = () => linesIn(output()).slice(from)
  await expect.poll(() => all().length).toBe(count)
  for (const { at, traceId } of all()) {
    expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(traceId).toMatch(/^[\da-f]{32}$/)
  }
  return all().map(({ at, traceId, ms, ...rest }) => rest)
}

function linesIn(output: string) {
  const lines = output.split('\n').filter((line) => line.startsWith('{'))
  return lines.map((line): Record<string, unknown> => JSON.parse(line))
}

test('who signs in and out, what is refused to whom, and why Vida cannot be reached is in the log; what was sent is not', async ({
  app,
  sandbox,
  signIn,
}) => {
  const client = await signIn()
  const { account } = (await client.get<{ account: { id: string } }>('/api/session')).body
  await client.post('/api/numbers/return', { number: 'c4n4ry', accountId: null })
  await client.post('/api/numbers/return', { number: '+12145551234', accountId: 'c4n4ry/../' })
  await client.get('/api/returns?limit=c4n4ry')
  await client.get('/api/returns/R-000000000-000000000000')
  await client.get('/api/inventory')
  await client.signOut()
  await client.get('/api/session')
  const refused = await ask(app.url, '/api/session', {
    method: 'POST',
    headers: ownHeaders(app.url),
    body: JSON.stringify({ token: `${sandbox.tokens.reseller}-c4n4ry` }),
  })
  expect(refused.status).toBe(401)

  const by = { account: account.id, client: null }
  expect(await linesOf(app, 7)).toEqual([
    { level: 'info', event: 'signed_in', role: 'reseller', ...by },
    { level: 'info', event: 'refused', code: 'invalid_number', ...by },
    { level: 'info', event: 'refused', code: 'invalid_account', ...by },
    { level: 'info', event: 'refused', code: 'malformed', ...by },
    { level: 'info', event: 'refused', code: 'no_receipt', ...by },
    { level: 'info', event: 'session_ended', reason: 'signed_out', everywhere: false, ...by },
    { level: 'info', event: 'sign_in_refused', code: 'token_refused', account: null, client: null },
  ])
  expect(app.output()).not.toMatch(/c4n4ry|2145551234/)

  await sandbox.control.setReachable(false)
  const body = JSON.stringify({ token: sandbox.tokens.reseller })
  expect((await ask(app.url, '/api/session', { method: 'POST', headers: ownHeaders(app.url), body })).status).toBe(503)
  expect(await linesOf(app, 1, 7)).toEqual([
    {
      level: 'error',
      event: 'failed',
      code: 'vida_unreachable',
      cause: 'read_unreachable',
      account: null,
      client: null,
    },
  ])
})

test('each step of a scan, a return and a batch is a line with the trace of the request that caused it', async ({
  app,
  sandbox,
  signIn,
}) => {
  const client = await signIn()
  await client.events()
  const [one, two] = await placesIn(sandbox.control, 2)
  if (!one || !two) throw new Error('The sandbox holds no numbers.')
  const { number, accountId } = one
  const { receiptId } = (await client.post<{ receiptId: string }>('/api/numbers/return', { number, accountId })).body
  const { traceId } = (await client.get<{ traceId: string }>(`/api/returns/${receiptId}`)).body
  const batch = { returns: [{ number: two.number, accountId: two.accountId }] }
  const { id } = (await client.post<{ id: string }>('/api/batches', batch)).body
  await expect.poll(async () => (await client.get<{ state: string }>(`/api/batches/${id}`)).body.state).toBe('ended')
  const ofBatch = () => linesIn(app.output()).filter(({ event, state }) => event === 'batch' && state === 'ended')
  await expect.poll(() => ofBatch().length).toBe(1)

  const lines = linesIn(app.output())
  const scans = lines.filter(({ event }) => event === 'scan')
  expect(scans.map(({ scope, outcome }) => [scope, outcome])).toEqual([
    ['root', 'begun'],
    ['root', 'complete'],
  ])
  const steps = lines.filter(({ receipt }) => receipt === receiptId)
  expect(steps.map(({ outcome, how, status }) => [outcome, how, status])).toEqual([
    ['open', 'confirmed', null],
    ['open', 'sending', null],
    ['returned', 'vida_answered', 200],
    ['returned', 'read_after', null],
  ])
  expect(new Set(steps.map((line) => line.traceId))).toEqual(new Set([traceId]))
  const batches = lines.filter((line) => line.event === 'batch' && line.batch === id)
  expect(batches.map(({ state, reason }) => [state, reason])).toEqual([
    ['running', null],
    ['ended', 'finished'],
  ])
  const [begun] = batches
  const returned = lines.filter((line) => line.event === 'return' && line.batch === id)
  expect(new Set(returned.map((line) => line.traceId))).toEqual(new Set([begun?.traceId]))
  expect(app.output()).not.toContain(number)
})

const PARENT = '4bf92f3577b34da6a3ce929d0e0e4736'
const traced = { 'x-forwarded-for': '192.0.2.7', traceparent: `00-${PARENT}-00f067aa0ba902b7-01` }

test.describe('behind no proxy', () => {
  test.use({ sharedApp: 'shared' })

  test('a problem names its trace, which no client chooses', async ({ app }) => {
    const { status, text } = await ask(app.url, '/api/returns', { headers: { ...ownHeaders(app.url), ...traced } })
    expect(status).toBe(401)
    const { traceId } = JSON.parse(text)
    expect(traceId).toMatch(/^[\da-f]{32}$/)
    expect(traceId).not.toBe(PARENT)
  })
})

test.describe('behind a trusted proxy', () => {
  test.use({ appEnv: { TRUSTED_PROXY_HOPS: '1' } })

  test('the trace is the proxy’s, in the problem and in the log', async ({ app }) => {
    const headers = { ...ownHeaders(app.url), ...traced }
    const body = JSON.stringify({ token: 'not\u00a0one' })
    const { text } = await ask(app.url, '/api/session', { method: 'POST', headers, body })
    expect(JSON.parse(text)).toMatchObject({ code: 'token_malformed', traceId: PARENT })
    expect(linesIn(app.output())).toMatchObject([
      { event: 'sign_in_refused', code: 'token_malformed', traceId: PARENT, client: '192.0.2.7' },
    ])
  })
})
