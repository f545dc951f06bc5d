import { expect, test } from '../support/fixtures.ts'
import { type Asked, ask, ownHeaders } from '../support/raw-request.ts'

const PUBLIC = ['/icon.svg', '/icon-192.png', '/manifest.webmanifest', '/robots.txt', '/.well-known/security.txt']

/** Every kind of answer: pages, errors, redirects, data, downloads, RSC payloads. */
async function everyKind(url: string, cookie: string, host = new URL(url).host): Promise<Map<string, Asked>> {
  const answers = new Map<string, Asked>()
  const hear = async (name: string, path: string, asking: Parameters<typeof ask>[2] = {}) =>
    answers.set(name, await ask(url, path, { ...asking, headers: { host, ...asking.headers } }))
  for (const path of ['/sign-in', '/nothing', '/_not-found', '/_next/image?url=%2Ficon.svg&w=64&q=75', ...PUBLIC])
    await hear(path, path)
  for (const path of ['/', '/numbers', '/history', '/customers/8001']) {
    await hear(`${path} without a session`, path)
    await hear(path, path, { headers: { cookie } })
    await hear(`${path} RSC`, `${path}?_rsc=x`, { headers: { cookie, rsc: '1' } })
  }
  for (const path of [
    '/api/session',
    '/api/numbers',
    '/api/inventory',
    '/api/inventory/seen?number=%2B12145550101',
    '/api/returns',
    '/api/returns?format=csv',
    '/api/returns/choices',
    '/api/returns/report',
    '/api/settings',
    '/api/batches',
    '/api/protections',
    '/api/health',
    '/api/nothing',
  ]) {
    await hear(`${path} without a session`, path)
    await hear(path, path, { headers: { cookie } })
  }
  await hear('doubled slashes', '//evil.example/x')
  await hear('a wrong method', '/numbers', { method: 'POST' })
  await hear('a wrong method of the API', '/api/numbers', { method: 'DELETE' })
  await hear('a foreign host', '/numbers', { headers: { host: 'evil.example' } })
  await hear('a foreign origin', '/api/session', { method: 'DELETE', headers: { origin: 'https://evil.example' } })
  await hear('a large body', '/api/numbers/return', {
    method: 'POST',
    headers: ownHeaders(`http://${host}`, cookie),
    body: 'x'.repeat(17_000),
  })
  await hear('no path', 'http://evil.example/')
  await hear('a file that is not there', '/_next/static/nothing.js')
  return answers
}

function directivesOf(answer: Asked | undefined): Map<string, string> {
  const policy = answer?.headers['content-security-policy'] ?? ''
  expect(typeof policy, 'one policy').toBe('string')
  return new Map(
    String(policy)
      .split('; ')
      .map((line) => [line.split(' ')[0] ?? '', line.split(' ').slice(1).join(' ')]),
  )
}

test('every answer is private, says what may run, and is told nowhere', async ({ app, signIn }) => {
  const { cookie } = await signIn()
  const answers = await everyKind(app.url, cookie)
  for (const [name, answer] of answers) {
    const { headers } = answer
    expect(headers['cache-control'], name).toMatch(/^private,.*\bno-store\b/)
    expect(headers['x-content-type-options'], name).toBe('nosniff')
    expect(headers['referrer-policy'], name).toBe('no-referrer')
    expect(headers['cross-origin-opener-policy'], name).toBe('same-origin')
    expect(headers['cross-origin-resource-policy'], name).toBe('same-origin')
    expect(headers['x-frame-options'], name).toBe('DENY')
    expect(headers['permissions-policy'], name).toContain('camera=()')
    expect(headers['strict-transport-security'], name).toBeUndefined()
    expect(headers['x-powered-by'], name).toBeUndefined()
    expect(headers.server, name).toBeUndefined()
    // Next's redirects have the new address as a body, and no type.
    if (answer.text !== '' && !headers.location)
      expect(headers['content-type'] ?? '', name).toMatch(/^text\/x-component|^text\/.*charset=utf-8$|^[^t]/i)
    const directives = directivesOf(answer)
    expect(directives.get('default-src'), name).toBe("'none'")
    expect(directives.get('frame-ancestors'), name).toBe("'none'")
    expect(directives.get('object-src'), name).toBe("'none'")
    expect(directives.get('base-uri'), name).toBe("'none'")
    expect([...directives.values()].join(' '), name).not.toMatch(/unsafe|\*|https?:|blob:/)
  }
  expect(answers.get('/api/returns?format=csv')?.headers['content-disposition']).toBe(
    'attachment; filename="returns.csv"',
  )
})

