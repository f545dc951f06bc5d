import { clientWith } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { ask, ownHeaders } from '../support/raw-request.ts'
import { agedCookie } from '../support/seal.ts'
import { startApp } from '../support/servers.ts'

const MINUTE = 60_000

const LONG = {
  match: { path: '/api/v2/account' },
  effect: { answer: { kind: 'status', status: 200, body: { id: 7, accountType: 'reseller' } } },
} as const

/** Signs in over `ask` and gives the whole Set-Cookie line. */
async function cookieLine(url: string, token: string, headers: Record<string, string> = {}): Promise<string> {
  const body = JSON.stringify({ token })
  const answer = await ask(url, '/api/session', { method: 'POST', headers: { ...ownHeaders(url), ...headers }, body })
  expect(answer.status, answer.text).toBe(200)
  const lines = answer.headers['set-cookie'] ?? []
  expect(lines).toHaveLength(1)
  return lines[0] ?? ''
}

function attributesOf(line: string): string[] {
  return line
    .split('; ')
    .slice(1)
    .filter((attribute) => !attribute.startsWith('Expires='))
    .sort()
}

test('on loopback the cookie has a plain name and is out of every script’s and other site’s reach', async ({
  app,
  sandbox,
}) => {
  const line = await cookieLine(app.url, sandbox.tokens.reseller)
  expect(line).toMatch(/^numberdesk=Fe26\.2\*/)
  expect(attributesOf(line)).toEqual(['HttpOnly', 'Max-Age=28800', 'Path=/', 'SameSite=lax'])
})

test('a token of 2,500 bytes fits into the cookie, and one more is refused with a sentence and no cookie', async ({
  app,
  sandbox,
}) => {
  await sandbox.control.fault(LONG)
  const line = await cookieLine(app.url, 'x'.repeat(2_500))
  expect(line.length).toBeLessThanOrEqual(4_096)
  const client = clientWith(app.url, line.split(';')[0] ?? '')
  expect((await client.get('/api/session')).status).toBe(200)
  for (const token of ['x'.repeat(2_501), '"'.repeat(2_400)]) {
    const body = JSON.stringify({ token })
    const answer = await ask(app.url, '/api/session', { method: 'POST', headers: ownHeaders(app.url), body })
    expect([answer.status, answer.code]).toEqual([400, 'token_too_long'])
    expect(answer.text).toContain('longer than 2,500 bytes')
    expect(answer.headers['set-cookie']).toBeUndefined()
  }
})

test('tampered, truncated, foreign and empty cookies are signed out, never a failure', async ({ app, signIn }) => {
  const { cookie } = await signIn()
  // What follows the tilde is a version that nobody reads; what is before it is sealed.
  const [name = '', seal = ''] = cookie.split('~')[0]?.split('=') ?? []
  const middle = Math.floor(seal.length / 2)
  const flipped = `${seal.slice(0, middle)}${seal[middle] === 'A' ? 'B' : 'A'}${seal.slice(middle + 1)}`
  const foreign = seal
    .split('*')
    .map((part, index) => (index === 1 ? '1' : part))
    .join('*')
  const bad = [
    '',
    'x',
    seal.slice(0, -1),
    seal.slice(0, middle),
    seal.slice(1),
    `${seal}x`,
    flipped,
    foreign,
    seal.toUpperCase(),
    'Fe26.2*1*2*3*4**6*7',
    '%00',
    '%E0%A4%A',
    '{}',
    '"',
    '*'.repeat(3_000),
  ]
  for (const value of bad) {
    const headers = { cookie: `${name}=${value}` }
    const answer = await ask(app.url, '/api/session', { headers })
    expect([answer.status, answer.code], value.slice(0, 40)).toEqual([401, 'signed_out'])
    const page = await ask(app.url, '/numbers', { headers })
    expect([page.status, page.headers.location], value.slice(0, 40)).toEqual([307, '/sign-in'])
    expect((await ask(app.url, '/sign-in', { headers })).status).toBe(200)
    const out = await ask(app.url, '/api/session', { method: 'DELETE', headers: ownHeaders(app.url, headers.cookie) })
    expect(out.status).toBe(204)
  }
  expect((await ask(app.url, '/api/session', { headers: { cookie } })).status, 'the real one lives on').toBe(200)
})

