import { expect, test } from '../support/fixtures.ts'
import { ask, ownHeaders, READS, ROUTES, WRITES } from '../support/raw-request.ts'

const BODY = JSON.stringify({ token: 'sandbox-reseller-northwind-not-a-secret' })

test('a write from anywhere but this app’s own pages is refused, and Vida hears nothing of it', async ({
  app,
  sandbox,
  signIn,
}) => {
  const { cookie } = await signIn()
  await sandbox.control.clearLog()
  const own = ownHeaders(app.url, cookie)
  const { origin: _origin, ...withoutOrigin } = own
  const { port } = new URL(app.url)
  const foreign: [string, Record<string, string>][] = [
    ['no Origin', withoutOrigin],
    ['no Origin, but a Referer of ours', { ...withoutOrigin, referer: `${app.url}/numbers` }],
    ...[
      'null',
      'https://evil.example',
      `http://evil.example:${port}`,
      `https://127.0.0.1:${port}`,
      'http://127.0.0.1:1',
      `${app.url}.evil.example`,
      `${app.url}/`,
    ].map((origin): [string, Record<string, string>] => [`Origin ${origin}`, { ...own, origin }]),
    ...['cross-site', 'same-site', 'none', 'nonsense'].map((site): [string, Record<string, string>] => [
      `Sec-Fetch-Site ${site}`,
      { ...own, 'sec-fetch-site': site },
    ]),
  ]
  for (const [what, headers] of foreign) {
    for (const { path, method } of WRITES) {
      const answer = await ask(app.url, path, { method, headers, body: BODY })
      expect([answer.status, answer.code], `${method} ${path} with ${what}`).toEqual([403, 'foreign_origin'])
    }
  }
  const still = await ask(app.url, '/api/session', { headers: { cookie } })
  expect(still.status, 'the session outlives every attempt to end it').toBe(200)
  expect((await sandbox.control.log()).total).toBe(0)
})

test('a body that is not announced as JSON is refused with 415', async ({ app, sandbox, signIn }) => {
  const { cookie } = await signIn()
  await sandbox.control.clearLog()
  const { 'content-type': _type, ...bare } = ownHeaders(app.url, cookie)
  for (const type of [
    null,
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'text/plain; application/json',
  ]) {
    for (const { path, method } of WRITES) {
      if (type === null && method === 'DELETE') continue
      const headers = type === null ? bare : { ...bare, 'content-type': type }
      const answer = await ask(app.url, path, { method, headers, body: BODY })
      expect([answer.status, answer.code], `${method} ${path} as ${type}`).toEqual([415, 'not_json'])
    }
  }
  expect((await sandbox.control.log()).total).toBe(0)
})

test('a read that the browser reports as another site’s is refused, and no answer invites other origins', async ({
  app,
  sandbox,
  signIn,
}) => {
  const { cookie } = await signIn()
  await sandbox.control.clearLog()
  for (const path of READS) {
    for (const site of ['cross-site', 'same-site']) {
      const headers = { cookie, 'sec-fetch-site': site, origin: 'https://evil.example' }
      const answer = await ask(app.url, path, { headers })
      expect([answer.status, answer.code], `${path} from ${site}`).toEqual([403, 'foreign_origin'])
    }
  }
  const preflight = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
  for (const { path } of ROUTES) {
    const answer = await ask(app.url, path, { method: 'OPTIONS', headers: preflight })
    expect(answer.status, path).toBe(405)
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
  }
  expect((await sandbox.control.log()).total).toBe(0)
})

test('a method that a route does not take is answered with 405, the methods it takes, and nothing else', async ({
  app,
  sandbox,
  signIn,
}) => {
  const { cookie } = await signIn()
  await sandbox.control.clearLog()
  for (const { path, reads, writes } of ROUTES) {
    const takes = [...(reads ? ['GET', 'HEAD'] : []), ...writes]
    const others = ['GET', 'HEAD', 'POST', 'DELETE', 'PUT', 'PATCH'].filter((method) => !takes.includes(method))
    for (const method of others) {
      const answer = await ask(app.url, path, { method, headers: ownHeaders(app.url, cookie) })
      expect(answer.status, `${method} ${path}`).toBe(405)
      expect(answer.headers.allow, `${method} ${path}`).toBe(takes.join(', '))
      if (method !== 'HEAD') expect(answer.code).toBe('method_not_allowed')
    }
  }
  for (const method of ['TRACE', 'PROPFIND', 'QUERY']) {
    expect((await ask(app.url, '/api/session', { method, headers: { cookie } })).status, method).toBe(405)
  }
  for (const path of ['/numbers', '/history', '/customers/8001', '/', '/nothing']) {
    const headers = { ...ownHeaders(app.url, cookie), 'next-action': '7f00' }
    expect((await ask(app.url, path, { method: 'POST', headers, body: '[]' })).status, path).toBe(405)
  }
  const early = await ask(app.url, '/sign-in?next=%2F%2Fevil.example', { method: 'POST', headers: { origin: app.url } })
  expect([early.status, early.headers.location]).toEqual([303, '/sign-in'])
  expect((await sandbox.control.log()).total).toBe(0)
})

