import net from 'node:net'
import { expect, test } from '../support/fixtures.ts'
import { ask, ownHeaders } from '../support/raw-request.ts'

/** Texts that would leave the place of a value if anybody built a URL by hand. */
const CROOKED = [
  '100001&token=stolen',
  '100001?token=stolen',
  '../phoneNumber/return',
  '..%2Faccount',
  '100001#',
  '100001\r\nx-injected: 1',
  '100001\u0000',
  '%00',
  '%0d%0a',
  '100001/../200001',
  '100001;token=x',
  '100 001',
  '１００００１',
  '',
  'x'.repeat(65),
]

test('a body over 16 KB is refused with 413, also one that states no length or never ends', async ({
  app,
  sandbox,
  signIn,
}) => {
  const { cookie } = await signIn()
  await sandbox.control.clearLog()
  const big = 'x'.repeat(17_000)
  for (const path of ['/api/session', '/api/numbers/return', '/api/numbers/parse']) {
    const headers = ownHeaders(app.url, cookie)
    const stated = await ask(app.url, path, { method: 'POST', headers, body: `{"token":"${big}"}` })
    expect([stated.status, stated.code], path).toEqual([413, 'body_too_large'])
    expect(stated.text, path).toContain('larger than 16 KB')
    const pieces = [`{"token":"`, ...Array.from({ length: 20 }, () => 'y'.repeat(1000)), `"}`]
    const chunked = await ask(app.url, path, { method: 'POST', headers, body: pieces })
    expect([chunked.status, chunked.code], `${path}, chunked`).toEqual([413, 'body_too_large'])
  }
  expect(await floodUntilAnswered(app.url, cookie)).toMatch(/^HTTP\/1\.1 413 /)
  expect((await sandbox.control.log()).total).toBe(0)
})

test('a batch and a list may be longer; one that is too long is told its own limit and what to do', async ({
  app,
  signIn,
}) => {
  const { cookie } = await signIn()
  const post = (path: string, body: object) =>
    ask(app.url, path, { method: 'POST', headers: ownHeaders(app.url, cookie), body: JSON.stringify(body) })
  const batch = await post('/api/batches', { returns: [], note: 'x'.repeat(100_000) })
  expect([batch.status, batch.code], batch.text).toEqual([413, 'body_too_large'])
  expect(batch.text).toContain('larger than 94 KB')
  for (const length of [400_001, 1_300_000]) {
    const list = await post('/api/numbers/parse-list', { text: '1'.repeat(length) })
    expect([list.status, list.code], list.text).toEqual([413, 'list_too_long'])
    expect(list.text).toMatch(/longer than 400,000 characters.*Paste it in parts/)
  }
  expect((await post('/api/numbers/parse-list', { text: ' '.repeat(400_000) })).status).toBe(200)
})

/** Sends chunks without end, and gives the answer's head; rejects if more than 20 MB were taken without one. */
function floodUntilAnswered(url: string, cookie: string): Promise<string> {
  const { port, host } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), '127.0.0.1')
    const chunk = `4000\r\n${'z'.repeat(0x4000)}\r\n`
    let sent = 0
    const more = () => {
      while (sent < 20_000_000 && socket.writable) {
        sent += chunk.length
        if (!socket.write(chunk)) return
      }
      if (sent >= 20_000_000) socket.destroy(new Error('the app took 20 MB and said nothing'))
    }
    socket.on('drain', more)
    socket.on('data', (head) => {
      resolve(head.toString())
      socket.destroy()
    })
    socket.on('error', reject)
    const own = { ...ownHeaders(url, cookie), host, 'transfer-encoding': 'chunked' }
    const lines = Object.entries(own).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`POST /api/numbers/return HTTP/1.1\r\n${lines.join('')}\r\n`)
    more()
  })
}

test('JSON that is malformed, deep, or means two things is refused with 400', async ({ app, sandbox, signIn }) => {
  const { cookie } = await signIn()
  await sandbox.control.clearLog()
  const number = '"number":"+12145550101"'
  const bodies = [
    '',
    'null',
    '[]',
    '"text"',
    '{',
    `{${number}`,
    `{${number},}`,
    `{${number}} {}`,
    `{number:"+12145550101"}`,
    `{${number},"number":"+12145550102"}`,
    `{${number},"num\\u0062er":"+12145550102"}`,
    `{${number},"__proto__":{"accountId":"100001"}}`,
    `{${number},"\\u005f_proto__":{}}`,
    `{${number},"constructor":{"prototype":{}}}`,
    `{${number},"accountId":${'['.repeat(50)}${']'.repeat(50)}}`,
    `{${number},"accountId":${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}}`,
    `{${number},"note":{"toString":1}}`,
    `{${number},"more":1}`,
    `{"number":["+12145550101"]}`,
    `{"number":12145550101}`,
    '\u0000',
  ]
  for (const body of bodies) {
    const answer = await ask(app.url, '/api/numbers/return', {
      method: 'POST',
      headers: ownHeaders(app.url, cookie),
      body,
    })
    expect(answer.status, body.slice(0, 80)).toBe(400)
    expect(answer.headers['content-type']).toBe('application/problem+json')
  }
  for (const body of ['{"token":"a","token":"b"}', '{"token":{}}', '{"token":"a","admin":true}', '{"token":""}'])
    expect((await ask(app.url, '/api/session', { method: 'POST', headers: ownHeaders(app.url), body })).status).toBe(
      400,
    )
  expect((await sandbox.control.log()).total).toBe(0)
})

