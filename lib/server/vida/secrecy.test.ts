import type { ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import {
  collect,
  returnOver,
  type Seen,
  sendJson,
  serve,
  serveBytes,
  TOKEN,
  testClient,
  unusedUrl,
} from '@/lib/server/vida/testing/server'

const FORMS = [
  TOKEN,
  encodeURIComponent(TOKEN),
  new URLSearchParams({ token: TOKEN }).toString().slice('token='.length),
  Buffer.from(TOKEN).toString('base64'),
  Buffer.from(TOKEN).toString('base64url'),
  // No part of it that a cut could leave, either.
  'canary',
  Buffer.from('canary').toString('base64'),
]

/** Everything that a log, an error page or a serialiser could make of a value. */
function everything(value: unknown): string {
  const texts = [
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    String(value),
    JSON.stringify(value) ?? '',
  ]
  if (value instanceof Error) texts.push(value.message, value.stack ?? '', everything(value.cause))
  return texts.join('\n')
}

function expectNoToken(value: unknown): void {
  const text = everything(value)
  for (const form of FORMS) expect(text).not.toContain(form)
}

/** Calls everything and looks through what was thrown and what was given back. */
async function callAll(baseUrl: string): Promise<void> {
  const client = testClient(baseUrl, { deadlines: { attemptMs: 40, totalMs: 200, returnMs: 40 } })
  const { signal } = new AbortController()
  const results = await Promise.allSettled([
    client.whoAmI(signal),
    client.numbers('7', { signal }),
    client.account('7'),
    client.messages('7', null),
    client.logs('7', Date.now()),
    collect(client.resellers('1', signal)),
    collect(client.organizations('1')),
    collect(client.accounts('1')),
    returnOver(client, '+12145551234'),
  ])
  for (const result of results) expectNoToken(result.status === 'rejected' ? result.reason : result.value)
}

const echo = ({ rawUrl, url }: Seen) => `${rawUrl} ${url.searchParams.get('token')} ${FORMS.slice(0, 5).join(' ')}`
const filler = 'x'.repeat(490)

const FAULTS: [string, (request: Seen, response: ServerResponse) => void][] = [
  [
    'a 401 that quotes the request',
    (request, response) => sendJson(response, 401, { success: false, message: echo(request) }),
  ],
  ['a 500 that quotes it', (request, response) => sendJson(response, 500, { error: { message: echo(request) } })],
  [
    'a 404 that quotes it at the cut',
    (request, response) => sendJson(response, 404, { message: `${filler}${request.url.searchParams.get('token')}` }),
  ],
  [
    'a 429 that quotes it',
    (request, response) => sendJson(response, 429, { message: echo(request) }, { 'retry-after': '0.1' }),
  ],
  ['a 200 that says no', (request, response) => sendJson(response, 200, { success: false, message: echo(request) })],
  ['an HTML page with the URL', (request, response) => response.writeHead(404).end(`<a href="${request.rawUrl}">`)],
  [
    'a redirect to the same URL',
    (request, response) => response.writeHead(307, { location: `http://127.0.0.1:1${request.rawUrl}` }).end(),
  ],
  [
    'names, labels and ids that hold it',
    (request, response) => {
      const token = request.url.searchParams.get('token')
      sendJson(response, 200, {
        id: 7,
        name: token,
        accounts: [{ id: token, name: token }],
        phoneNumbers: [{ number: '+12145551234', label: token }],
      })
    },
  ],
  ['truncated JSON', (request, response) => response.end(`{"message":"${request.rawUrl}`)],
  ['a reset', (_, response) => response.destroy()],
  ['silence', () => {}],
  [
    'a body that stops',
    (request, response) => response.writeHead(200, { 'content-length': 9_999 }).write(request.rawUrl),
  ],
  [
    'a body over the limit',
    (request, response) => response.writeHead(200, { 'content-length': 99_999_999 }).write(request.rawUrl),
  ],
]

describe('the token is in nothing that is thrown or given back', () => {
  it.each(FAULTS)('after %s', async (_, listener) => {
    await using vida = await serve(listener)
    await callAll(vida.baseUrl)
  })

  it('after bytes that are no HTTP, headers that are broken, and TLS that fails', async () => {
    for (const bytes of [
      'nonsense',
      'HTTP/1.1 200 OK\r\nx y z\r\n\r\n',
      'HTTP/1.1 99999 ?\r\n\r\n',
      `HTTP/1.1 200 OK\r\nx: ${filler.repeat(100)}\r\n\r\n`,
    ]) {
      await using vida = await serveBytes({ bytes: (socket) => socket.end(bytes) })
      await callAll(vida.baseUrl)
      await callAll(vida.baseUrl.replace('http:', 'https:'))
    }
  })

  it('when Vida cannot be reached, and when the base URL is none', async () => {
    for (const baseUrl of [await unusedUrl(), 'http://vida.invalid', 'not a url', 'http://127.0.0.1:99999'])
      await callAll(baseUrl)
  })

  it('when a client is inspected', () => {
    expectNoToken(testClient('http://127.0.0.1:1'))
  })
})
