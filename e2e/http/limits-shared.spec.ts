import type { PostgresDatabases } from '../../lib/server/db/testing/postgres.ts'
import { apiClient, clientWith } from '../support/api-client.ts'
import { expect, test } from '../support/fixtures.ts'
import { type Instances, instancesOn } from '../support/instances.ts'
import { NO_POSTGRES, postgresDatabases } from '../support/postgres.ts'
import { ask, ownHeaders } from '../support/raw-request.ts'
import type { AppProcess } from '../support/servers.ts'
import { newFolder, openSandbox, type Sandbox } from '../support/test-app.ts'

test.describe.configure({ mode: 'serial', timeout: 120_000 })

let server: PostgresDatabases | null = null
let instances: Instances | null = null
let apps: AppProcess[] = []
let vida: Sandbox

test.beforeAll(async () => {
  server = await postgresDatabases()
  if (!server) return
  vida = await openSandbox()
  instances = await instancesOn(server, vida.url, newFolder())
  for (let count = 0; count < 3; count += 1) apps.push(await instances.start({ TRUSTED_PROXY_HOPS: '1' }))
})
test.beforeEach(() => test.skip(server === null, NO_POSTGRES))
test.afterAll(async () => {
  await instances?.stop()
  if (server) await vida.close()
  apps = []
})

async function bring(url: string, token: string, client: string): Promise<number> {
  const headers = { ...ownHeaders(url), 'x-forwarded-for': client }
  const { status } = await ask(url, '/api/session', { method: 'POST', headers, body: JSON.stringify({ token }) })
  return status
}

test('three instances refuse the eleventh wrong token of a client, on each of them, and nobody elsewhere', async () => {
  const began = performance.now()
  const first = await Promise.all(
    apps.flatMap(({ url }) => Array.from({ length: 8 }, () => bring(url, 'guess', '203.0.113.7'))),
  )
  const statuses = [...first]
  for (const { url } of apps) {
    const tryAgain = async () => {
      statuses.push(await bring(url, 'guess', '203.0.113.7'))
      return statuses.at(-1)
    }
    await expect.poll(tryAgain, url).toBe(429)
    expect(await bring(url, vida.tokens.otherReseller, '203.0.113.8'), 'another client').toBe(200)
  }
  const oneInMs = 5_000
  const tried = statuses.filter((status) => status === 401).length
  expect(tried).toBeGreaterThanOrEqual(10)
  expect(tried).toBeLessThanOrEqual(11 + (performance.now() - began) / oneInMs)
})

test('a token reads four lists at a time on three instances together, another token is not touched', async () => {
  const [one, two, three] = apps
  if (!one || !two || !three) throw new Error('three apps were started')
  const { cookie } = await apiClient(one.url, vida.tokens.reseller)
  const read = ({ url }: AppProcess, query = '') => clientWith(url, cookie).raw(`/api/numbers${query}`)
  const waiting = await vida.control.fault({
    match: { path: 'phoneNumbers', targetAccountId: '100001', tokenRole: 'reseller' },
    effect: { waitBeforeWork: true },
  })
  const streams = await Promise.all([read(one), read(two), read(three), read(one, '?accountId=100001')])
  expect(streams.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  for (const app of apps) {
    const refused = await read(app, '?accountId=100002')
    expect([refused.status, await refused.json()]).toEqual([
      429,
      expect.objectContaining({ code: 'too_many_requests' }),
    ])
    const joined = await read(app)
    expect(joined.status, 'who reads the same list shares its scan').toBe(200)
    streams.push(joined)
    const other = await apiClient(app.url, vida.tokens.otherReseller)
    expect((await other.events()).at(-1)).toMatchObject({ type: 'done', complete: true })
  }
  await vida.control.release(waiting)
  for (const stream of streams) expect((await stream.text()).trim().split('\n').at(-1)).toContain('"complete":true')
  for (const app of apps) expect(await (await read(app, '?accountId=100002')).text()).toContain('"complete":true')
})