test('a new sign-in replaces the old session whole, and one that fails replaces nothing', async ({
  app,
  sandbox,
  signIn,
}) => {
  const old = await signIn()
  const post = (token: string) => old.post<{ account: { id: string } }>('/api/session', { token })
  expect((await post('nobody-has-this-token')).status).toBe(401)
  expect((await old.get('/api/session')).status).toBe(200)
  const answer = await post(sandbox.tokens.otherReseller)
  expect([answer.status, answer.body.account.id]).toEqual([200, '70002'])
  const fresh = clientWith(app.url, answer.headers.get('set-cookie')?.split(';')[0] ?? '')
  expect((await old.get('/api/session')).status).toBe(401)
  expect((await fresh.get<{ account: { id: string } }>('/api/session')).body.account.id).toBe('70002')
  const numbers = JSON.stringify(await fresh.events())
  expect(numbers).toContain('+13035550101')
  expect(numbers).not.toContain('+1214555')
})

test('“sign out everywhere” ends all sessions of the token’s identity and nobody else’s', async ({
  app,
  sandbox,
  signIn,
}) => {
  const [here, there, other] = [await signIn(), await signIn(), await signIn(sandbox.tokens.otherReseller)]
  const headers = ownHeaders(app.url, here.cookie)
  const answer = await ask(app.url, '/api/session?everywhere=1', { method: 'DELETE', headers })
  expect(answer.status).toBe(204)
  expect(answer.headers['set-cookie']?.[0]).toMatch(/^numberdesk=;.*Max-Age=0/)
  expect((await here.get('/api/session')).status).toBe(401)
  expect((await there.get('/api/session')).status).toBe(401)
  expect((await other.get('/api/session')).status).toBe(200)
})

test('a sign-out counts on every instance, for streams that are open, too', async ({ sandbox, dataDir, signIn }) => {
  const second = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: `${dataDir}/data` })
  try {
    const client = await signIn()
    const elsewhere = clientWith(second.url, client.cookie)
    expect((await elsewhere.get('/api/session')).status).toBe(200)
    await sandbox.control.fault({ match: { path: 'phoneNumbers' }, effect: { answer: { kind: 'hang' } } })
    const stream = elsewhere.events()
    await sandbox.control.waitFor({ path: 'phoneNumbers' })
    await client.signOut()
    expect((await elsewhere.get('/api/session')).status).toBe(401)
    const events = await stream
    expect(events.slice(-2).map(({ type, code, complete }) => [type, code ?? complete])).toEqual([
      ['problem', 'signed_out'],
      ['done', false],
    ])
  } finally {
    await second.stop()
  }
})

test('a session ends when Vida says that its token is worth nothing any more', async ({ sandbox, signIn }) => {
  const [here, there] = [await signIn(), await signIn()]
  await sandbox.control.configure({ revoked: ['reseller'] })
  const events = await here.events()
  expect(events.map(({ code }) => code)).toContain('signed_out')
  expect((await here.get('/api/session')).status).toBe(401)
  expect((await there.get('/api/session')).status).toBe(401)
})

test('a session is bound to the Vida API that it was opened against', async ({ sandbox, dataDir, signIn }) => {
  const client = await signIn()
  await sandbox.control.clearLog()
  const moved = await startApp({ VIDA_API_BASE_URL: `${sandbox.url}/other`, DATA_DIR: `${dataDir}/data` })
  const there = clientWith(moved.url, client.cookie)
  expect((await there.get('/api/session')).status).toBe(401)
  expect((await there.get('/api/numbers')).status).toBe(401)
  await moved.stop()
  expect((await sandbox.control.log()).total).toBe(0)
})

