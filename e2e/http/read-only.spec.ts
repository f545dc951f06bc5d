import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { apiClient, clientWith } from '../support/api-client.ts'
import { NO_POSTGRES, postgresDatabases, SESSION_SECRET } from '../support/postgres.ts'
import { expect, test } from '../support/return-test.ts'
import { expectProblem, FRONT_DESK, ReturnsApi, stepsOf } from '../support/returns.ts'
import { startApp } from '../support/servers.ts'
import { dataIn, type Sandbox } from '../support/test-app.ts'

const [place, second, third] = FRONT_DESK
const READ_ONLY = { READ_ONLY: '1' }

interface BatchBody {
  id: string
  state: string
  counts: Record<string, number>
}

test.describe('READ_ONLY=1', () => {
  test.use({ appEnv: READ_ONLY })

  test('refuses each way of returning, whoever asks, and everything can be read', async ({ api, openApi, sandbox }) => {
    expect((await api.client.get('/api/session')).body).toMatchObject({
      account: { role: 'reseller', canReturn: false },
    })
    const events = await api.client.events()
    expect(events.at(-1)).toMatchObject({ type: 'done', complete: true, numbers: 90 })
    for (const each of [api, await openApi(sandbox.tokens.partner), await openApi(sandbox.tokens.agent)]) {
      expectProblem(await each.confirm(place), 403, 'read_only')
      expectProblem(await each.confirm({ ...place, accountId: null }), 403, 'read_only')
      const held = { ...place, holdSeconds: 8, requestId: randomUUID() }
      expectProblem(await each.client.post('/api/numbers/return', held), 403, 'read_only')
      expectProblem(await each.client.post('/api/batches', { returns: [place] }), 403, 'read_only')
      expect(await each.records()).toEqual([])
    }
    const { entries } = await sandbox.control.log()
    expect(new Set(entries.map(({ method }) => method))).toEqual(new Set(['GET']))
  })
})

/** Confirms a return and a batch that wait, ends the app without a word, and starts it with READ_ONLY=1. */
async function restartReadOnly(sandbox: Sandbox, env: Record<string, string>): Promise<void> {
  const first = await startApp({ VIDA_API_BASE_URL: sandbox.url, ...env })
  const { cookie, ...client } = await apiClient(first.url, sandbox.tokens.reseller)
  const requestId = randomUUID()
  const sent = { ...third, requestId }
  expect((await client.post('/api/numbers/return', sent)).body).toMatchObject({ outcome: 'returned' })
  const held = await client.post<{ receiptId: string }>('/api/numbers/return', { ...place, holdSeconds: 60 })
  const batch = await client.post<BatchBody>('/api/batches', { returns: [second], holdSeconds: 60 })
  expect([held.status, batch.body.state]).toEqual([202, 'held'])
  await first.kill()
  await sandbox.control.clearLog()

  const app = await startApp({ VIDA_API_BASE_URL: sandbox.url, ...env, ...READ_ONLY })
  try {
    const api = new ReturnsApi(clientWith(app.url, cookie), sandbox.control)
    await expect
      .poll(async () => (await api.client.get<BatchBody>(`/api/batches/${batch.body.id}`)).body.state, {
        timeout: 20_000,
      })
      .toBe('paused')
    expectProblem(await api.client.post(`/api/batches/${batch.body.id}/continue`, {}), 403, 'read_only')
    expectProblem(await api.confirm(second), 403, 'read_only')
    await expect
      .poll(async () => stepsOf(await api.record(place.number)), { timeout: 20_000 })
      .toEqual(['server_stopped'])
    expect(await api.record(place.number)).toMatchObject({ outcome: 'not_sent' })
    // A repetition of what was sent is never told that nothing was sent.
    expect((await api.client.post('/api/numbers/return', sent)).body).toMatchObject({ outcome: 'returned' })
    const stopped = await api.client.post<BatchBody>(`/api/batches/${batch.body.id}/stop`, {})
    expect(stopped.body).toMatchObject({ state: 'ended', counts: { not_sent: 1 } })
    const { entries } = await sandbox.control.log()
    expect(entries.filter(({ method }) => method !== 'GET')).toEqual([])
    for (const { number } of [place, second]) expect(await api.isListed(number)).toBe(true)
  } finally {
    await app.stop()
  }
}

test.describe('a restart with READ_ONLY=1', () => {
  test.use({ sharedApp: null })

  test('sends nothing of what was confirmed before it', async ({ sandbox, dataDir }) => {
    await restartReadOnly(sandbox, { DATA_DIR: dataIn(dataDir) })
  })

  test('sends nothing of what was confirmed before it, on PostgreSQL', async ({ sandbox, dataDir }) => {
    const server = await postgresDatabases()
    test.skip(server === null, NO_POSTGRES)
    if (!server) return
    const DATABASE_URL = await server.takeDatabase()
    const DATA_DIR = join(dataDir, 'one')
    mkdirSync(DATA_DIR, { mode: 0o700 })
    await restartReadOnly(sandbox, { DATABASE_URL, DATA_DIR, SESSION_SECRET })
  })
})
