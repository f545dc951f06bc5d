import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, test } from 'vitest'
import { readSettings } from '@/lib/server/config/settings'
import { clientAddress, requestGuard } from './request-guard'

describe('the address of a client', () => {
  test.each([
    ['1.1.1.1', 0, null],
    [undefined, 1, null],
    ['', 1, null],
    ['203.0.113.7', 1, '203.0.113.7'],
    ['6.6.6.6, 203.0.113.7', 1, '203.0.113.7'],
    ['6.6.6.6, 203.0.113.7, 10.0.0.1', 2, '203.0.113.7'],
    ['203.0.113.7', 2, null],
    [['6.6.6.6', '203.0.113.7'], 1, '203.0.113.7'],
    ['203.0.113.7:4711', 1, '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', 1, '2001:db8:1:2::/64'],
    ['[2001:DB8:0001:2::1]:4711', 1, '2001:db8:1:2::/64'],
    ['2001:db8::1', 1, '2001:db8:0:0::/64'],
    ['::1', 1, '0:0:0:0::/64'],
    ['fe80::1%eth0', 1, 'fe80:0:0:0::/64'],
    ['::ffff:203.0.113.7', 1, '203.0.113.7'],
    ['x'.repeat(1_000), 1, null],
    ['unknown', 1, null],
    ['203.0.113.7, ', 1, null],
  ])('in %j behind %i proxies is %j', (forwarded, hops, expected) =>
    expect(clientAddress(forwarded, hops)).toBe(expected),
  )
})

/** Sends one request through a requestGuard; what came behind it, and what came back. */
async function pass(env: Record<string, string>, path: string, init: RequestInit = {}) {
  const behind: IncomingHttpHeaders[] = []
  const server = createServer()
  server.on(
    'request',
    requestGuard(readSettings(env), (request, response) => {
      behind.push({ ...request.headers })
      response.end('let in')
    }),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
    redirect: 'manual',
    ...init,
  })
  const text = await answer.text()
  server.close()
  server.closeAllConnections()
  return { behind: behind[0], status: answer.status, headers: answer.headers, text }
}

describe('the requestGuard', () => {
  it('lets a built file load the app’s own scripts, for a worker that begins with it, and nothing else load anything', async () => {
    const policyOf = async (path: string) => (await pass({}, path)).headers.get('content-security-policy') ?? ''
    expect(await policyOf('/_next/static/chunks/worker.js')).toMatch(/^default-src 'none';.*; script-src 'self'$/)
    for (const path of ['/api/numbers', '/numbers', '/_next/staticx'])
      expect(await policyOf(path)).toMatch(/^default-src 'none';(?!.*script-src)/)
  })

  const forged = {
    'x-forwarded-for': '6.6.6.6',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    forwarded: 'host=evil.example',
    'x-real-ip': '6.6.6.6',
    'x-middleware-subrequest': 'proxy',
    'x-middleware-rewrite': '/numbers',
    'x-nonce': 'evil',
    'x-numberdesk-client': '6.6.6.6',
  }

  it('takes off what only this server may say, and leaves the rest', async () => {
    const { behind } = await pass({}, '/numbers', { headers: { ...forged, 'x-background': '1' } })
    for (const name of Object.keys(forged)) expect(behind, name).not.toHaveProperty(name)
    expect(behind).toHaveProperty('x-background', '1')
  })

  it('writes the client’s address down where proxies are vouched for', async () => {
    const { behind } = await pass({ TRUSTED_PROXY_HOPS: '1' }, '/numbers', { headers: forged })
    expect(behind?.['x-numberdesk-client']).toBe('6.6.6.6')
    expect(behind).not.toHaveProperty('x-forwarded-for')
  })

  test.each([
    ['GET', '/numbers', 200],
    ['HEAD', '/numbers', 200],
    ['POST', '/numbers', 405],
    ['DELETE', '/', 405],
    ['POST', '/apix', 405],
    ['POST', '/%61pi/session', 200],
    ['POST', '/sign-in?next=/x', 303],
    ['POST', '/api/session', 200],
    ['DELETE', '/api/session', 200],
    ['PUT', '/api/session', 405],
    ['OPTIONS', '/api/returns/R-1', 405],
    ['GET', '/api/returns/marks?after=1', 200],
    ['PUT', '/api/nothing', 200],
    ['PROPFIND', '/api/session', 405],
    ['GET', '/%E0%A4%A', 400],
    ['GET', '/api/returns/%', 400],
    ['GET', '/numbers?q=%', 200],
  ])('answers %s %s with %i', async (method, path, status) => {
    const { behind, headers, ...answer } = await pass({}, path, { method })
    expect(answer.status).toBe(status)
    expect(behind !== undefined, 'let in').toBe(status === 200)
    if (status === 405) expect(headers.get('allow')).toContain('GET')
    if (status >= 400) expect(headers.get('content-type')).toBe('application/problem+json')
  })

  it('asks for https in each answer only where the public origin has it', async () => {
    const header = async (env: Record<string, string>) =>
      (await pass(env, '/')).headers.get('strict-transport-security')
    expect(await header({})).toBeNull()
    expect(await header({ APP_ORIGIN: 'http://localhost:3000' })).toBeNull()
    expect(await header({ APP_ORIGIN: 'https://numbers.example.com' })).toMatch(/^max-age=\d{8}; includeSubDomains$/)
  })
})
