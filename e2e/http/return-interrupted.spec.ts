import { once } from 'node:events'
import { expect, test } from '../support/return-test.ts'
import { expectProblem, FRONT_DESK, storyOf, TO_RETURN } from '../support/returns.ts'

const [place] = FRONT_DESK

test('a tab that closes mid-return, and one that reloads, find the outcome in the history', async ({ desk }) => {
  await desk.treatReturns({ delayBeforeWorkMs: 1_000 })
  const tab = new AbortController()
  const asked = desk.client.raw('/api/numbers/return', {
    method: 'POST',
    headers: { origin: desk.client.url, 'content-type': 'application/json' },
    body: JSON.stringify({ ...place, note: null }),
    signal: tab.signal,
  })
  await desk.control.waitFor(TO_RETURN)
  tab.abort()
  await expect(asked).rejects.toThrow()

  // The page that is loaded next: the return is under way there, and asking again sends nothing.
  expect(await desk.record(place.number)).toMatchObject({ outcome: 'open', settledAt: null })
  expectProblem(await desk.ask(place), 409, 'return_in_progress')

  await desk.recordThatIs(place.number, { outcome: 'returned', verified: true })
  const post = await desk.expectOnePost(place.number)
  expect(post.aborted).toBe(false)
})

test('sign-out mid-return: it runs to its end, and the next sign-in sees what became of it', async ({
  desk,
  openDesk,
}) => {
  await desk.treatReturns({ delayAfterWorkMs: 700 })
  const asked = desk.ask(place)
  await desk.control.waitFor(TO_RETURN)

  expect((await desk.client.signOut()).status).toBe(204)
  expect((await desk.client.get('/api/returns')).status).toBe(401)

  expect((await asked).body.outcome).toBe('returned')
  expect(await (await openDesk()).record(place.number)).toMatchObject({ outcome: 'returned', verified: true })
  await desk.expectOnePost(place.number)
})

test('SIGTERM mid-return: the process waits for the outcome, writes it down and ends', async ({
  app,
  desk,
  openNextApp,
}) => {
  await desk.treatReturns({ delayAfterWorkMs: 1_500 })
  const asked = desk.ask(place)
  await desk.control.waitFor(TO_RETURN)
  const exit = once(app.child, 'exit')
  app.child.kill('SIGTERM')

  expect((await asked).body.outcome).toBe('returned')
  expect(await exit).toEqual([0, null])
  const next = await openNextApp(desk.client.cookie)
  expect(await next.record(place.number)).toMatchObject({ outcome: 'returned', verified: true })
  await desk.expectOnePost(place.number)
})

test('SIGTERM before the request: nothing is sent, and the process does not wait for the look', async ({
  app,
  desk,
  openNextApp,
}) => {
  const looking = { path: 'phoneNumbers' }
  await desk.control.fault({ match: looking, effect: { answer: { kind: 'hang' } } })
  const asked = desk.ask(place)
  await desk.control.waitFor(looking)
  const exit = once(app.child, 'exit')
  const askedToEnd = Date.now()
  app.child.kill('SIGTERM')

  expectProblem(await asked, 503, 'stopping')
  expect(await exit).toEqual([0, null])
  expect(Date.now() - askedToEnd).toBeLessThan(5_000)
  expect(await desk.posts()).toEqual([])
  const record = await (await openNextApp()).record(place.number)
  expect(record.outcome).toBe('not_sent')
  expect(storyOf(record)).toEqual(['server_stopped'])
})

test('a number that was moved after the page was drawn is already gone from its account: nothing is sent', async ({
  desk,
}) => {
  await desk.client.events()
  await desk.control.moveNumber(place.number, '100006')
  const { status, body } = await desk.ask(place)
  expect(status).toBe(200)
  expect(body.outcome).toBe('already_gone')
  expect(body.numbers?.map(({ number }) => number)).not.toContain(place.number)
  expect(await desk.posts()).toEqual([])
  expect(await desk.isListed(place.number)).toBe(true)
  const record = await desk.record(place.number)
  expect(record).toMatchObject({ outcome: 'already_gone', verified: true, accountId: place.accountId })
  expect(storyOf(record)).toEqual(['read_before'])
})

test('a number that was moved, and that another reading found in its new account, is not sent either', async ({
  desk,
}) => {
  await desk.client.events()
  await desk.control.moveNumber(place.number, '100006')
  await desk.client.events('?accountId=100006')
  expect((await desk.ask(place)).body.outcome).toBe('already_gone')
  expect(await desk.posts()).toEqual([])
})

test('a number in two accounts is not sent; once one of them has lost it, it is', async ({ desk }) => {
  await desk.control.addNumber(place.number, '100002')
  await desk.client.events()
  expectProblem(await desk.ask(place), 409, 'number_in_two_accounts')

  await desk.control.fault({
    match: { path: 'phoneNumbers' },
    times: 6,
    effect: { answer: { kind: 'status', status: 500 } },
  })
  expectProblem(await desk.ask(place), 502, 'account_unreadable')
  expect(await desk.posts()).toEqual([])
  expect(await desk.records()).toEqual([])

  await desk.control.clearFaults()
  await desk.control.removeNumber(place.number, '100002')
  expect((await desk.ask(place)).body.outcome).toBe('returned')
  await desk.expectOnePost(place.number)
})
