import { once } from 'node:events'
import { join } from 'node:path'
import { apiClient, clientWith } from '../tools/api-client.ts'
import { expect, test } from '../tools/fixtures.ts'
import {
  askReturn,
  expectOnePost,
  FRONT_DESK,
  isListed,
  postsIn,
  recordOf,
  recordsOf,
  recordThatIs,
  storyOf,
} from '../tools/returns.ts'
import { startApp } from '../tools/servers.ts'

const [place] = FRONT_DESK
const toReturn = { path: 'phoneNumber/return' }

test('a tab that closes mid-return, and one that reloads, find the outcome in the history', async ({
  sandbox: { control },
  signIn,
}) => {
  const client = await signIn()
  await control.fault({ match: toReturn, effect: { delayBeforeWorkMs: 1_000 } })
  const tab = new AbortController()
  const asked = client.raw('/api/numbers/return', {
    method: 'POST',
    headers: { origin: client.url, 'content-type': 'application/json' },
    body: JSON.stringify({ ...place, note: null }),
    signal: tab.signal,
  })
  await control.waitFor(toReturn)
  tab.abort()
  await expect(asked).rejects.toThrow()

  // The page that is loaded next: the return is under way there, and asking again sends nothing.
  expect(await recordOf(client, place.number)).toMatchObject({ outcome: 'open', settledAt: null })
  const again = await askReturn(client, place)
  expect([again.status, again.body.code]).toEqual([409, 'return_in_progress'])

  await recordThatIs(client, place.number, { outcome: 'returned', verified: true })
  const post = await expectOnePost(control, place.number)
  expect(post.aborted).toBe(false)
})

test('sign-out mid-return: it runs to its end, and the next sign-in sees what became of it', async ({
  sandbox: { control },
  signIn,
}) => {
  const client = await signIn()
  await control.fault({ match: toReturn, effect: { delayAfterWorkMs: 700 } })
  const asked = askReturn(client, place)
  await control.waitFor(toReturn)

  expect((await client.signOut()).status).toBe(204)
  expect((await client.get('/api/returns')).status).toBe(401)

  expect((await asked).body.outcome).toBe('returned')
  expect(await recordOf(await signIn(), place.number)).toMatchObject({ outcome: 'returned', verified: true })
  await expectOnePost(control, place.number)
})

test('SIGTERM mid-return: the process waits for the outcome, writes it down and ends', async ({
  app,
  sandbox,
  dataDir,
  signIn,
}) => {
  const { control } = sandbox
  const client = await signIn()
  await control.fault({ match: toReturn, effect: { delayAfterWorkMs: 1_500 } })
  const asked = askReturn(client, place)
  await control.waitFor(toReturn)
  const exit = once(app.child, 'exit')
  app.child.kill('SIGTERM')

  expect((await asked).body.outcome).toBe('returned')
  expect(await exit).toEqual([0, null])
  const next = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: join(dataDir, 'data') })
  try {
    const record = await recordOf(clientWith(next.url, client.cookie), place.number)
    expect(record).toMatchObject({ outcome: 'returned', verified: true })
    await expectOnePost(control, place.number)
  } finally {
    await next.stop()
  }
})

test('SIGTERM before the request: nothing is sent, and the process does not wait for the look', async ({
  app,
  sandbox,
  dataDir,
  signIn,
}) => {
  const { control } = sandbox
  const client = await signIn()
  const looking = { path: 'phoneNumbers' }
  await control.fault({ match: looking, effect: { answer: { kind: 'hang' } } })
  const asked = askReturn(client, place)
  await control.waitFor(looking)
  const exit = once(app.child, 'exit')
  const askedToEnd = Date.now()
  app.child.kill('SIGTERM')

  const { status, body } = await asked
  expect([status, body.code]).toEqual([503, 'stopping'])
  expect(await exit).toEqual([0, null])
  expect(Date.now() - askedToEnd).toBeLessThan(5_000)
  expect(await postsIn(control)).toEqual([])
  const next = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: join(dataDir, 'data') })
  try {
    const record = await recordOf(await apiClient(next.url, sandbox.tokens.reseller), place.number)
    expect(record.outcome).toBe('not_sent')
    expect(storyOf(record)).toEqual(['server_stopped'])
  } finally {
    await next.stop()
  }
})

test('a number that was moved after the page was drawn is already gone from its account: nothing is sent', async ({
  sandbox: { control },
  signIn,
}) => {
  const client = await signIn()
  await client.events()
  await control.moveNumber(place.number, '100006')
  const { status, body } = await askReturn(client, place)
  expect(status).toBe(200)
  expect(body.outcome).toBe('already_gone')
  expect(body.numbers?.map(({ number }) => number)).not.toContain(place.number)
  expect(await postsIn(control)).toEqual([])
  expect(await isListed(control, place.number)).toBe(true)
  const record = await recordOf(client, place.number)
  expect(record).toMatchObject({ outcome: 'already_gone', verified: true, accountId: place.accountId })
  expect(storyOf(record)).toEqual(['read_before'])
})

test('a number that was moved, and that another reading found in its new account, is not sent either', async ({
  sandbox: { control },
  signIn,
}) => {
  const client = await signIn()
  await client.events()
  await control.moveNumber(place.number, '100006')
  await client.events('?accountId=100006')
  expect((await askReturn(client, place)).body.outcome).toBe('already_gone')
  expect(await postsIn(control)).toEqual([])
})

test('a number in two accounts is not sent; once one of them has lost it, it is', async ({
  sandbox: { control },
  signIn,
}) => {
  const client = await signIn()
  await control.addNumber(place.number, '100002')
  await client.events()
  const twice = await askReturn(client, place)
  expect([twice.status, twice.body.code]).toEqual([409, 'number_in_two_accounts'])

  await control.fault({
    match: { path: 'phoneNumbers' },
    times: 6,
    effect: { answer: { kind: 'status', status: 500 } },
  })
  const unread = await askReturn(client, place)
  expect([unread.status, unread.body.code]).toEqual([502, 'account_unreadable'])
  expect(await postsIn(control)).toEqual([])
  expect(await recordsOf(client)).toEqual([])

  await control.clearFaults()
  await control.removeNumber(place.number, '100002')
  expect((await askReturn(client, place)).body.outcome).toBe('returned')
  await expectOnePost(control, place.number)
})
