import { once } from 'node:events'
import net, { type Socket } from 'node:net'
import { expect, test } from '../support/fixtures.ts'
import { ask, ownHeaders } from '../support/raw-request.ts'

test.use({ sharedApp: null })

function tryToSignIn(url: string, headers: Record<string, string> = {}, token = 'guess') {
  const body = JSON.stringify({ token })
  return ask(url, '/api/session', { method: 'POST', headers: { ...ownHeaders(url), ...headers }, body })
}

/** A connection that has sent `text`; what it receives is left unread unless somebody reads. */
async function connect(url: string, text: string): Promise<Socket> {
  const socket = net.connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => {})
  await new Promise((resolve) => socket.once('connect', resolve))
  socket.write(text)
  return socket
}

test('sixty wrong tokens meet a 429 that says how long to wait; who is in is not held up, and who is right gets in', async ({
  app,
  sandbox,
  signIn,
}) => {
  const client = await signIn()
  await sandbox.control.clearLog()
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) => tryToSignIn(app.url, { 'x-forwarded-for': `10.0.0.${index}` })),
  )
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThan(9)
  for (const { code, headers } of refused) {
    expect(code).toBe('too_many_tries')
    expect(headers['retry-after']).toMatch(/^[1-9]\d{0,2}$/)
  }
  expect(answers.filter(({ status }) => status !== 429 && status !== 401)).toEqual([])
  expect((await client.get('/api/session')).status).toBe(200)
  expect((await tryToSignIn(app.url, {}, sandbox.tokens.otherReseller)).status).toBe(200)
})

test.describe('behind a proxy that is vouched for', () => {
  test.use({ appEnv: { TRUSTED_PROXY_HOPS: '1' } })

  test('one client’s tries are limited by the address that the proxy saw, and others go on signing in', async ({
    app,
    sandbox,
  }) => {
    const statuses: number[] = []
    for (let index = 0; index < 14; index += 1) {
      statuses.push((await tryToSignIn(app.url, { 'x-forwarded-for': `10.9.9.${index}, 203.0.113.7` })).status)
    }
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401))
    expect(statuses.slice(10)).toEqual(Array.from({ length: 4 }, () => 429))
    expect((await sandbox.control.log()).total, 'Vida is not asked what is refused').toBe(10)
    const elsewhere = { 'x-forwarded-for': '203.0.113.7, 203.0.113.8' }
    expect((await tryToSignIn(app.url, elsewhere, sandbox.tokens.reseller)).status).toBe(200)
  })

  test('malformed tries from eight addresses keep nobody elsewhere out', async ({ app, sandbox }) => {
    const hostile = (index: number) => ({ ...ownHeaders(app.url), 'x-forwarded-for': `10.0.0.${index}` })
    const bodies = ['', '{', '[]', '{"token":""}', '{"token":1}', '{"token":"a b"}', '{"token":"x","y":1}', '\u0000']
    for (let round = 0; round < 12; round += 1) {
      const malformed = bodies.map((body, index) =>
        ask(app.url, '/api/session', { method: 'POST', headers: hostile(index), body }),
      )
      for (const { status } of await Promise.all(malformed)) expect(status).toBe(400)
      const person = await tryToSignIn(app.url, { 'x-forwarded-for': '203.0.113.8' }, sandbox.tokens.reseller)
      expect([round, person.status]).toEqual([round, 200])
    }
  })

  test('wrong tokens from a hundred addresses slow a person elsewhere down and keep nobody out', async ({
    app,
    sandbox,
  }) => {
    const hostile = Array.from({ length: 100 }, (_, index) =>
      tryToSignIn(app.url, { 'x-forwarded-for': `10.0.1.${index}` }),
    )
    const person = await tryToSignIn(app.url, { 'x-forwarded-for': '203.0.113.8' }, sandbox.tokens.reseller)
    expect(person.status, person.text).toBe(200)
    const statuses = (await Promise.all(hostile)).map(({ status }) => status)
    expect(new Set(statuses)).toEqual(new Set([401]))
    const later = await tryToSignIn(app.url, { 'x-forwarded-for': '203.0.113.9' }, sandbox.tokens.otherReseller)
    expect(later.status, later.text).toBe(200)
  })

  test('whoever signs in again and again with a right token is limited alone', async ({ app, sandbox }) => {
    const signIns = Array.from({ length: 90 }, (_, index) =>
      tryToSignIn(app.url, { 'x-forwarded-for': `10.0.2.${index}` }, sandbox.tokens.reseller),
    )
    const others = Array.from({ length: 10 }, () =>
      tryToSignIn(app.url, { 'x-forwarded-for': '203.0.113.8' }, sandbox.tokens.otherReseller),
    )
    const answers = await Promise.all(signIns)
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(29)
    const refused = answers.filter(({ status }) => status !== 200)
    expect(refused.length).toBeGreaterThan(0)
    for (const { status, code, headers } of refused) {
      expect([status, code]).toEqual([429, 'too_many_tries'])
      expect(headers['retry-after']).toMatch(/^[12]$/)
      expect(headers['set-cookie']).toBeUndefined()
    }
    for (const { status } of await Promise.all(others)) expect(status).toBe(200)
  })
})

