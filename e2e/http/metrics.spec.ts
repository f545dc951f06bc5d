import { expect, test } from '../support/fixtures.ts'
import { ask } from '../support/raw-request.ts'
import { placesIn } from '../support/returns.ts'

const METRICS_TOKEN = 'a-token-of-the-collector'

test.use({ sharedApp: 'returns', appEnv: { METRICS_TOKEN } })

const read = (url: string, authorization: string) =>
  ask(url, '/api/metrics', { headers: { host: '10.0.0.7:3000', authorization } })

test('a collector with the token reads what was done and what is locked, without a number or a token of Vida', async ({
  app,
  sandbox,
  signIn,
}) => {
  const client = await signIn()
  await client.events()
  const [one, two] = await placesIn(sandbox.control, 2)
  await client.post('/api/numbers/return', { number: one?.number, accountId: one?.accountId })
  await client.post('/api/numbers/return', { number: two?.number, accountId: two?.accountId, holdSeconds: 60 })

  const { status, text, headers } = await read(app.url, `Bearer ${METRICS_TOKEN}`)
  expect([status, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
  for (const line of [
    /^numberdesk_vida_request_seconds_count\{method="POST",endpoint="\/api\/v2\/phoneNumber\/return",status="200"\} \d/m,
    /^numberdesk_vida_request_seconds_bucket\{le="30",method="GET",endpoint="\/api\/v2\/phoneNumbers",status="200"\} \d/m,
    /^numberdesk_scan_seconds_count\{scope="root",outcome="complete"\} \d/m,
    /^numberdesk_return_steps_total\{outcome="returned",how="vida_answered"\} \d/m,
    /^numberdesk_locks\{state="held"\} 1$/m,
    /^numberdesk_database_up 1$/m,
    /^nodejs_eventloop_lag_p99_seconds \d/m,
  ])
    expect(text).toMatch(line)
  expect(text).not.toContain(sandbox.tokens.reseller)
  expect(text).not.toContain(one?.number.slice(1) ?? 'none')
})

test('without the token there is nothing at that path', async ({ app }) => {
  for (const authorization of ['', 'Bearer', `Bearer ${METRICS_TOKEN}x`, METRICS_TOKEN]) {
    const { status, code } = await read(app.url, authorization)
    expect([status, code]).toEqual([404, 'not_found'])
  }
})
