import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { returnOver, sendJson, serve, serveBytes, TOKEN, testClient, unusedUrl } from '@/lib/server/vida/testing/server'
import { Pace } from './pace'

const NUMBER = '+12145551234'
/** For what never answers: long enough for a request to get there. */
const IMPATIENT = { deadlines: { returnMs: 400 } }

describe('the request', () => {
  it('is one POST as the seed documents it, with the token alone in its query', async () => {
    await using vida = await serve((_, response) => sendJson(response, 200, { success: true, message: 'Success' }))
    expect(await returnOver(testClient(vida.baseUrl), NUMBER)).toEqual({
      kind: 'returned',
      status: 200,
      message: 'Success',
      durationMs: expect.any(Number),
    })
    expect(vida.seen).toHaveLength(1)
    expect(vida.seen[0]).toMatchObject({ method: 'POST', body: '{"number":"+12145551234"}' })
    expect(vida.seen[0]?.url.pathname).toBe('/api/v2/phoneNumber/return')
    expect([...(vida.seen[0]?.url.searchParams ?? [])]).toEqual([['token', TOKEN]])
    expect(vida.seen[0]?.headers).toMatchObject({ 'content-type': 'application/json', connection: 'close' })
  })

  it('is not made for what is no E.164 number', async () => {
    await using vida = await serve((_, response) => sendJson(response, 200, { success: true }))
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.constantFrom('2145551234', '+1', '', `${NUMBER}\n`, ` ${NUMBER}`)),
        async (text) => {
          fc.pre(text !== NUMBER)
          await expect(returnOver(testClient(vida.baseUrl), text)).rejects.toThrow(TypeError)
        },
      ),
    )
    expect(vida.seen).toHaveLength(0)
  })

  it('is not made where only GETs may go out, and is known to be not sent', async () => {
    await using vida = await serve((_, response) => sendJson(response, 200, { success: true }))
    const client = testClient(vida.baseUrl, { readOnly: true })
    expect(await returnOver(client, NUMBER)).toMatchObject({ kind: 'not_sent' })
    expect(vida.seen).toHaveLength(0)
  })

  it('does not wait, also while the pace is full or paused', async () => {
    await using vida = await serve((_, response) => sendJson(response, 200, { success: true }))
    const pace = new Pace(1)
    const forever = Promise.withResolvers<void>()
    void pace.run(() => forever.promise, { priority: 'scan' })
    pace.slowDown(30_000)
    expect(await returnOver(testClient(vida.baseUrl, { pace }), NUMBER)).toMatchObject({ kind: 'returned' })
    forever.resolve()
  })

  it('goes out on a fresh connection although kept-alive ones went stale', async () => {
    await using vida = await serve((request, response) => {
      if (request.method === 'POST') return sendJson(response, 200, { success: true })
      sendJson(response, 200, { id: 1 })
      response.on('finish', () => setImmediate(() => response.socket?.resetAndDestroy()))
    })
    const client = testClient(vida.baseUrl)
    await client.whoAmI()
    expect(await returnOver(client, NUMBER)).toMatchObject({ kind: 'returned' })
    expect(vida.seen.filter(({ method }) => method === 'POST')).toHaveLength(1)
    expect(vida.connections()).toBe(2)
  })
})

const ANSWERS: [status: number, body: unknown, reply: object][] = [
  [200, { success: true, message: 'Success' }, { kind: 'returned', message: 'Success' }],
  [200, { success: true }, { kind: 'returned', message: null }],
  [200, { success: false, message: 'In use\u202e\n<b>' }, { kind: 'refused', message: 'In use <b>' }],
  ...[400, 401, 403, 404, 409, 422, 429].flatMap((status): [number, unknown, object][] => [
    [status, { success: false, message: 'No' }, { kind: 'refused', message: 'No' }],
    [status, 'not JSON', { kind: 'refused', message: null }],
    [status, { success: true }, { kind: 'refused' }],
  ]),
  [200, {}, { kind: 'unknown', reason: 'unclear_answer' }],
  [200, { success: 'true' }, { kind: 'unknown', reason: 'unclear_answer' }],
  [200, [{ success: true }], { kind: 'unknown', reason: 'unclear_answer' }],
  [200, null, { kind: 'unknown', reason: 'unclear_answer' }],
  [201, { success: true }, { kind: 'unknown', reason: 'unclear_answer' }],
  [202, { success: true }, { kind: 'unknown', reason: 'unclear_answer' }],
  [204, undefined, { kind: 'unknown', reason: 'unclear_answer' }],
  [402, { success: false }, { kind: 'unknown', reason: 'unclear_answer' }],
  [408, {}, { kind: 'unknown', reason: 'unclear_answer' }],
  ...[500, 502, 503, 504].map((status): [number, unknown, object] => [
    status,
    { success: true, message: 'm' },
    { kind: 'unknown', reason: 'server_error' },
  ]),
]

