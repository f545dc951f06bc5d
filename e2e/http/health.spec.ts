import { spawnSync } from 'node:child_process'
import { expect, test } from '../support/fixtures.ts'
import { ask } from '../support/raw-request.ts'
import type { AppProcess } from '../support/servers.ts'

test.use({ sharedApp: null })

const healthOf = async ({ url }: AppProcess, query = '', headers = {}) => {
  const { status, code } = await ask(url, `/api/health${query}`, { headers })
  return [status, code]
}

const WELL = [200, null]
const AWAY = [503, 'database_unavailable']

/** A limit that makes each write fail, as a full disk does. */
function fillDisk({ child }: AppProcess, full: boolean): void {
  const run = spawnSync('prlimit', ['--pid', String(child.pid), `--fsize=${full ? '1' : 'unlimited'}:`])
  if (run.status !== 0) throw new Error(`prlimit: ${run.stderr}`)
}

test('a full disk makes the app not ready, with a line when that begins and one when it is over; it lives meanwhile', async ({
  app,
}) => {
  test.skip(process.platform !== 'linux', 'a full disk is played by prlimit(1), which is Linux’s')
  expect(await healthOf(app)).toEqual(WELL)
  fillDisk(app, true)
  await expect.poll(() => healthOf(app)).toEqual(AWAY)
  expect(await healthOf(app, '?live')).toEqual(WELL)
  expect((await ask(app.url, '/api/health')).headers['content-type']).toBe('application/problem+json')
  fillDisk(app, false)
  await expect.poll(() => healthOf(app)).toEqual(WELL)
  const events = [...app.output().matchAll(/"event":"(database_\w+)"/g)].map(([, event]) => event)
  expect(events).toEqual(['database_unavailable', 'database_available'])
  expect(app.output()).toMatch(/"code":"SQLITE_\w+","advice":"[^"]+","event":"database_unavailable"/)
})

test.describe('a balancer', () => {
  test.use({ sharedApp: 'shared' })

  test('asks by any name, with a query or without', async ({ app }) => {
    for (const query of ['', '?live']) expect(await healthOf(app, query, { host: '10.0.0.7' })).toEqual(WELL)
  })
})

test.describe('while it drains', () => {
  test.use({ appEnv: { DRAIN_SECONDS: '60', STOP_SECONDS: '120' } })

  test('it says that it stops, and goes on working', async ({ app, signIn }) => {
    const client = await signIn()
    app.child.kill('SIGTERM')
    await expect.poll(() => healthOf(app)).toEqual([503, 'stopping'])
    expect(await healthOf(app, '?live')).toEqual(WELL)
    expect((await client.get('/api/session')).status).toBe(200)
    await app.kill()
  })
})
