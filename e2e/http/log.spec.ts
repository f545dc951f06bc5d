import { expect, test } from '../support/fixtures.ts'
import { ask, ownHeaders } from '../support/raw-request.ts'
import type { AppProcess } from '../support/servers.ts'

test.use({ sharedApp: null })

/** The log's lines from the `from`th on, without their times, once there are `count`. */
async function linesOf({ output }: AppProcess, count: number, from = 0) {
  const all = () =>
    output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line): Record<string, unknown> => JSON.parse(line))
      .slice(from)
  await expect.poll(() => all().length).toBe(count)
  for (const { at } of all()) expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  return all().map(({ at, ...rest }) => rest)
}

test('who signs in and out, and what is refused to whom, is in the log; what was sent is not', async ({
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
    { level: 'info', event: 'signed_in', ...by },
    { level: 'info', event: 'refused', code: 'invalid_number', ...by },
    { level: 'info', event: 'refused', code: 'invalid_account', ...by },
    { level: 'info', event: 'refused', code: 'malformed', ...by },
    { level: 'info', event: 'refused', code: 'no_receipt', ...by },
    { level: 'info', event: 'signed_out', account: account.id, everywhere: false },
    { level: 'info', event: 'refused', code: 'token_refused', account: null, client: null },
  ])
  expect(app.output()).not.toMatch(/c4n4ry|2145551234/)
})

test('a Vida that cannot be reached is in the log with what failed', async ({ app, sandbox, signIn }) => {
  await signIn()
  await sandbox.control.setReachable(false)
  const headers = ownHeaders(app.url)
  const body = JSON.stringify({ token: sandbox.tokens.reseller })
  expect((await ask(app.url, '/api/session', { method: 'POST', headers, body })).status).toBe(503)
  expect(await linesOf(app, 1, 1)).toEqual([
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
