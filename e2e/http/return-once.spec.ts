import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { apiClient } from '../support/api-client.ts'
import { NO_POSTGRES, postgresDatabases, SESSION_SECRET } from '../support/postgres.ts'
import { expect, test } from '../support/return-test.ts'
import { expectPlainPost, expectProblem, FRONT_DESK, type Place, RETURN, ReturnsApi } from '../support/returns.ts'
import { type AppProcess, startApp } from '../support/servers.ts'

test.use({ sharedApp: 'returns' })

const [place] = FRONT_DESK
const inProgress = '409 return_in_progress'

/** Both at once, and Vida answers once one of them is told something else; gives `200 outcome` or `409 code`. */
async function bothAtOnce(apis: readonly [ReturnsApi, ReturnsApi], what: Place): Promise<string[]> {
  const [{ control }] = apis
  const waiting = await control.fault({ match: { ...RETURN, number: what.number }, effect: { waitBeforeWork: true } })
  const asked = apis.map((api) => api.confirm(what))
  await Promise.race(asked)
  await control.release(waiting)
  const answers = await Promise.all(asked)
  return answers.map(({ status, body }) => `${status} ${body.outcome ?? body.code}`).sort()
}

test.describe('asked for twice at once', () => {
  test('a double click returns once: the second request is told that it is under way', async ({ api }) => {
    await api.client.events()
    expect(await bothAtOnce([api, api], place)).toEqual(['200 returned', inProgress])
    await api.expectOnePost(place.number)
    expect(await api.record(place.number)).toMatchObject({ outcome: 'returned' })
  })

  test('two tabs with sessions of their own return once', async ({ api, openApi }) => {
    const tabs = [api, await openApi()] as const
    expect(await bothAtOnce(tabs, place)).toEqual(['200 returned', inProgress])
    await api.expectOnePost(place.number)
    for (const tab of tabs) expect(await tab.record(place.number)).toMatchObject({ outcome: 'returned' })
  })

  test('two people with different tokens above the number return once', async ({ api, openApi, sandbox }) => {
    const partner = await openApi(sandbox.tokens.partner)
    expect(await bothAtOnce([api, partner], place)).toEqual(['200 returned', inProgress])
    await api.expectOnePost(place.number)
    const all = [...(await api.records()), ...(await partner.records())]
    expect(all.filter(({ outcome }) => outcome === 'returned')).toHaveLength(1)
  })

  test('two processes on one data directory return each number once', async ({ api, startNextApp }) => {
    const other = await startNextApp()
    await contend(api, other)
    expect(other.client.url).not.toBe(api.client.url)
  })

  test('two instances on one PostgreSQL return each number once', async ({ sandbox, dataDir }) => {
    const server = await postgresDatabases()
    test.skip(server === null, NO_POSTGRES)
    if (!server) return
    const apps: AppProcess[] = []
    try {
      const DATABASE_URL = await server.takeDatabase()
      for (const name of ['one', 'two']) {
        const DATA_DIR = join(dataDir, name)
        mkdirSync(DATA_DIR, { mode: 0o700 })
        apps.push(await startApp({ VIDA_API_BASE_URL: sandbox.url, DATABASE_URL, DATA_DIR, SESSION_SECRET }))
      }
      const { control, tokens } = sandbox
      const open = async ({ url }: AppProcess) => new ReturnsApi(await apiClient(url, tokens.reseller), control)
      const [one, two] = await Promise.all(apps.map(open))
      if (!one || !two) throw new Error('two apps were started')
      await contend(one, two)
    } finally {
      await Promise.all(apps.map((app) => app.stop()))
    }
  })
})

/** Both return all four numbers at once: each goes out once, and both see the same history. */
async function contend(one: ReturnsApi, two: ReturnsApi): Promise<void> {
  for (const answers of await Promise.all(FRONT_DESK.map((each) => bothAtOnce([one, two], each))))
    expect(answers).toEqual(['200 returned', inProgress])
  const posts = await one.posts()
  expect(posts.map(({ number }) => number).sort()).toEqual(FRONT_DESK.map(({ number }) => number))
  for (const post of posts) expectPlainPost(post, String(post.number))
  const records = await one.records()
  expect(records.filter(({ outcome }) => outcome === 'returned')).toHaveLength(FRONT_DESK.length)
  expect(await two.records()).toEqual(records)
}

test('an unknown return locks its number for every session until it is settled', async ({ api: one, openApi }) => {
  const two = await openApi()
  await one.treatReturns({ work: 'never', answer: { kind: 'drop' } })
  expect((await one.confirm(place)).body.outcome).toBe('unknown')
  for (const api of [one, two]) expectProblem(await api.confirm(place), 409, 'return_unsettled')
  const { receiptId } = await one.record(place.number)

  expectProblem(await two.settle('mark', receiptId), 409, 'too_early_to_mark')
  const still = await two.settle('check', receiptId)
  expect(still.body).toMatchObject({ outcome: 'unknown', verified: false })

  await one.control.removeNumber(place.number)
  const gone = await two.settle('check', receiptId)
  expect(gone.body).toMatchObject({ outcome: 'returned', verified: true })
  expectProblem(await one.settle('check', receiptId), 409, 'not_unknown')
  await one.expectOnePost(place.number)

  // Free again: another return looks, and finds nothing to send.
  expect((await one.confirm(place)).body.outcome).toBe('already_gone')
  await one.expectOnePost(place.number)
})