test('a page’s policy lets only scripts with its own fresh nonce run', async ({ app, signIn }) => {
  const { cookie } = await signIn()
  const nonces = new Set<string>()
  for (const path of ['/sign-in', '/sign-in', '/numbers', '/history', '/customers/8001', '/nothing', '/_not-found']) {
    const answer = await ask(app.url, path, { headers: { cookie: path === '/sign-in' ? '' : cookie } })
    const directives = directivesOf(answer)
    const nonce = /^'self' 'nonce-([\w+/=-]{22,})'$/.exec(directives.get('script-src') ?? '')?.[1] ?? ''
    expect(nonce, path).not.toBe('')
    expect(directives.get('style-src'), path).toBe(`'self' 'nonce-${nonce}'`)
    expect(directives.get('object-src'), path).toBe("'none'")
    expect(directives.get('form-action'), path).toBe("'self'")
    nonces.add(nonce)
    const scripts = answer.text.match(/<script\b[^>]*>/g) ?? []
    expect(scripts.length, path).toBeGreaterThan(0)
    for (const script of scripts) expect(script, path).toContain(`nonce="${nonce}"`)
    expect(answer.text, path).not.toMatch(/<[^>]+\son\w+=|\sstyle="|href="javascript:/)
  }
  expect(nonces.size).toBe(7)
})

test('the public files are sent without a session, and the manifest names icons that exist', async ({ app }) => {
  for (const path of PUBLIC) expect((await ask(app.url, path)).status, path).toBe(200)
  const page = await ask(app.url, '/sign-in')
  expect(page.text).toContain('rel="manifest" href="/manifest.webmanifest"')
  const manifest = await ask(app.url, '/manifest.webmanifest')
  expect(manifest.headers['content-type']).toContain('application/manifest+json')
  const { icons } = JSON.parse(manifest.text) as { icons: { src: string; type: string }[] }
  expect(icons).toHaveLength(2)
  for (const { src, type } of icons) expect((await ask(app.url, src)).headers['content-type'], src).toBe(type)
  expect((await ask(app.url, '/robots.txt')).text).toBe('User-agent: *\nDisallow: /\n')
  const { text } = await ask(app.url, '/.well-known/security.txt')
  expect(text).toMatch(/^Contact: https:/m)
  expect(Date.parse(/^Expires: (.+)$/m.exec(text)?.[1] ?? '')).not.toBeNaN()
})

test('built files may be kept, for their names change with their content', async ({ app }) => {
  const { text } = await ask(app.url, '/sign-in')
  const [file = ''] = /\/_next\/static\/[^"]+\.js/.exec(text) ?? []
  const answer = await ask(app.url, file)
  expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable'])
  expect(answer.text).not.toContain('sourceMappingURL')
  expect((await ask(app.url, `${file}.map`)).status).toBe(404)
})

test('built scripts and styles are sent as they were compressed once, to whom takes that', async ({ app }) => {
  const page = await ask(app.url, '/sign-in')
  const files = [...new Set(page.text.match(/\/_next\/static\/chunks\/[^"\\]+\.(?:js|css)/g))]
  expect(files.some((file) => file.endsWith('.css'))).toBe(true)
  for (const file of files) {
    const plain = await fetch(app.url + file, { headers: { 'accept-encoding': 'identity' } })
    const packed = await fetch(app.url + file, { headers: { 'accept-encoding': 'gzip, deflate, br' } })
    expect(packed.headers.get('content-encoding'), file).toBe('br')
    for (const name of ['content-type', 'cache-control', 'x-content-type-options', 'content-security-policy'])
      expect(packed.headers.get(name), `${name} of ${file}`).toBe(plain.headers.get(name))
    expect(packed.headers.get('vary'), file).toContain('Accept-Encoding')
    expect(await packed.text(), file).toBe(await plain.text())
  }
  const [file = ''] = files
  const encoding = async (accepted: string, more: Record<string, string> = {}, method = 'GET') => {
    const { headers } = await ask(app.url, file, { method, headers: { 'accept-encoding': accepted, ...more } })
    return headers['content-encoding']
  }
  expect(await encoding('br')).toBe('br')
  expect(await encoding('br', {}, 'HEAD')).toBe('br')
  expect(await encoding('gzip, br;q=0')).toBe('gzip')
  expect(await encoding('gzip, br;q=0.5')).toBe('br')
  expect(await encoding('br', { range: 'bytes=0-9' })).toBeUndefined()
  expect((await ask(app.url, file, { headers: { host: 'evil.example', 'accept-encoding': 'br' } })).status).toBe(421)
})

test.describe('behind an https origin', () => {
  test.use({ appEnv: { APP_ORIGIN: 'https://numbers.example.com' } })

  test('the same build tells browsers to use https alone, in every answer', async ({ app, sandbox }) => {
    const host = 'numbers.example.com'
    const signedIn = await ask(app.url, '/api/session', {
      method: 'POST',
      headers: { ...ownHeaders('https://numbers.example.com'), host },
      body: JSON.stringify({ token: sandbox.tokens.reseller }),
    })
    const cookie = signedIn.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    const answers = await everyKind(app.url, cookie, host)
    expect(answers.get('/numbers')?.status).toBe(200)
    for (const [name, { headers }] of answers) {
      expect(headers['strict-transport-security'], name).toBe('max-age=63072000; includeSubDomains')
      if (headers.location) expect(headers.location, name).toMatch(/^\/(?!\/)/)
    }
  })
})

test('the session cookie is the only one that is set, and no answer but signing in and out sets it anew', async ({
  app,
  signIn,
}) => {
  const { cookie } = await signIn()
  for (const [name, { headers }] of await everyKind(app.url, cookie))
    expect(headers['set-cookie'], name).toBeUndefined()
})
