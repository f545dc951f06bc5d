import { symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { clientWith } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { ask, ownHeaders } from '../support/raw-request.ts'
import { startApp } from '../support/servers.ts'

test.use({ sharedApp: null })

const SECRET = 'nMq8vT2zKp5wXr7yLb4cJd9fHg3sAe6u'

test('a .env file configures the whole app: the door, the routes and the database', async ({ sandbox, dataDir }) => {
  for (const name of ['.next', 'next.config.js', 'node_modules', 'package.json', 'app', 'lib', 'proxy.ts'])
    symlinkSync(resolve(name), join(dataDir, name))
  const said = {
    VIDA_API_BASE_URL: sandbox.url,
    APP_ORIGIN: 'https://numbers.example.com',
    SESSION_SECRET: SECRET,
    DATA_DIR: './kept',
  }
  const lines = Object.entries(said).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(join(dataDir, '.env'), lines.join(''), { mode: 0o644 })
  const unset = Object.fromEntries(Object.keys(said).map((name) => [name, undefined]))
  const app = await startApp(unset, dataDir)
  try {
    expect(app.output()).toMatch(/^Warning: \.env has mode 0644: .*SESSION_SECRET.*chmod 600 \.env$/m)
    const host = { host: 'numbers.example.com' }
    expect((await ask(app.url, '/sign-in', { headers: host })).status, 'the door knows the origin').toBe(200)
    const answer = await ask(app.url, '/api/session', {
      method: 'POST',
      headers: { ...ownHeaders('https://numbers.example.com'), ...host },
      body: JSON.stringify({ token: sandbox.tokens.reseller }),
    })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.headers['strict-transport-security'], 'the door knows https').toBeTruthy()
    const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    expect(cookie).toMatch(/^__Host-numberdesk=/)
    await app.stop()

    // The same by variables: what sealed the cookie and holds its row were the file's secret and folder.
    const variables = { ...said, DATA_DIR: join(dataDir, 'kept') }
    const again = await startApp(variables)
    expect((await clientWith(again.url, cookie).get('/api/session')).status).toBe(200)
    await again.stop()
  } finally {
    await app.stop()
  }
})