test('a session ends by the times in its seal: idle, and for good, with background polls no activity', async ({
  dataDir,
  signIn,
}) => {
  const { url, cookie } = await signIn()
  const used = async (times: Parameters<typeof agedCookie>[2], headers = {}) => {
    const answer = await clientWith(url, await agedCookie(cookie, dataDir, times)).raw('/api/session', { headers })
    return { status: answer.status, line: answer.headers.get('set-cookie') }
  }
  const background = { 'x-background': '1' }
  expect((await used({ seenAgo: 31 * MINUTE })).status, 'idle').toBe(401)
  expect((await used({ startedAgo: 481 * MINUTE })).status, 'over for good, however busy').toBe(401)
  expect(await used({ seenAgo: 29 * MINUTE }, background), 'a poll').toEqual({ status: 200, line: null })

  const renewed = await used({ startedAgo: 479 * MINUTE, seenAgo: 29 * MINUTE })
  expect(renewed.status, 'used in time').toBe(200)
  const [fresh = '', ...attributes] = renewed.line?.split('; ') ?? []
  // Not a whole idle time: the browser keeps the cookie no longer than the session can last.
  const maxAge = Number(attributes.find((each) => each.startsWith('Max-Age='))?.slice('Max-Age='.length))
  expect(maxAge).toBeGreaterThan(0)
  expect(maxAge).toBeLessThanOrEqual(60)
  expect((await clientWith(url, fresh).raw('/api/session')).status).toBe(200)
  const idleAgain = await agedCookie(fresh, dataDir, { seenAgo: 29 * MINUTE })
  expect((await clientWith(url, idleAgain).raw('/api/session')).status, 'the renewal counts').toBe(200)
  const over = await agedCookie(fresh, dataDir, { startedAgo: 481 * MINUTE })
  expect((await clientWith(url, over).raw('/api/session')).status, 'and does not move the end').toBe(401)
})

test('signing out with a cookie that is idle ends the session for a copy that was kept alive, too', async ({
  app,
  dataDir,
  signIn,
}) => {
  const old = async (cookie: string) => ownHeaders(app.url, await agedCookie(cookie, dataDir, { seenAgo: 31 * MINUTE }))
  const [alone, here, there] = [await signIn(), await signIn(), await signIn()]
  const out = (headers: Record<string, string>, query = '') =>
    ask(app.url, `/api/session${query}`, { method: 'DELETE', headers })
  expect((await out(await old(alone.cookie))).status).toBe(204)
  expect((await alone.get('/api/session')).status).toBe(401)
  expect((await here.get('/api/session')).status, 'nobody else’s').toBe(200)
  expect((await out(await old(here.cookie), '?everywhere=1')).status).toBe(204)
  expect((await here.get('/api/session')).status).toBe(401)
  expect((await there.get('/api/session')).status, 'everywhere').toBe(401)
})

test.describe('behind an https origin', () => {
  test.use({ appEnv: { APP_ORIGIN: 'https://numbers.example.com' } })

  test('the cookie is a __Host- cookie, and one under the plain name is nothing', async ({ app, sandbox }) => {
    const headers = { origin: 'https://numbers.example.com', host: 'numbers.example.com' }
    const line = await cookieLine(app.url, sandbox.tokens.reseller, headers)
    expect(line).toMatch(/^__Host-numberdesk=Fe26\.2\*/)
    expect(attributesOf(line)).toEqual(['HttpOnly', 'Max-Age=28800', 'Path=/', 'SameSite=lax', 'Secure'])
    const cookie = line.split(';')[0] ?? ''
    expect((await ask(app.url, '/api/session', { headers: { cookie } })).status).toBe(200)
    const plain = cookie.replace('__Host-', '')
    expect((await ask(app.url, '/api/session', { headers: { cookie: plain } })).status).toBe(401)
  })
  test('theme and overview are read from __Host- cookies, which no other host or plain connection can set', async ({
    app,
    sandbox,
  }) => {
    const own = { origin: 'https://numbers.example.com', host: 'numbers.example.com' }
    const session = (await cookieLine(app.url, sandbox.tokens.reseller, own)).split(';')[0]
    const chosen = async (words: string) => {
      const { text } = await ask(app.url, '/numbers', { headers: { host: own.host, cookie: `${session}; ${words}` } })
      return [/data-theme="(\w+)"/, /overviewFolded\\?":(\w+)/].map((pattern) => pattern.exec(text)?.[1])
    }
    expect(await chosen('__Host-theme=dark; __Host-overview=folded')).toEqual(['dark', 'true'])
    expect(await chosen('theme=dark; overview=folded')).toEqual(['system', 'false'])
  })
})
