import { once } from 'node:events'
import type { Socket } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rejection, sendJson, serve, serveBytes, TOKEN, unusedUrl } from '@/lib/server/vida/testing/server'
import { type Call, exchange } from './transport'

const exchanged = async (sent: Call) => {
  const { status, headers, body } = await exchange(sent)
  return { status, headers, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(body) }
}

const call = (baseUrl: string, more: Partial<Call> = {}): Call => ({
  baseUrl,
  readOnly: false,
  method: 'GET',
  path: '/api/v2/account',
  query: {},
  token: TOKEN,
  fresh: false,
  deadlineMs: 2_000,
  ...more,
})

describe('what goes out', () => {
  it('sends values as values, whatever they hold', async () => {
    await using vida = await serve((_, response) => sendJson(response, 200, {}))
    const nasty = fc.constantFrom('&token=x', '../..', '#', '\r\nx: y', '\0', '%00', '?', 'a b+c', '=', '\u{1f600}')
    await fc.assert(
      fc.asyncProperty(fc.oneof(nasty, fc.string({ unit: 'grapheme', maxLength: 40 })), async (id) => {
        vida.seen.length = 0
        await exchange(call(vida.baseUrl, { query: { targetAccountId: id } }))
        const [request] = vida.seen
        expect(request?.url.pathname).toBe('/api/v2/account')
        expect([...(request?.url.searchParams ?? [])]).toEqual([
          ['targetAccountId', id],
          ['token', TOKEN],
        ])
      }),
      { numRuns: 60 },
    )
  })

  it('keeps a path of the base URL and refuses a path that is no constant', async () => {
    await using vida = await serve((_, response) => sendJson(response, 200, {}))
    await exchange(call(`${vida.baseUrl}/vida/`))
    expect(vida.seen[0]?.url.pathname).toBe('/vida/api/v2/account')
    for (const path of ['/api/../x', '/api?x', '/api#x', '/a\r\nb', 'api', '/a%2f']) {
      await expect(exchange(call(vida.baseUrl, { path }))).rejects.toThrow(TypeError)
    }
  })

  it('is nothing but GETs where only those may go out, on a new connection or not', async () => {
    await using vida = await serve((_, response) => sendJson(response, 200, {}))
    const post = { method: 'POST', body: '{}', readOnly: true } as const
    for (const fresh of [true, false])
      expect(await rejection(exchange(call(vida.baseUrl, { ...post, fresh })))).toMatchObject({ kind: 'read_only' })
    await exchange(call(vida.baseUrl, { readOnly: true }))
    expect(vida.seen.map(({ method }) => method)).toEqual(['GET'])
  })

  it('asks for plain JSON, sends a body as JSON with its length, and a write on a connection that closes', async () => {
    await using vida = await serve((_, response) => sendJson(response, 200, {}))
    await exchange(call(vida.baseUrl, { method: 'POST', body: '{"a":"ä"}', fresh: true }))
    const headers = vida.seen[0]?.headers
    expect(headers).toMatchObject({
      accept: 'application/json',
      'accept-encoding': 'identity',
      'content-type': 'application/json',
      'content-length': '10',
      connection: 'close',
      host: new URL(vida.baseUrl).host,
    })
    expect(vida.seen[0]?.body).toBe('{"a":"ä"}')
    expect(JSON.stringify(headers)).not.toContain('canary')
  })

  it('keeps a connection alive for reads and opens its own for a write', async () => {
    await using vida = await serve((_, response) => sendJson(response, 200, {}))
    await exchange(call(vida.baseUrl))
    await exchange(call(vida.baseUrl))
    expect(vida.connections()).toBe(1)
    await exchange(call(vida.baseUrl, { fresh: true }))
    expect(vida.connections()).toBe(2)
  })
})

