import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { apiClient, clientWith } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { NO_POSTGRES, postgresDatabases, SESSION_SECRET } from '../support/postgres.ts'
import { type AppProcess, startApp } from '../support/servers.ts'

test.use({ sharedApp: null })

const CLOCK = new URL('../support/clock-wrong.mjs', import.meta.url).href
const HOUR_MS = 3_600_000

test('an instance whose clock is nine hours ahead ends no session, and keeps no list back', async ({
  sandbox,
  dataDir,
}) => {
  const server = await postgresDatabases()
  test.skip(server === null, NO_POSTGRES)
  if (!server) return
  const apps: AppProcess[] = []
  const start = async (name: string, env: Record<string, string>) => {
    const DATA_DIR = join(dataDir, name)
    mkdirSync(DATA_DIR, { mode: 0o700 })
    const app = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATABASE_URL, SESSION_SECRET, DATA_DIR, ...env })
    apps.push(app)
    return app
  }
  const DATABASE_URL = await server.takeDatabase()
  try {
    const right = await start('right', {})
    const wrong = await start('wrong', {
      NODE_OPTIONS: `--import ${CLOCK}`,
      CLOCK_AHEAD_MS: String(9 * HOUR_MS),
    })
    expect(wrong.output()).toContain('"event":"clock_skewed"')
    const here = await apiClient(right.url, sandbox.tokens.reseller)
    const there = await apiClient(wrong.url, sandbox.tokens.reseller)
    for (const [url, { cookie }] of [
      [right.url, there],
      [wrong.url, here],
      [right.url, here],
    ] as const)
      expect((await clientWith(url, cookie).get('/api/session')).status, url).toBe(200)

    const readAt = async () => String((await here.get<{ readAt: string }>('/api/inventory')).body.readAt)
    await there.events()
    const first = await readAt()
    expect(Math.abs(Date.parse(first) - Date.now())).toBeLessThan(HOUR_MS)
    await here.events()
    expect((await readAt()) > first, 'the later list is kept').toBe(true)
  } finally {
    await Promise.all(apps.map((app) => app.stop()))
  }
})