test('a foreign Host gets nothing but a refusal, on pages as on the API, whatever forwarded headers say', async ({
  app,
  sandbox,
  signIn,
}) => {
  const { cookie } = await signIn()
  await sandbox.control.clearLog()
  const { host } = new URL(app.url)
  for (const foreign of [
    'evil.example',
    `evil.example:${new URL(app.url).port}`,
    'localhost.evil.example',
    '10.0.0.1',
    '0.0.0.0',
    '127.0.0.1.evil.example',
  ]) {
    const headers = { cookie, host: foreign, 'x-forwarded-host': host, forwarded: `host=${host}` }
    for (const path of [
      '/',
      '/sign-in',
      '/numbers',
      '/api/session',
      '/api/numbers',
      '/api/nothing',
      '/_next/static/x.js',
    ]) {
      const answer = await ask(app.url, path, { headers })
      expect(answer.status, `${path} as ${foreign}`).toBe(421)
      expect(answer.text).not.toContain('Northwind')
    }
    const write = { ...ownHeaders(`http://${foreign}`, cookie), host: foreign }
    expect((await ask(app.url, '/api/session', { method: 'DELETE', headers: write })).status).not.toBe(204)
  }
  expect((await ask(app.url, '/api/health', { headers: { host: '10.1.2.3:3000' } })).status).toBe(200)
  expect(
    (await ask(app.url, '/api/session', { headers: { cookie, host: `localhost:${new URL(app.url).port}` } })).status,
  ).toBe(200)
  expect((await sandbox.control.log()).total).toBe(0)
})

test('forged forwarded headers change nothing', async ({ app, sandbox, signIn }) => {
  const { cookie } = await signIn()
  await sandbox.control.clearLog()
  const forged = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-port': '443',
    forwarded: 'host=evil.example;proto=https',
    'x-real-ip': '127.0.0.1',
    'x-numberdesk-client': '127.0.0.1',
    'x-nonce': 'evil',
    'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
    'x-original-url': '/api/session',
    'x-rewrite-url': '/api/session',
  }
  const write = { ...ownHeaders(app.url, cookie), ...forged, origin: 'https://evil.example' }
  expect((await ask(app.url, '/api/session', { method: 'DELETE', headers: write })).status).toBe(403)
  const page = await ask(app.url, '/numbers?q=1', { headers: forged })
  expect([page.status, page.headers.location]).toEqual([307, '/sign-in?next=%2Fnumbers%3Fq%3D1'])
  for (const path of ['/', '/sign-in/', '//evil.example/x', '/\\evil.example/x', '/x//evil.example/']) {
    const { headers } = await ask(app.url, path, { headers: forged })
    expect(new URL(headers.location ?? '/', app.url).origin, path).toBe(app.url)
    expect(headers['set-cookie'] ?? []).toEqual([])
  }
  const home = await ask(app.url, '/sign-in', { headers: forged })
  expect(home.text).not.toContain('evil')
  expect(home.headers['content-security-policy']).not.toContain('evil')
  expect((await sandbox.control.log()).total).toBe(0)
})

test('request targets that are no path are refused, and upgrades are ordinary requests', async ({ app, sandbox }) => {
  for (const path of ['http://evil.example/api/session', `${app.url}/api/session`, '*', 'evil.example:80']) {
    for (const upgrade of [{}, { connection: 'Upgrade', upgrade: 'websocket' }]) {
      const method = path === '*' ? 'OPTIONS' : 'GET'
      const answer = await ask(app.url, path, { method, headers: { host: new URL(app.url).host, ...upgrade } })
      expect([answer.status, answer.headers.location], path).toEqual([400, undefined])
    }
  }
  const upgraded = await ask(app.url, '/api/session', { headers: { connection: 'Upgrade', upgrade: 'websocket' } })
  expect(upgraded.status).toBe(401)
  expect((await sandbox.control.log()).total).toBe(0)
})

test.describe('behind a proxy', () => {
  test.use({ appEnv: { APP_ORIGIN: 'https://numbers.example.com' } })

  test('its origin alone may write, whether the proxy passes Host on or rewrites it', async ({ app, sandbox }) => {
    const { port } = new URL(app.url)
    const signIn = (headers: Record<string, string>) =>
      ask(app.url, '/api/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ token: sandbox.tokens.reseller }),
      })
    const origin = 'https://numbers.example.com'
    for (const host of [
      'numbers.example.com',
      'NUMBERS.example.com',
      'numbers.example.com:443',
      `127.0.0.1:${port}`,
      'localhost',
    ]) {
      expect((await signIn({ host, origin })).status, host).toBe(200)
    }
    await sandbox.control.clearLog()
    for (const host of ['evil.example', 'numbers.example.com.evil.example', 'numbers.example.com:8443', '10.0.0.1'])
      expect((await signIn({ host, origin, 'x-forwarded-host': 'numbers.example.com' })).status, host).toBe(421)
    for (const wrong of [
      `http://127.0.0.1:${port}`,
      'http://numbers.example.com',
      'https://numbers.example.com:8443',
      'null',
    ])
      expect((await signIn({ host: `127.0.0.1:${port}`, origin: wrong })).status, wrong).toBe(403)
    expect((await sandbox.control.log()).total).toBe(0)
  })
})