describe('the answer', () => {
  it.each(ANSWERS)('%i %j is %j, after one request', async (status, value, reply) => {
    await using vida = await serve((_, response) => sendJson(response, status, value))
    expect(await returnOver(testClient(vida.baseUrl), NUMBER)).toMatchObject({ ...reply, status })
    expect(vida.seen).toHaveLength(1)
  })

  it.each(['', '<html>true</html>', '{"success":true', 'true'])('200 %j is unknown', async (text) => {
    await using vida = await serve((_, response) => response.end(text))
    expect(await returnOver(testClient(vida.baseUrl), NUMBER)).toMatchObject({
      kind: 'unknown',
      reason: 'unclear_answer',
      status: 200,
    })
  })

  it.each([301, 302, 303, 307, 308])('%i is unknown and leads nowhere', async (status) => {
    await using elsewhere = await serve((_, response) => sendJson(response, 200, { success: true }))
    await using vida = await serve((_, response) =>
      sendJson(response, status, {}, { location: `${elsewhere.baseUrl}/x` }),
    )
    expect(await returnOver(testClient(vida.baseUrl), NUMBER)).toMatchObject({
      kind: 'unknown',
      reason: 'redirect',
      status,
    })
    expect([vida.seen.length, elsewhere.connections()]).toEqual([1, 0])
  })

  it('429 also slows the reads of that token', async () => {
    await using vida = await serve((_, response) => sendJson(response, 429, {}, { 'retry-after': '1' }))
    const pace = new Pace(8)
    expect(await returnOver(testClient(vida.baseUrl, { pace }), NUMBER)).toMatchObject({
      kind: 'refused',
      status: 429,
    })
    expect(pace.limit).toBe(4)
  })
})

describe('a fault never makes it go out twice', () => {
  it('reset after the request: unknown', async () => {
    await using vida = await serve((_, response) => response.socket?.resetAndDestroy())
    expect(await returnOver(testClient(vida.baseUrl), NUMBER)).toMatchObject({
      kind: 'unknown',
      reason: 'reset',
      status: null,
    })
    expect(vida.seen).toHaveLength(1)
  })

  it('silence, and a body that drips: unknown, timed out', async () => {
    await using silent = await serve(() => {})
    expect(await returnOver(testClient(silent.baseUrl, IMPATIENT), NUMBER)).toMatchObject({
      kind: 'unknown',
      reason: 'timed_out',
      status: null,
    })
    await using drip = await serve((_, response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write(' '), 5)
      response.on('close', () => clearInterval(timer))
    })
    expect(await returnOver(testClient(drip.baseUrl, IMPATIENT), NUMBER)).toMatchObject({
      kind: 'unknown',
      reason: 'timed_out',
      status: 200,
    })
    expect([silent.seen.length, drip.seen.length]).toEqual([1, 1])
  })

  it('an answer that breaks off, is no HTTP, or is too large: unknown', async () => {
    for (const bytes of [
      'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"success":true}',
      'nonsense\r\n\r\n',
      'HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n{',
    ]) {
      let connections = 0
      await using vida = await serveBytes({ connection: () => connections++, bytes: (socket) => socket.end(bytes) })
      expect(await returnOver(testClient(vida.baseUrl), NUMBER)).toMatchObject({
        kind: 'unknown',
        reason: 'unclear_answer',
      })
      expect(connections).toBe(1)
    }
  })

  it('a connection that was taken and dropped before the request: unknown, since some of it may have arrived', async () => {
    await using vida = await serveBytes({ connection: (socket) => socket.destroy() })
    expect(await returnOver(testClient(vida.baseUrl), NUMBER)).toMatchObject({ kind: 'unknown', reason: 'reset' })
  })

  it('refused, unresolvable, TLS that fails or hangs: not sent, and no byte of it left', async () => {
    await using plain = await serveBytes({ bytes: (socket) => socket.end('no TLS here') })
    await using silent = await serveBytes({})
    const tls = [plain, silent].map(({ baseUrl }) => baseUrl.replace('http:', 'https:'))
    for (const baseUrl of [await unusedUrl(), 'http://vida.invalid', ...tls]) {
      expect(await testClient(baseUrl, IMPATIENT).connectForReturn()).toBeNull()
    }
    for (const { received } of [plain, silent]) expect(received()).not.toMatch(/POST|canary|2145551234/)
  })
})
