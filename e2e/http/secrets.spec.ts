import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../support/fixtures.ts'
import { startNode } from '../support/processes.ts'
import { ask } from '../support/raw-request.ts'
import { startApp } from '../support/servers.ts'

test.use({ sharedApp: null })

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

/** Starts the app with settings that it must not take, and gives what it printed. */
async function refusal(env: Record<string, string>, dataDir: string): Promise<string> {
  const app = startNode('lib/server/main.ts', [], { PORT: '0', DATA_DIR: join(dataDir, 'refused'), ...env })
  const code = await new Promise((resolve) => app.child.once('exit', resolve))
  expect(code, app.output()).toBe(1)
  return app.output()
}

test('a session secret that can be guessed stops the start with its rule and never its value', async ({ dataDir }) => {
  const weak = ['password password password 48291735', 'nMq8vT2zKp5wXr7yLb4cJd9fHg3sAe6u,tooshort']
  for (const secret of weak) {
    const output = await refusal({ SESSION_SECRET: secret }, dataDir)
    expect(output).toMatch(
      /^The app cannot start:\n {2}SESSION_SECRET: 32 random bytes, .*make one with: openssl rand -base64 32.*\n$/,
    )
    for (const each of secret.split(',')) expect(output).not.toContain(each)
  }
  expect(existsSync(join(dataDir, 'refused')), 'nothing is made before the settings are right').toBe(false)
})

test('every wrong variable is told in one go, each with its rule, none with its value', async ({ dataDir }) => {
  const wrong = {
    PORT: 'c4n4ry-1',
    HOST: 'c4n4ry 2',
    VIDA_API_BASE_URL: 'https://user:c4n4ry-3@api.vida.dev',
    SESSION_SECRET: 'c4n4ry-4',
    SESSION_IDLE_SECONDS: '-1c4n4ry',
    SESSION_MAX_SECONDS: '0',
    APP_ORIGIN: 'http://c4n4ry.example/path',
    TRUSTED_PROXY_HOPS: '1.5',
    DATABASE_URL: 'mysql://c4n4ry',
    VIDA_CONCURRENCY: '0x10',
    RETURN_CONCURRENCY: 'c4n4ry',
    MAX_BATCH: '1e9',
    ALLOWED_ACCOUNT_IDS: 'c4n4ry/70001',
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
  }
  const output = await refusal(wrong, dataDir)
  const named = [...output.matchAll(/^ {2}(\w+): \S/gm)].map(([, name]) => name)
  expect(named.sort()).toEqual(Object.keys(wrong).sort())
  expect(output).not.toContain('c4n4ry')
  const shared = await refusal({ DATABASE_URL: 'postgres://db/numbers' }, dataDir)
  expect(shared).toContain('  SESSION_SECRET: required with DATABASE_URL')
  const outside = await refusal({ HOST: '0.0.0.0', MAX_BATCH: 'c4n4ry' }, dataDir)
  expect(outside).toContain('  APP_ORIGIN: required as soon as HOST is not a loopback address')
  expect(outside).toContain('  MAX_BATCH: ')
})

test('the made secret is 32 random bytes in a file of mode 0600, and everything beside it is private, too', async ({
  app,
  dataDir,
  signIn,
}) => {
  const client = await signIn()
  await client.events()
  const data = join(dataDir, 'data')
  expect(modeOf(data)).toBe('700')
  const files = readdirSync(data)
  expect(files).toContain('session-secret')
  for (const file of files) expect(modeOf(join(data, file)), file).toBe('600')
  const secret = readFileSync(join(data, 'session-secret'), 'utf8')
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
  for (const path of [
    '/data/session-secret',
    '/.data/session-secret',
    '/..%2fdata%2fsession-secret',
    '/_next/static/..%2f..%2f..%2fpackage.json',
    '/.next/BUILD_ID',
    '/_next/BUILD_ID',
    '/package.json',
    '/.env',
    '/.git/HEAD',
    '/_next/static',
    '/_next/static/chunks',
    '/.well-known',
  ]) {
    const answer = await ask(app.url, path)
    expect([400, 404], path).toContain(answer.status)
    expect(answer.text).not.toContain(secret)
  }
})

test('files and a directory that others could read are closed at the start', async ({
  sandbox,
  dataDir,
  app,
  signIn,
}) => {
  const { cookie } = await signIn()
  await app.stop()
  const loose = join(dataDir, 'loose')
  mkdirSync(loose, { mode: 0o755 })
  writeFileSync(join(loose, 'session-secret'), readFileSync(join(dataDir, 'data', 'session-secret')), { mode: 0o644 })
  const second = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: loose })
  await ask(second.url, '/api/session', { headers: { cookie } })
  await second.stop()
  expect(modeOf(loose)).toBe('700')
  for (const file of readdirSync(loose)) expect(modeOf(join(loose, file)), file).toBe('600')
})

test('a damaged secret file stops the start with what to do about it', async ({ dataDir }) => {
  const data = join(dataDir, 'damaged')
  mkdirSync(data)
  writeFileSync(join(data, 'session-secret'), 'c4n4ry')
  const output = await refusal({ DATA_DIR: data }, dataDir)
  expect(output).toMatch(/DATA_DIR: its file session-secret is damaged; delete it/)
  expect(output).not.toContain('c4n4ry')
})

test('instances that start at once on an empty directory share one secret and one database', async ({ sandbox }) => {
  const folder = mkdtempSync(join(tmpdir(), 'numberdesk-race-'))
  const env = { VIDA_API_BASE_URL: sandbox.url, DATA_DIR: join(folder, 'data') }
  const apps = await Promise.all([startApp(env), startApp(env), startApp(env)])
  try {
    const cookies = await Promise.all(
      apps.map(async ({ url }) => {
        const headers = { origin: url, 'content-type': 'application/json' }
        const body = JSON.stringify({ token: sandbox.tokens.reseller })
        const answer = await ask(url, '/api/session', { method: 'POST', headers, body })
        expect(answer.status, answer.text).toBe(200)
        return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
      }),
    )
    for (const { url } of apps)
      for (const cookie of cookies) expect((await ask(url, '/api/session', { headers: { cookie } })).status).toBe(200)
    expect(readdirSync(env.DATA_DIR).filter((file) => file.startsWith('session-secret'))).toEqual(['session-secret'])
  } finally {
    await Promise.all(apps.map((app) => app.stop()))
    rmSync(folder, { recursive: true, force: true })
  }
})
