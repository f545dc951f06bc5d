import { join } from 'node:path'
import { type ApiClient, apiClient, clientWith } from '../tools/api-client.ts'
import { expect, test } from '../tools/fixtures.ts'
import { askReturn, expectPlainPost, isListed, type Place, postsIn, recordsOf, storyOf } from '../tools/returns.ts'
import { startApp } from '../tools/servers.ts'
import type { SandboxControl } from '../vida-sandbox/control.ts'

/** Fifty-one in all: so many at each of the three boundaries, with so many returns under way each time. */
const KILLS = 17
const AT_ONCE = 3
/** Longer than an intent's lease: until then nobody can know that the server is dead. */
const ORPHANS_MS = 40_000

test.use({ sandboxArgs: ['--organizations', '4', '--accounts', '4', '--numbers', '10'] })
test.describe.configure({ timeout: 120_000 })

interface Story {
  sandbox: { url: string; control: SandboxControl; tokens: { reseller: string } }
  dataDir: string
  /** Called before each server; says which rule the sandbox shall follow this time. */
  prepare: (kill: number) => Promise<unknown>
  /** Resolves at the moment of the kill; `sofar` counts the returns of earlier servers, too. */
  moment: (kill: number, sofar: number) => Promise<unknown>
}

/** Starts a server, has it return some numbers, and kills it at the moment; again and again on the same directory. */
async function killAgainAndAgain({ sandbox, dataDir, prepare, moment }: Story): Promise<Place[]> {
  const places = (await sandbox.control.numbers()).filter(({ accountId }) => accountId.startsWith('10000'))
  const asked: Place[] = []
  let cookie: string | null = null
  for (let kill = 0; kill < KILLS; kill++) {
    const app = await startOn(sandbox, dataDir)
    const client: ApiClient = cookie ? clientWith(app.url, cookie) : await apiClient(app.url, sandbox.tokens.reseller)
    cookie = client.cookie
    if (kill === 0) await client.events()
    else expect(numbersOf(await recordsOf(client)), 'what earlier servers began').toEqual(numbersOf(asked))
    await prepare(kill)
    // Each from another account, so that they do not wait for each other.
    const chosen = places.filter((_, index) => index % 10 === kill % 10).slice(kill < 10 ? 0 : 8, kill < 10 ? 3 : 11)
    asked.push(...chosen.slice(0, AT_ONCE))
    const answers = Promise.allSettled(chosen.slice(0, AT_ONCE).map((place) => askReturn(client, place)))
    await moment(kill, asked.length)
    await app.kill()
    await answers
  }
  expect(new Set(numbersOf(asked)).size).toBe(KILLS * AT_ONCE)
  return asked
}

function startOn({ url }: { url: string }, dataDir: string) {
  return startApp({ VIDA_API_BASE_URL: url, DATA_DIR: join(dataDir, 'data') })
}

function numbersOf(places: readonly { number: string }[]): string[] {
  return places.map(({ number }) => number).sort()
}

async function expectOnePostEach(control: SandboxControl, asked: readonly Place[]): Promise<void> {
  const posts = await postsIn(control)
  expect(posts.map(({ number }) => String(number)).sort()).toEqual(numbersOf(asked))
  for (const post of posts) expectPlainPost(post, String(post.number))
}

/** Waits until the leases of the last killed server are over and none of the records is open any more. */
async function allSettledAs(client: ApiClient, outcomes: readonly string[]): Promise<void> {
  const present = async () => [...new Set((await recordsOf(client)).map(({ outcome }) => outcome))].sort()
  await expect.poll(present, { timeout: ORPHANS_MS, intervals: [500] }).toEqual(outcomes)
}

test(`${KILLS} kills while the account is looked at: nothing was sent, and every number is free again`, async ({
  sandbox,
  dataDir,
}) => {
  const { control } = sandbox
  const looks = { path: 'phoneNumbers' }
  const asked = await killAgainAndAgain({
    sandbox,
    dataDir,
    prepare: async (kill) => {
      if (kill === 0) await control.fault({ match: looks, effect: { answer: { kind: 'hang' } } })
    },
    moment: (_, sofar) => control.waitFor({ ...looks, status: 'hung' }, sofar),
  })
  const app = await startOn(sandbox, dataDir)
  try {
    const client = await apiClient(app.url, sandbox.tokens.reseller)
    await allSettledAs(client, ['not_sent'])
    const records = await recordsOf(client)
    expect(numbersOf(records)).toEqual(numbersOf(asked))
    for (const record of records) expect(storyOf(record)).toEqual(['server_stopped'])
    expect(await postsIn(control)).toEqual([])

    await control.clearFaults()
    for (const place of asked.slice(-2)) expect((await askReturn(client, place)).body.outcome).toBe('returned')
  } finally {
    await app.stop()
  }
})

test(`${KILLS} kills while the request is out: all are unknown, none is sent again, reading settles them`, async ({
  sandbox,
  dataDir,
}) => {
  const { control } = sandbox
  const toReturn = { path: 'phoneNumber/return' }
  const asked = await killAgainAndAgain({
    sandbox,
    dataDir,
    prepare: async (kill) => {
      if (kill === 0) await control.fault({ match: toReturn, effect: { work: 'never', answer: { kind: 'hang' } } })
    },
    moment: (_, sofar) => control.waitFor({ ...toReturn, status: 'hung' }, sofar),
  })
  const app = await startOn(sandbox, dataDir)
  try {
    const client = await apiClient(app.url, sandbox.tokens.reseller)
    await allSettledAs(client, ['unknown'])
    const records = await recordsOf(client)
    expect(numbersOf(records)).toEqual(numbersOf(asked))
    for (const record of records) expect(storyOf(record).slice(0, 2)).toEqual(['sending', 'server_stopped'])

    for (const [index, record] of records.entries()) {
      if (index % 2 === 0) await control.removeNumber(record.number)
      const { body } = await client.post<{ outcome: string }>(`/api/returns/${record.receiptId}/check`, {})
      // A check of the server's own may have been the one that settled it.
      expect(body.outcome ?? 'returned').toBe(index % 2 === 0 ? 'returned' : 'unknown')
    }
    await expectOnePostEach(control, asked)
  } finally {
    await app.stop()
  }
})

test(`${KILLS} kills after the work and before the outcome is written: every one is found to be returned`, async ({
  sandbox,
  dataDir,
}) => {
  const { control } = sandbox
  const toReturn = { path: 'phoneNumber/return' }
  const asked = await killAgainAndAgain({
    sandbox,
    dataDir,
    prepare: async (kill) => {
      await control.clearFaults()
      // By turns the answer never comes, or the kill races with writing down what it says.
      const answer = kill % 2 === 0 ? ({ kind: 'hang' } as const) : ({ kind: 'honest' } as const)
      await control.fault({ match: toReturn, effect: { work: 'now', answer } })
    },
    moment: (_, sofar) => control.waitFor({ ...toReturn, worked: true }, sofar),
  })
  const app = await startOn(sandbox, dataDir)
  try {
    const client = await apiClient(app.url, sandbox.tokens.reseller)
    await allSettledAs(client, ['returned'])
    const records = await recordsOf(client)
    expect(numbersOf(records)).toEqual(numbersOf(asked))
    for (const record of records) {
      expect(storyOf(record)[0]).toBe('sending')
      const proven = record.events.some(({ how, gone }) => how === 'vida_answered' || gone === true)
      expect(proven, JSON.stringify(record)).toBe(true)
      expect(await isListed(control, record.number)).toBe(false)
    }
    await expectOnePostEach(control, asked)
  } finally {
    await app.stop()
  }
})
