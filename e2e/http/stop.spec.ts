import { once } from 'node:events'
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { apiClient, clientWith } from '../support/api-client.ts'
import { firstLine, startCommand } from '../support/processes.ts'
import { expect, test } from '../support/return-test.ts'
import { FRONT_DESK, ReturnsApi, stepsOf } from '../support/returns.ts'
import { startApp } from '../support/servers.ts'
import { dataIn, NO_HOLD } from '../support/test-app.ts'

test.use({ sharedApp: null })

const [place] = FRONT_DESK

test('npm start ends by SIGTERM, and its SQLite file alone then holds the receipts', async ({ sandbox, dataDir }) => {
  const env = { ...NO_HOLD, VIDA_API_BASE_URL: sandbox.url, HOST: '127.0.0.1', PORT: '0' }
  // Not the folder of the fixture's app, which has the file open.
  const stopped = join(dataDir, 'stopped')
  const npm = startCommand('npm', ['start'], { ...env, DATA_DIR: stopped })
  const closed = once(npm.child, 'close')
  const url = (await firstLine(npm, /ready on/)).replace(/^.*ready on /, '')
  const api = new ReturnsApi(await apiClient(url, sandbox.tokens.reseller), sandbox.control)
  expect((await api.confirm(place)).body.outcome).toBe('returned')
  npm.child.kill('SIGTERM')
  await closed
  await expect(fetch(`${url}/api/health`)).rejects.toThrow()

  const DATA_DIR = join(dataDir, 'copy')
  mkdirSync(DATA_DIR, { mode: 0o700 })
  copyFileSync(join(stopped, 'numberdesk.sqlite'), join(DATA_DIR, 'numberdesk.sqlite'))
  const app = await startApp({ ...env, DATA_DIR })
  try {
    const next = new ReturnsApi(await apiClient(app.url, sandbox.tokens.reseller), sandbox.control)
    expect(await next.record(place.number)).toMatchObject({ outcome: 'returned' })
  } finally {
    await app.stop()
  }
})

test.describe('with a Vida that does not answer', () => {
  test.use({ appEnv: { STOP_SECONDS: '3' } })

  test('SIGTERM ends the process after STOP_SECONDS; the next one settles the return', async ({
    app,
    api,
    sandbox,
    dataDir,
  }) => {
    await api.treatReturns({ work: 'now', answer: { kind: 'hang' } })
    const asked = api.confirm(place).catch(() => null)
    await api.control.waitFor({ method: 'POST', path: 'phoneNumber/return', worked: true })
    const exit = once(app.child, 'exit')
    app.child.kill('SIGTERM')
    expect(await exit).toEqual([0, null])
    await asked

    const next = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: dataIn(dataDir) })
    try {
      const later = new ReturnsApi(clientWith(next.url, api.client.cookie), sandbox.control)
      const record = await later.recordThatIs(place.number, { outcome: 'returned', verified: true }, 40_000)
      expect(stepsOf(record), 'not given up for its own time-out').toEqual(['sending', 'server_stopped', 'read_after'])
      await later.expectOnePost(place.number)
    } finally {
      await next.stop()
    }
  })
})
