import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type ApiClient, apiClient } from '../tools/api-client.ts'
import { expect, test } from '../tools/fixtures.ts'
import { NO_POSTGRES, postgresServer } from '../tools/postgres.ts'
import {
  askReturn,
  expectOnePost,
  expectPlainPost,
  FRONT_DESK,
  type Place,
  postsIn,
  recordOf,
  recordsOf,
} from '../tools/returns.ts'
import { type AppProcess, startApp } from '../tools/servers.ts'

const [place] = FRONT_DESK
const inProgress = '409 return_in_progress'

/** All of them at once; gives each answer as `200 outcome` or `409 code`. */
async function allAtOnce(clients: readonly ApiClient[], what: Place): Promise<string[]> {
  const answers = await Promise.all(clients.map((client) => askReturn(client, what)))
  return answers.map(({ status, body }) => `${status} ${body.outcome ?? body.code}`).sort()
}

test.describe('with a slow Vida', () => {
  test.use({ sandboxArgs: ['--latency', '150'] })

  test('a double click returns once: the second request is told that it is under way', async ({
    sandbox: { control },
    signIn,
  }) => {
    const client = await signIn()
    await client.events()
    expect(await allAtOnce([client, client], place)).toEqual(['200 returned', inProgress])
    await expectOnePost(control, place.number)
    expect(await recordOf(client, place.number)).toMatchObject({ outcome: 'returned' })
  })

  test('two tabs with sessions of their own return once', async ({ sandbox: { control }, signIn }) => {
    const tabs = [await signIn(), await signIn()]
    expect(await allAtOnce(tabs, place)).toEqual(['200 returned', inProgress])
    await expectOnePost(control, place.number)
    for (const tab of tabs) expect(await recordOf(tab, place.number)).toMatchObject({ outcome: 'returned' })
  })

  test('two people with different tokens above the number return once', async ({ sandbox, signIn }) => {
    const reseller = await signIn()
    const partner = await signIn(sandbox.tokens.partner)
    expect(await allAtOnce([reseller, partner], place)).toEqual(['200 returned', inProgress])
    await expectOnePost(sandbox.control, place.number)
    const all = [...(await recordsOf(reseller)), ...(await recordsOf(partner))]
    expect(all.map(({ outcome }) => outcome)).toEqual(['returned'])
  })

  test('two processes on one data directory return each number once', async ({ app, sandbox, dataDir, signIn }) => {
    const env = { VIDA_API_BASE_URL: sandbox.url, DATA_DIR: join(dataDir, 'data') }
    const other = await startApp(env)
    try {
      await contend(await signIn(), await apiClient(other.url, sandbox.tokens.reseller), sandbox.control)
      expect(other.url).not.toBe(app.url)
    } finally {
      await other.stop()
    }
  })

  test('two instances on one PostgreSQL return each number once', async ({ sandbox, dataDir }) => {
    const server = await postgresServer()
    test.skip(server === null, NO_POSTGRES)
    if (!server) return
    const apps: AppProcess[] = []
    try {
      const DATABASE_URL = await server.takeDatabase()
      const SESSION_SECRET = 'e2e-0123456789-abcdefghijklmnopqrstuvwxyz'
      for (const name of ['one', 'two']) {
        const DATA_DIR = join(dataDir, name)
        mkdirSync(DATA_DIR, { mode: 0o700 })
        apps.push(await startApp({ VIDA_API_BASE_URL: sandbox.url, DATABASE_URL, DATA_DIR, SESSION_SECRET }))
      }
      const [one, two] = await Promise.all(apps.map(({ url }) => apiClient(url, sandbox.tokens.reseller)))
      if (!one || !two) throw new Error('two apps were started')
      await contend(one, two, sandbox.control)
    } finally {
      await Promise.all(apps.map((app) => app.stop()))
      await server.stop()
    }
  })
})

/** Both return all four numbers at once: each goes out once, and both see the same history. */
async function contend(one: ApiClient, two: ApiClient, control: Parameters<typeof postsIn>[0]): Promise<void> {
  for (const answers of await Promise.all(FRONT_DESK.map((each) => allAtOnce([one, two], each)))) {
    // Whoever comes after the other has finished is told that the number is gone; nothing is sent then.
    expect(answers).toEqual(['200 returned', expect.stringMatching(/return_in_progress|already_gone/)])
  }
  const posts = await postsIn(control)
  expect(posts.map(({ number }) => number).sort()).toEqual(FRONT_DESK.map(({ number }) => number))
  for (const post of posts) expectPlainPost(post, String(post.number))
  const records = await recordsOf(one)
  expect(records.filter(({ outcome }) => outcome === 'returned')).toHaveLength(FRONT_DESK.length)
  expect(await recordsOf(two)).toEqual(records)
}

test('an unknown return locks its number for every session until it is settled', async ({
  sandbox: { control },
  signIn,
}) => {
  const [one, two] = [await signIn(), await signIn()]
  await control.fault({
    match: { path: 'phoneNumber/return' },
    times: 1,
    effect: { work: 'never', answer: { kind: 'drop' } },
  })
  expect((await askReturn(one, place)).body.outcome).toBe('unknown')
  for (const client of [one, two]) {
    const { status, body } = await askReturn(client, place)
    expect([status, body.code]).toEqual([409, 'return_unsettled'])
  }
  const { receiptId } = await recordOf(one, place.number)

  const early = await two.post<{ code: string }>(`/api/returns/${receiptId}/mark`, {})
  expect([early.status, early.body.code]).toEqual([409, 'too_early_to_mark'])
  const still = await two.post(`/api/returns/${receiptId}/check`, {})
  expect(still.body).toMatchObject({ outcome: 'unknown', verified: false })

  await control.removeNumber(place.number)
  const gone = await two.post(`/api/returns/${receiptId}/check`, {})
  expect(gone.body).toMatchObject({ outcome: 'returned', verified: true })
  const settled = await one.post<{ code: string }>(`/api/returns/${receiptId}/check`, {})
  expect([settled.status, settled.body.code]).toEqual([409, 'not_unknown'])
  await expectOnePost(control, place.number)

  // Free again: another return looks, and finds nothing to send.
  expect((await askReturn(one, place)).body.outcome).toBe('already_gone')
  await expectOnePost(control, place.number)
})
