import { join } from 'node:path'
import { apiClient, clientWith } from '../support/api-client.ts'
import { expect, test } from '../support/return-test.ts'
import { expectPlainPost, type Place, placesIn, RETURN, ReturnsApi, stepsOf } from '../support/returns.ts'
import { startApp } from '../support/servers.ts'
import type { SandboxControl } from '../vida-sandbox/control.ts'

/** Where the process waits at the kill, each is like the others. */
const KILLS_WAITING = 3
/** Where the kill races with a write. */
const KILLS_RACING = 8
/** Returns under way at each kill, so that one start of a server serves many. */
const AT_ONCE = 7
/** Longer than an intent's lease: until then nobody can know that the server is dead. */
const ORPHANS_MS = 40_000

test.use({ sharedApp: null, sandboxArgs: ['--organizations', '4', '--accounts', '4', '--numbers', '10'] })
test.describe.configure({ timeout: 240_000 })

interface KillPlan {
  kills: number
  sandbox: { url: string; control: SandboxControl; tokens: { reseller: string } }
  dataDir: string
  /** Called before each server; says which rule the sandbox shall follow this time. */
  prepare: (kill: number) => Promise<unknown>
  /** Resolves at the moment of the kill; `sofar` counts the returns of earlier servers, too. */
  moment: (kill: number, sofar: number) => Promise<unknown>
}

/** Starts a server, has it return some numbers, and kills it at the moment; again and again on the same directory. */
async function killAgainAndAgain({ kills, sandbox, dataDir, prepare, moment }: KillPlan): Promise<Place[]> {
  const places = await placesIn(sandbox.control)
  const asked: Place[] = []
  let cookie = ''
  for (let kill = 0; kill < kills; kill++) {
    const app = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: join(dataDir, 'data') })
    const client = cookie ? clientWith(app.url, cookie) : await apiClient(app.url, sandbox.tokens.reseller)
    const api = new ReturnsApi(client, sandbox.control)
    cookie = client.cookie
    if (kill === 0) await client.events()
    else expect(numbersOf(await api.records()), 'what earlier servers began').toEqual(numbersOf(asked))
    await prepare(kill)
    // Each from another account, so that they do not wait for each other.
    const chosen = places.filter((_, index) => index % 10 === kill).slice(0, AT_ONCE)
    asked.push(...chosen)
    const answers = Promise.allSettled(chosen.map((place) => api.confirm(place)))
    await moment(kill, asked.length)
    await app.kill()
    await answers
  }
  expect(new Set(numbersOf(asked)).size).toBe(kills * AT_ONCE)
  return asked
}

function numbersOf(places: readonly { number: string }[]): string[] {
  return places.map(({ number }) => number).sort()
}

async function expectOnePostEach(api: ReturnsApi, asked: readonly Place[]): Promise<void> {
  const posts = await api.posts()
  expect(posts.map(({ number }) => String(number)).sort()).toEqual(numbersOf(asked))
  for (const post of posts) expectPlainPost(post, String(post.number))
}

/** Waits until the leases of the last killed server are over and every record has one of these outcomes. */
async function allSettledAs(api: ReturnsApi, asked: readonly Place[], outcomes: readonly string[]) {
  const present = async () => [...new Set((await api.records()).map(({ outcome }) => outcome))].sort()
  await expect.poll(present, { timeout: ORPHANS_MS, intervals: [500] }).toEqual(outcomes)
  const records = await api.records()
  expect(numbersOf(records)).toEqual(numbersOf(asked))
  return records
}

test(`${KILLS_WAITING} kills before the account read is answered: nothing was sent, and every number is free again`, async ({
  sandbox,
  dataDir,
  startNextApp,
}) => {
  const { control } = sandbox
  const accountReads = { path: 'phoneNumbers' }
  const asked = await killAgainAndAgain({
    kills: KILLS_WAITING,
    sandbox,
    dataDir,
    prepare: async (kill) => {
      if (kill === 0) await control.fault({ match: accountReads, effect: { answer: { kind: 'hang' } } })
    },
    moment: (_, sofar) => control.waitFor({ ...accountReads, status: 'hung' }, sofar),
  })
  const api = await startNextApp()
  const records = await allSettledAs(api, asked, ['not_sent'])
  for (const record of records) expect(stepsOf(record)).toEqual(['server_stopped'])
  expect(await api.posts()).toEqual([])

  await control.clearFaults()
  for (const place of asked.slice(-2)) expect((await api.confirm(place)).body.outcome).toBe('returned')
})

