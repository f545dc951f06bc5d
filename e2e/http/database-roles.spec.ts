import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { runNpmCommand } from '../../lib/server/db/testing/command.ts'
import { expect, test } from '../support/fixtures.ts'
import { NO_POSTGRES, postgresDatabases, SESSION_SECRET } from '../support/postgres.ts'
import { startNode } from '../support/processes.ts'
import { ask } from '../support/raw-request.ts'
import { startApp } from '../support/servers.ts'

test.use({ sharedApp: null })

const WARNING = '"event":"database_role_owns_ledger"'

test('on PostgreSQL the app starts once the owner has made the tables, and warns if it is the owner itself', async ({
  sandbox,
  dataDir,
}) => {
  const server = await postgresDatabases()
  test.skip(server === null, NO_POSTGRES)
  if (!server) return
  const DATA_DIR = join(dataDir, 'own')
  mkdirSync(DATA_DIR, { mode: 0o700 })
  const env = { VIDA_API_BASE_URL: sandbox.url, DATA_DIR, SESSION_SECRET }
  const healthOf = async (DATABASE_URL: string) => {
    const app = await startApp({ ...env, DATABASE_URL })
    const { status } = await ask(app.url, '/api/health')
    await app.stop()
    return { status, output: app.output() }
  }
  const { owner, app } = await server.takeEmptyDatabase()
  const refused = startNode('lib/server/main.ts', [], { PORT: '0', ...env, DATABASE_URL: app })
  expect(await new Promise((resolve) => refused.child.once('exit', resolve)), refused.output()).toBe(1)
  expect(refused.output()).toContain('npm run migrate')
  expect(refused.output()).not.toContain('ready on')

  expect(await runNpmCommand('migrate', { DATABASE_URL: owner })).toMatchObject({ status: 0 })
  const asApp = await healthOf(app)
  expect(asApp.status).toBe(200)
  expect(asApp.output).not.toContain(WARNING)

  const simple = await server.takeEmptyDatabase()
  const asOwner = await healthOf(simple.owner)
  expect(asOwner.status).toBe(200)
  expect(asOwner.output.split(WARNING)).toHaveLength(2)
})

test('an app whose database is away starts, says so in its log, and answers 503 until it is back', async ({
  sandbox,
  dataDir,
}) => {
  const DATABASE_URL = 'postgres://someone:hunter2hunter2@127.0.0.1:1/none'
  const app = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATABASE_URL, DATA_DIR: dataDir, SESSION_SECRET })
  try {
    expect((await ask(app.url, '/api/health')).status).toBe(503)
    expect(app.output()).toMatch(/"level":"error",.*"code":"ECONNREFUSED",.*"event":"database_unavailable"/)
    expect(app.output()).not.toContain('hunter2')
  } finally {
    await app.stop()
  }
})
