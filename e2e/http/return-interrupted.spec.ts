import { once } from 'node:events'
import { expect, test } from '../support/return-test.ts'
import { expectProblem, FRONT_DESK, RETURN, stepsOf } from '../support/returns.ts'

test.use({ sharedApp: 'returns' })

const [place] = FRONT_DESK

test('a tab that closes mid-return, and one that reloads, find the outcome in the history', async ({ api }) => {
  const waiting = await api.treatReturns({ waitBeforeWork: true })
  const tab = new AbortController()
  const asked = api.client.raw('/api/numbers/return', {
    method: 'POST',
    headers: { origin: api.client.url, 'content-type': 'application/json' },
    body: JSON.stringify({ ...place, note: null }),
    signal: tab.signal,
  })
  await api.control.waitFor(RETURN)
  tab.abort()
  await expect(asked).rejects.toThrow()

  // The page that is loaded next: the return is under way there, and asking again sends nothing.
  expect(await api.record(place.number)).toMatchObject({ outcome: 'open', settledAt: null })
  expectProblem(await api.confirm(place), 409, 'return_in_progress')

  await api.control.release(waiting)
  await api.recordThatIs(place.number, { outcome: 'returned', verified: true })
  const post = await api.expectOnePost(place.number)
  expect(post.aborted).toBe(false)
})

test('sign-out mid-return: it runs to its end, and the next sign-in sees what became of it', async ({
  api,
  openApi,
}) => {
  const waiting = await api.treatReturns({ waitAfterWork: true })
  const asked = api.confirm(place)
  await api.control.waitFor(RETURN)

  expect((await api.client.signOut()).status).toBe(204)
  expect((await api.client.get('/api/returns')).status).toBe(401)

  await api.control.release(waiting)
  expect((await asked).body.outcome).toBe('returned')
  expect(await (await openApi()).record(place.number)).toMatchObject({ outcome: 'returned', verified: true })
  await api.expectOnePost(place.number)
})

test.describe('asked to end', () => {
  test.use({ sharedApp: null })

  test('SIGTERM mid-return: the process waits for the outcome, writes it down and ends', async ({
    app,
    api,
    startNextApp,
  }) => {
    const waiting = await api.treatReturns({ waitAfterWork: true })
    const asked = api.confirm(place)
    await api.control.waitFor(RETURN)
    const exit = once(app.child, 'exit')
    app.child.kill('SIGTERM')
    await expect.poll(app.output).toContain('stopping')
    await api.control.release(waiting)

    expect((await asked).body.outcome).toBe('returned')
    expect(await exit).toEqual([0, null])
    const next = await startNextApp(api.client.cookie)
    expect(await next.record(place.number)).toMatchObject({ outcome: 'returned', verified: true })
    await api.expectOnePost(place.number)
  })

  test('SIGTERM before the request: nothing is sent, and the process does not wait for the look', async ({
    app,
    api,
    startNextApp,
  }) => {
    const looking = { path: 'phoneNumbers' }
    await api.control.fault({ match: looking, effect: { answer: { kind: 'hang' } } })
    const asked = api.confirm(place)
    await api.control.waitFor(looking)
    const exit = once(app.child, 'exit')
    const askedToEnd = Date.now()
    app.child.kill('SIGTERM')

    expectProblem(await asked, 503, 'stopping')
    expect(await exit).toEqual([0, null])
    expect(Date.now() - askedToEnd).toBeLessThan(5_000)
    expect(await api.posts()).toEqual([])
    const record = await (await startNextApp()).record(place.number)
    expect(record.outcome).toBe('not_sent')
    expect(stepsOf(record)).toEqual(['server_stopped'])
  })
})

test('a number that was moved after the page was drawn is already gone from its account: nothing is sent', async ({
  api,
}) => {
  await api.client.events()
  await api.control.moveNumber(place.number, '100006')
  const { status, body } = await api.confirm(place)
  expect(status).toBe(200)
  expect(body.outcome).toBe('already_gone')
  expect(body.numbers?.map(({ number }) => number)).not.toContain(place.number)
  expect(await api.posts()).toEqual([])
  expect(await api.isListed(place.number)).toBe(true)
  const record = await api.record(place.number)
  expect(record).toMatchObject({ outcome: 'already_gone', verified: true, accountId: place.accountId })
  expect(stepsOf(record)).toEqual(['read_before'])
})

test('a number that was moved, and that another reading found in its new account, is not sent either', async ({
  api,
}) => {
  await api.client.events()
  await api.control.moveNumber(place.number, '100006')
  await api.client.events('?accountId=100006')
  expect((await api.confirm(place)).body.outcome).toBe('already_gone')
  expect(await api.posts()).toEqual([])
})

test('a number in two accounts is not sent; once one of them has lost it, it is', async ({ api }) => {
  await api.control.addNumber(place.number, '100002')
  await api.client.events()
  expectProblem(await api.confirm(place), 409, 'number_in_two_accounts')

  await api.control.fault({
    match: { path: 'phoneNumbers' },
    times: 6,
    effect: { answer: { kind: 'status', status: 500 } },
  })
  expectProblem(await api.confirm(place), 502, 'account_unreadable')
  expect(await api.posts()).toEqual([])
  expect((await api.records()).map(stepsOf)).toEqual([['unreadable_before'], ['in_two_accounts']])

  await api.control.clearFaults()
  await api.control.removeNumber(place.number, '100002')
  expect((await api.confirm(place)).body.outcome).toBe('returned')
  await api.expectOnePost(place.number)
})
