import { spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync } from 'node:fs'
import { join } from 'node:path'
import { apiClient } from '../support/api-client.ts'
import { NO_POSTGRES, postgresServer, SESSION_SECRET } from '../support/postgres.ts'
import { expect, test } from '../support/return-test.ts'
import { expectProblem, FRONT_DESK, RETURN, ReturnsApi, stepsOf } from '../support/returns.ts'
import { type AppProcess, startApp } from '../support/servers.ts'

test.use({ sharedApp: null })

const [place, second] = FRONT_DESK
const LINUX_ONLY = 'a full disk is played by prlimit(1), which is Linux’s'

/** A disk on which nothing grows any more, for this process alone: a limit on the size of what it writes. */
function setFull({ child }: AppProcess, full: boolean): void {
  const run = spawnSync('prlimit', ['--pid', String(child.pid), `--fsize=${full ? '1' : 'unlimited'}:`])
  if (run.status !== 0) throw new Error(`prlimit: ${run.stderr}`)
}

test('a read-only ledger: 503, and nothing is sent', async ({ api, dataDir }) => {
  await api.client.events()
  const directory = join(dataDir, 'data')
  chmodSync(directory, 0o500)
  try {
    expectProblem(await api.confirm(place), 503, 'ledger_unavailable')
    expect(await api.posts()).toEqual([])
    expect(await api.records()).toEqual([])
  } finally {
    chmodSync(directory, 0o700)
  }
  expect((await api.confirm(place)).body.outcome).toBe('returned')
  await api.expectOnePost(place.number)
})

test('a full ledger: 503, and nothing is sent', async ({ app, api }) => {
  test.skip(process.platform !== 'linux', LINUX_ONLY)
  await api.client.events()
  setFull(app, true)
  expectProblem(await api.confirm(place), 503, 'ledger_unavailable')
  expect(await api.posts()).toEqual([])
  expect(await api.isListed(place.number)).toBe(true)

  setFull(app, false)
  expect(await api.records()).toEqual([])
  expect((await api.confirm(place)).body.outcome).toBe('returned')
  await api.expectOnePost(place.number)
})

test('a ledger that fills while the account is looked at: 503, and nothing is sent', async ({ app, api }) => {
  test.skip(process.platform !== 'linux', LINUX_ONLY)
  const look = { path: 'phoneNumbers' }
  const waiting = await api.control.fault({ match: look, times: 1, effect: { waitBeforeWork: true } })
  const asked = api.confirm(place)
  await api.control.waitFor(look)
  setFull(app, true)
  await api.control.release(waiting)
  expectProblem(await asked, 503, 'ledger_unavailable')
  expect(await api.posts()).toEqual([])
  setFull(app, false)
  await api.recordThatIs(place.number, { outcome: 'not_sent' }, 40_000)
})

test('a ledger that fills while the request is out: the answer tells the truth, and the record follows', async ({
  app,
  api,
}) => {
  test.skip(process.platform !== 'linux', LINUX_ONLY)
  const waiting = [
    await api.treatReturns({ waitAfterWork: true }, place.number),
    await api.treatReturns({ waitAfterWork: true, work: 'now', answer: { kind: 'drop' } }, second.number),
  ]
  const asked = [api.confirm(place), api.confirm(second)]
  await api.control.waitFor(RETURN, 2)
  setFull(app, true)
  await Promise.all(waiting.map((fault) => api.control.release(fault)))
  const answers = await Promise.all(asked)
  expect(answers.map(({ status, body }) => [status, body.outcome])).toEqual([
    [200, 'returned'],
    [200, 'returned'],
  ])
  setFull(app, false)
  const told = await api.recordThatIs(place.number, { outcome: 'returned', verified: true, message: 'Success' })
  expect(stepsOf(told)).toContain('vida_answered')
  await api.recordThatIs(second.number, { outcome: 'returned', verified: true })
  expect(await api.posts()).toHaveLength(2)
})

test('a database that is gone, with the sessions and all: 503, and nothing is sent', async ({ sandbox, dataDir }) => {
  const server = await postgresServer()
  test.skip(server === null, NO_POSTGRES)
  if (!server) return
  let app: AppProcess | null = null
  try {
    const DATABASE_URL = await server.takeDatabase()
    const DATA_DIR = join(dataDir, 'data')
    app = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATABASE_URL, SESSION_SECRET, DATA_DIR })
    const api = new ReturnsApi(await apiClient(app.url, sandbox.tokens.reseller), sandbox.control)
    await server.stop()
    expectProblem(await api.confirm(place), 503, 'ledger_unavailable')
    expectProblem(await api.client.get('/api/inventory'), 503, 'database_unavailable')
    expect(await api.posts()).toEqual([])
    const page = await api.client.raw('/numbers')
    expect([page.status, page.headers.get('content-type')]).toEqual([500, 'text/html; charset=utf-8'])
    expect(app.output()).toContain('"event":"page_failed"')
    expect(app.output()).not.toMatch(/^ +at /m)
    expect(app.output().match(/"event":"database_unavailable"/g)).toHaveLength(1)
  } finally {
    await app?.stop()
    await server.stop()
  }
})

test('a ledger torn by a crash: what was written before is there, and nothing is sent again', async ({
  app,
  api,
  dataDir,
  startNextApp,
}) => {
  expect((await api.confirm(second)).body.outcome).toBe('returned')
  await api.control.clearLog()
  await api.treatReturns({ work: 'now', answer: { kind: 'hang' } })
  const cutOff = expect(api.confirm(place)).rejects.toThrow()
  await api.control.waitFor({ ...RETURN, worked: true })
  await app.kill()
  await cutOff
  // Half a frame at the end of the write-ahead log, as a power cut leaves it.
  appendFileSync(join(dataDir, 'data', 'numberdesk.sqlite-wal'), Buffer.alloc(2_345, 0xa5))

  const next = await startNextApp()
  expect(await next.record(second.number)).toMatchObject({ outcome: 'returned', verified: true })
  expect(stepsOf(await next.record(place.number))[0]).toBe('sending')
  expect((await next.confirm(place)).status).toBe(409)
  const record = await next.recordThatIs(place.number, { outcome: 'returned', verified: true }, 40_000)
  expect(stepsOf(record)).toEqual(['sending', 'server_stopped', 'read_after'])
  await next.expectOnePost(place.number)
})