test('a token with spaces, line breaks or letters that no token has is refused without asking Vida', async ({
  app,
  sandbox,
}) => {
  for (const token of [
    'a b',
    'a\nb',
    'a\r\nHost: evil',
    'tok\u0000en',
    'tökën',
    '\u202etoken',
    'to\u200bken',
    '\u200b',
    'x'.repeat(2_501),
  ]) {
    const body = JSON.stringify({ token })
    const answer = await ask(app.url, '/api/session', { method: 'POST', headers: ownHeaders(app.url), body })
    expect(answer.status, JSON.stringify(token).slice(0, 40)).toBe(400)
    expect(answer.code).toBe(token.length > 2_500 ? 'token_too_long' : 'token_malformed')
    expect(answer.headers['set-cookie']).toBeUndefined()
  }
  expect((await sandbox.control.log()).total).toBe(0)
})

test('crooked ids and numbers are refused before any URL is built', async ({ app, sandbox, signIn }) => {
  const client = await signIn()
  await sandbox.control.clearLog()
  for (const id of CROOKED) {
    for (const name of ['accountId', 'organizationId']) {
      const answer = await ask(app.url, `/api/numbers?${new URLSearchParams({ [name]: id })}`, {
        headers: { cookie: client.cookie },
      })
      expect([answer.status, answer.code], `${name}=${id}`).toEqual([400, 'invalid_account'])
    }
    const answer = await client.post<{ code: string }>('/api/numbers/return', { number: '+12145550101', accountId: id })
    expect([answer.status, answer.body.code], id).toEqual([400, 'invalid_account'])
  }
  for (const number of [...CROOKED, '12145550101', '+12145550101&token=x', '+1 214 555 0101', '+']) {
    const answer = await client.post<{ code: string }>('/api/numbers/return', { number, accountId: '100001' })
    expect([answer.status, answer.body.code], number).toEqual([400, 'invalid_number'])
  }
  expect((await sandbox.control.log()).total).toBe(0)
})

test('each call to Vida carries the token once, and ids as values alone', async ({ sandbox, signIn }) => {
  const client = await signIn()
  await sandbox.control.setAccount('100001', { name: 'x&token=stolen#/../' })
  await client.events()
  await client.events('?accountId=100001')
  await client.post('/api/numbers/return', { number: '+12145550101', accountId: '100001' })
  const { entries } = await sandbox.control.log()
  expect(entries.length).toBeGreaterThan(40)
  for (const { method, queryKeys, query, headerNames, path } of entries) {
    expect(queryKeys.filter((key) => key === 'token')).toHaveLength(1)
    if (method === 'POST') expect(queryKeys, path).toEqual(['token'])
    for (const value of Object.values(query)) expect(value).toMatch(/^[\w-]+$/)
    for (const name of headerNames) expect(['authorization', 'cookie', 'referer', 'origin']).not.toContain(name)
  }
})

test('a query that names a thing twice is refused', async ({ app, sandbox, signIn }) => {
  const { cookie } = await signIn()
  await sandbox.control.clearLog()
  for (const path of [
    '/api/numbers?accountId=100001&accountId=200001',
    '/api/numbers?accountId=100001&organizationId=8001',
    '/api/returns?format=csv&format=json',
    '/api/returns?limit=1&limit=2',
  ]) {
    const answer = await ask(app.url, path, { headers: { cookie } })
    expect([answer.status, answer.code], path).toEqual([400, 'malformed'])
  }
  expect((await sandbox.control.log()).total).toBe(0)
})

test('a query or path of nonsense is a refusal, never a failure of the app', async ({ app, signIn }) => {
  const { cookie } = await signIn()
  const nonsense = [
    '%00',
    '%0d%0a',
    '%E0%A4%A',
    "'%20or%201=1--",
    '..%2f..%2f',
    '%ff',
    '%',
    'x'.repeat(3000),
    '%F0%9F%98%80',
  ]
  for (const word of nonsense) {
    for (const path of [
      `/api/returns?cursor=${word}`,
      `/api/returns?search=${word}`,
      `/api/returns?outcome=${word}`,
      `/api/returns?limit=${word}`,
      `/api/returns?from=${word}`,
      `/api/returns?batchId=${word}`,
      `/api/returns?organizationId=${word}`,
      `/api/batches/${word}`,
      `/api/protections?history=1&before=${word}`,
      `/api/${word}`,
      `/customers/${word}`,
      `/customers/${encodeURIComponent(word)}`,
      `/${word}`,
    ]) {
      const answer = await ask(app.url, path, { headers: { cookie } })
      expect(answer.status, path.slice(0, 60)).toBeLessThan(500)
    }
    for (const path of [
      `/api/returns/${word}/check`,
      `/api/returns/${word}/mark`,
      `/api/batches/${word}/stop`,
      `/api/protections/${word}/lift`,
    ]) {
      const answer = await ask(app.url, path, { method: 'POST', headers: ownHeaders(app.url, cookie), body: '{}' })
      expect([400, 404], `${path.slice(0, 60)}: ${answer.status}`).toContain(answer.status)
    }
  }
})