describe('what comes back', () => {
  it('gives status, Retry-After and body', async () => {
    await using vida = await serve((_, response) =>
      response.writeHead(429, { 'retry-after': '7' }).end('\ufeff{"ü":1}'),
    )
    expect(await exchanged(call(vida.baseUrl))).toEqual({
      status: 429,
      headers: { retryAfter: '7' },
      text: '\ufeff{"ü":1}',
    })
  })

  it('takes a body that ends with the connection', async () => {
    await using vida = await serveBytes({ bytes: (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n{"a":1}') })
    for (const fresh of [true, false]) {
      expect(await exchanged(call(vida.baseUrl, { fresh }))).toMatchObject({ status: 200, text: '{"a":1}' })
    }
  })

  it.each([301, 302, 303, 307, 308])('gives a %i back as a status and follows it nowhere', async (status) => {
    await using elsewhere = await serve((_, response) => sendJson(response, 200, { success: true }))
    await using vida = await serve((request, response) =>
      response.writeHead(status, { location: `${elsewhere.baseUrl}${request.rawUrl}` }).end(),
    )
    for (const fresh of [true, false]) {
      expect((await exchange(call(vida.baseUrl, { method: 'POST', body: '{}', fresh }))).status).toBe(status)
    }
    expect(elsewhere.connections()).toBe(0)
  })
})

describe.each([true, false])('faults (own connection: %s)', (fresh) => {
  it('says not_connected when nothing listens', async () => {
    expect(await rejection(exchange(call(await unusedUrl(), { fresh })))).toMatchObject({
      kind: 'not_connected',
      status: null,
    })
  })

  it('says not_connected when the name does not resolve', async () => {
    const fault = await rejection(exchange(call('http://vida.invalid', { fresh })))
    expect(fault).toMatchObject({ kind: 'not_connected' })
  })

  it('says not_connected when TLS fails, and no byte of the request was sent', async () => {
    await using plain = await serveBytes({ bytes: (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n') })
    const baseUrl = plain.baseUrl.replace('http:', 'https:')
    expect(await rejection(exchange(call(baseUrl, { fresh })))).toMatchObject({ kind: 'not_connected' })
    expect(plain.received()).not.toContain('canary')
  })

  it('says not_connected when a TLS handshake gets no answer in time', async () => {
    await using silent = await serveBytes({})
    const baseUrl = silent.baseUrl.replace('http:', 'https:')
    expect(await rejection(exchange(call(baseUrl, { fresh, deadlineMs: 50 })))).toMatchObject({ kind: 'not_connected' })
    expect(silent.received()).not.toContain('canary')
  })

  it('says reset when the connection ends after the request, or before it', async () => {
    await using after = await serveBytes({ bytes: (socket) => socket.resetAndDestroy() })
    expect(await rejection(exchange(call(after.baseUrl, { fresh })))).toMatchObject({ kind: 'reset', status: null })
    await using politely = await serveBytes({ bytes: (socket) => socket.end() })
    expect(await rejection(exchange(call(politely.baseUrl, { fresh })))).toMatchObject({ kind: 'reset' })
    await using before = await serveBytes({ connection: (socket) => socket.destroy() })
    expect(await rejection(exchange(call(before.baseUrl, { fresh })))).toMatchObject({ kind: 'reset' })
  })

  it.each([
    ['a body shorter than its Content-Length', 'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{"a":'],
    ['a chunked body without its end', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"a":\r\n'],
  ])('says cut_short for %s, with the status that had come', async (_, bytes) => {
    await using vida = await serveBytes({ bytes: (socket) => socket.end(bytes) })
    expect(await rejection(exchange(call(vida.baseUrl, { fresh })))).toMatchObject({ kind: 'cut_short', status: 200 })
  })

  it('says cut_short for an answer that is no HTTP', async () => {
    await using vida = await serveBytes({ bytes: (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n\r\n') })
    expect(await rejection(exchange(call(vida.baseUrl, { fresh })))).toMatchObject({ kind: 'cut_short' })
  })

  it('says timed_out for silence, for a head without a body, and for drips that never end', async () => {
    await using silent = await serveBytes({})
    await using headOnly = await serveBytes({ bytes: (socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n') })
    const drip = (socket: Socket) => {
      const timer = setInterval(() => socket.write('x'), 5)
      socket.on('close', () => clearInterval(timer))
    }
    await using headers = await serveBytes({ connection: drip })
    await using body = await serveBytes({
      connection: (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        drip(socket)
      },
    })
    for (const { baseUrl } of [silent, headOnly]) {
      const fault = await rejection(exchange(call(baseUrl, { fresh, deadlineMs: 60 })))
      expect(fault).toMatchObject({ kind: 'timed_out' })
    }
    for (const { baseUrl } of [headers, body]) {
      const fault = await rejection(exchange(call(baseUrl, { fresh, deadlineMs: 60 })))
      expect(fault).toMatchObject({ name: 'TransportFault' })
    }
  })

  it('ends a body over 10 MB by its announced length, and by counting, and closes the connection', async () => {
    await using announced = await serve((_, response) =>
      response.writeHead(200, { 'content-length': 11 << 20 }).write('x'),
    )
    expect(await rejection(exchange(call(announced.baseUrl, { fresh })))).toMatchObject({
      kind: 'too_large',
      status: 200,
    })
    let closed: Promise<unknown> | undefined
    await using endless = await serve((_, response) => {
      closed = once(response, 'close')
      const chunk = Buffer.alloc(256 * 1024, 'x')
      const pour = () => {
        while (!response.destroyed && response.write(chunk));
      }
      response.on('drain', pour)
      pour()
    })
    expect(await rejection(exchange(call(endless.baseUrl, { fresh })))).toMatchObject({ kind: 'too_large' })
    await closed
  })

  it('stops at once when the signal aborts, and does not start under an aborted one', async () => {
    const controller = new AbortController()
    await using vida = await serveBytes({ bytes: () => controller.abort() })
    const { signal } = controller
    expect(await rejection(exchange(call(vida.baseUrl, { fresh, signal })))).toMatchObject({ kind: 'aborted' })
    const before = vida.received().length
    expect(await rejection(exchange(call(vida.baseUrl, { fresh, signal })))).toMatchObject({ kind: 'aborted' })
    expect(vida.received().length).toBe(before)
  })
})