test(`${KILLS_WAITING} kills while the request is out: all are unknown, none is sent again, reading settles them`, async ({
  sandbox,
  dataDir,
  startNextApp,
}) => {
  const { control } = sandbox
  const asked = await killAgainAndAgain({
    kills: KILLS_WAITING,
    sandbox,
    dataDir,
    prepare: async (kill) => {
      if (kill === 0) await control.fault({ match: RETURN, effect: { work: 'never', answer: { kind: 'hang' } } })
    },
    moment: (_, sofar) => control.waitFor({ ...RETURN, status: 'hung' }, sofar),
  })
  const api = await startNextApp()
  const records = await allSettledAs(api, asked, ['unknown'])
  for (const record of records) expect(stepsOf(record).slice(0, 2)).toEqual(['sending', 'server_stopped'])

  for (const [index, record] of records.entries()) {
    if (index % 2 === 0) await control.removeNumber(record.number)
    const { body } = await api.settle('check', record.receiptId)
    // A check of the server's own may have been the one that settled it.
    expect(body.outcome ?? 'returned').toBe(index % 2 === 0 ? 'returned' : 'unknown')
  }
  await expectOnePostEach(api, asked)
})

test(`${KILLS_RACING} kills after the work and before the outcome is written: every one is found to be returned`, async ({
  sandbox,
  dataDir,
  startNextApp,
}) => {
  const { control } = sandbox
  const asked = await killAgainAndAgain({
    kills: KILLS_RACING,
    sandbox,
    dataDir,
    prepare: async (kill) => {
      await control.clearFaults()
      // By turns the answer never comes, or the kill races with writing down what it says.
      const answer = kill % 2 === 0 ? ({ kind: 'hang' } as const) : ({ kind: 'normal' } as const)
      await control.fault({ match: RETURN, effect: { work: 'now', answer } })
    },
    moment: (_, sofar) => control.waitFor({ ...RETURN, worked: true }, sofar),
  })
  const api = await startNextApp()
  for (const record of await allSettledAs(api, asked, ['returned'])) {
    expect(stepsOf(record)[0]).toBe('sending')
    // Vida's yes alone would do; whoever comes next reads for it all the same.
    await api.recordThatIs(record.number, { verified: true })
    expect(await api.isListed(record.number)).toBe(false)
  }
  await expectOnePostEach(api, asked)
})

test('a kill between Vida’s answer and the re-read: the next server reads, and settles what the answer left open', async ({
  app,
  api,
  startNextApp,
}) => {
  const numbers = await api.control.numbers()
  const firstOf = (id: string) => {
    const place = numbers.find(({ accountId }) => accountId === id)
    if (!place) throw new Error(`account ${id} holds no number`)
    return place
  }
  const no = { kind: 'status', status: 404 } as const
  const cases = [
    { place: firstOf('1000001'), effect: {}, outcome: 'returned', verified: true, left: [] },
    {
      place: firstOf('1000002'),
      effect: { answer: no },
      outcome: 'refused',
      verified: false,
      left: ['server_stopped'],
    },
    {
      place: firstOf('1000003'),
      effect: { work: 'now', answer: no },
      outcome: 'already_gone',
      verified: true,
      left: ['server_stopped'],
    },
  ] as const
  const places = cases.map(({ place }) => place)
  for (const { place, effect } of cases) {
    await api.treatReturns(effect, place.number)
    // The account read before the return is answered, the one after is not.
    const accountReads = { path: 'phoneNumbers', targetAccountId: place.accountId }
    await api.control.fault({ match: accountReads, skip: 1, effect: { answer: { kind: 'hang' } } })
  }
  const answers = Promise.allSettled(places.map((place) => api.confirm(place)))
  await api.control.waitFor({ path: 'phoneNumbers', status: 'hung' }, places.length)
  await app.kill()
  await answers
  await api.control.clearFaults()

  const next = await startNextApp(api.client.cookie)
  for (const { place, outcome, verified, left } of cases) {
    const record = await next.recordThatIs(place.number, { outcome, verified }, ORPHANS_MS)
    expect(stepsOf(record)).toEqual(['sending', 'vida_answered', ...left, 'read_after'])
  }
  await expectOnePostEach(next, places)
})