test.describe('slow clients', () => {
  test.use({ sharedApp: 'shared' })

  test('that drip headers and read a byte a second hold nobody else up', async ({ app, sandbox, signIn }) => {
    await sandbox.control.reset({ size: { organizations: 40, accountsPerOrganization: 25, numbersPerAccount: 6 } })
    const client = await signIn()
    const drips = await Promise.all(Array.from({ length: 40 }, () => connect(app.url, 'GET / HTTP/1.1\r\nX-Drip: ')))
    const dripping = setInterval(() => {
      for (const socket of drips) if (socket.writable) socket.write('x')
    }, 50)
    const { host } = new URL(app.url)
    const slow = await connect(
      app.url,
      `GET /api/numbers HTTP/1.1\r\nHost: ${host}\r\nCookie: ${client.cookie}\r\n\r\n`,
    )
    let taken = 0
    const reading = setInterval(() => {
      taken += slow.read(1) === null ? 0 : 1
    }, 1_000)
    try {
      const scan = client.events()
      for (let index = 0; index < 20; index += 1) expect((await client.get('/api/session')).status).toBe(200)
      const events = await scan
      expect(events.at(-1)).toMatchObject({ type: 'done', complete: true, numbers: 6_000 })
      await expect.poll(() => taken).toBeGreaterThan(0)
      expect(slow.readyState).toBe('open')
    } finally {
      clearInterval(dripping)
      clearInterval(reading)
      for (const socket of [slow, ...drips]) socket.destroy()
    }
  })

  test('that have not sent a whole header after 15 s are told 408 and cut off, however busily they drip', async ({
    app,
  }) => {
    const began = performance.now()
    const silent = await connect(app.url, '')
    const half = await connect(app.url, 'GET /api/health HTTP/1.1\r\nHost: ')
    const drip = await connect(app.url, 'GET /api/health HTTP/1.1\r\nX-Drip: ')
    const dripping = setInterval(() => drip.writable && drip.write('x'), 250)
    try {
      const ends = [silent, half, drip].map(async (socket) => {
        let text = ''
        socket.on('data', (chunk) => (text += chunk))
        await once(socket, 'close')
        return { text, ms: performance.now() - began }
      })
      for (const { text, ms } of await Promise.all(ends)) {
        expect(text).toMatch(/^HTTP\/1\.1 408 /)
        expect(ms).toBeGreaterThan(14_000)
        expect(ms).toBeLessThan(20_000)
      }
      expect((await ask(app.url, '/api/health')).status).toBe(200)
    } finally {
      clearInterval(dripping)
      for (const socket of [silent, half, drip]) socket.destroy()
    }
  })
})

test('asked to end, the app says its last lines and is gone within two seconds, whoever is connected', async ({
  app,
  sandbox,
  signIn,
}) => {
  const client = await signIn()
  const { host } = new URL(app.url)
  await sandbox.control.fault({ match: { path: 'phoneNumbers' }, effect: { answer: { kind: 'hang' } } })
  const stream = client.events()
  await sandbox.control.waitFor({ path: 'phoneNumbers' })
  const idle = await connect(app.url, `GET /api/health HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  await new Promise((resolve) => idle.once('data', resolve))
  const half = await connect(app.url, 'GET /api/health HTTP/1.1\r\nHost: ')
  const deaf = await connect(app.url, `GET /api/numbers HTTP/1.1\r\nHost: ${host}\r\nCookie: ${client.cookie}\r\n\r\n`)
  const began = performance.now()
  const exited = new Promise((resolve) => app.child.once('exit', resolve))
  app.child.kill('SIGTERM')
  const events = await stream
  expect(events.at(-1)).toMatchObject({ type: 'done', complete: false })
  expect(events.map(({ code }) => code)).toContain('scan_stopped')
  expect(await exited).toBe(0)
  expect(performance.now() - began).toBeLessThan(2_500)
  for (const socket of [idle, half, deaf]) socket.destroy()
})

test('a server whose log nobody reads any more answers on, and ends when it is told', async ({ app }) => {
  for (const stream of [app.child.stdout, app.child.stderr]) stream?.destroy()
  // Each is refused, which is logged.
  for (let index = 0; index < 5; index += 1) expect((await fetch(`${app.url}/api/session`)).status).toBe(401)
  expect((await fetch(`${app.url}/api/health`)).status).toBe(200)
  const exited = new Promise((resolve) => app.child.once('exit', resolve))
  app.child.kill('SIGTERM')
  expect(await exited).toBe(0)
})
