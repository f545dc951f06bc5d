import { expect, test } from '../support/return-test.ts'
import { expectPlainPost, expectProblem, FRONT_DESK, stepsOf } from '../support/returns.ts'

test.use({ sharedApp: 'returns' })

const [place, second, third] = FRONT_DESK

test('time-outs: done before or 20 s later is found by reading, never done stays unknown', async ({ api }) => {
  test.setTimeout(90_000)
  const hang = { kind: 'hang' } as const
  await api.treatReturns({ work: 'now', answer: hang }, place.number)
  await api.treatReturns({ work: 'never', answer: hang }, second.number)
  await api.treatReturns({ work: { afterMs: 20_000 }, answer: hang }, third.number)
  const places = [place, second, third]
  const startedAt = Date.now()

  const answers = await Promise.all(places.map((each) => api.confirm(each)))

  // 30 s for the request, 1 s until the first look.
  expect(Date.now() - startedAt).toBeGreaterThan(30_900)
  expect(Date.now() - startedAt).toBeLessThan(40_000)
  expect(answers.map(({ status, body }) => [status, body.outcome])).toEqual([
    [200, 'returned'],
    [200, 'unknown'],
    [200, 'returned'],
  ])
  const posts = await api.posts()
  expect(posts).toHaveLength(3)
  for (const post of posts) expectPlainPost(post, String(post.number))
  expect(stepsOf(await api.record(place.number))).toEqual(['sending', 'no_answer', 'read_after'])
  expect(await api.record(second.number)).toMatchObject({ outcome: 'unknown', verified: false, settledAt: null })
  expect(await api.record(third.number)).toMatchObject({ outcome: 'returned', verified: true })
})

test('reset after the work: unknown, then returned because the account lacks the number', async ({ api }) => {
  await api.treatReturns({ work: 'now', answer: { kind: 'drop' } })
  const { status, body } = await api.confirm(place)
  expect(status).toBe(200)
  expect(body).toMatchObject({ outcome: 'returned', message: null })
  expect(body.numbers?.map(({ number }) => number)).not.toContain(place.number)
  await api.expectOnePost(place.number)
  const record = await api.record(place.number)
  expect(record.events).toMatchObject([
    { how: 'sending', outcome: 'open' },
    { how: 'no_answer', outcome: 'unknown', httpStatus: null },
    { how: 'read_after', outcome: 'returned', gone: true },
  ])
})

for (const how of ['reset', 'close'] as const) {
  test(`${how} before the work: unknown, and the number stays locked`, async ({ api }) => {
    await api.treatReturns({ work: 'never', answer: { kind: 'drop', how } })
    expect((await api.confirm(place)).body).toMatchObject({ outcome: 'unknown' })

    expectProblem(await api.confirm(place), 409, 'return_unsettled')
    await api.expectOnePost(place.number)
    expect(await api.record(place.number)).toMatchObject({ outcome: 'unknown', verified: false })
  })
}

test('work that is done after the answer was lost is found by a later check', async ({ api }) => {
  await api.treatReturns({ work: { afterMs: 2_000 }, answer: { kind: 'drop' } })
  expect((await api.confirm(place)).body.outcome).toBe('unknown')
  const record = await api.recordThatIs(place.number, { outcome: 'returned', verified: true })
  expect(record.events).toMatchObject([
    { how: 'sending' },
    { how: 'no_answer' },
    { how: 'read_after', gone: false },
    { how: 'read_after', gone: true },
  ])
  await api.expectOnePost(place.number)
})

test('refused connection: 503, not sent, and the number is free again', async ({ api }) => {
  await api.control.setReachable(false)
  // By hand, because no look comes before it that would fail first.
  const answer = await api.confirm({ number: place.number, accountId: null })
  expectProblem(answer, 503, 'vida_unreachable')
  expect(answer.body.detail).toContain('nothing was sent')
  expect(await api.posts()).toEqual([])
  const record = await api.record(place.number)
  expect(record).toMatchObject({ outcome: 'not_sent', verified: null })
  expect(stepsOf(record)).toEqual(['never_connected'])

  await api.control.setReachable(true)
  expect((await api.confirm(place)).body.outcome).toBe('returned')
  expect((await api.records()).map(({ outcome }) => outcome)).toEqual(['returned', 'not_sent'])
})

test('Vida unreachable for the look: 502, nothing sent, and the ledger says so', async ({ api }) => {
  await api.client.events()
  await api.control.setReachable(false)
  expectProblem(await api.confirm(place), 502, 'account_unreadable')
  await api.control.setReachable(true)
  expect(await api.posts()).toEqual([])
  const record = await api.record(place.number)
  expect(record.outcome).toBe('not_sent')
  expect(stepsOf(record)).toEqual(['unreadable_before'])
})

test('a stale keep-alive connection: the return goes out on a fresh one', async ({ api }) => {
  await api.control.fault({
    match: { path: 'phoneNumbers' },
    times: 1,
    effect: { answer: { kind: 'stale-keep-alive' } },
  })
  expect((await api.confirm(place)).body).toMatchObject({ outcome: 'returned', message: 'Success' })
  await api.expectOnePost(place.number)
  expect(await api.record(place.number)).toMatchObject({ outcome: 'returned', verified: true })
  expect(await api.isListed(place.number)).toBe(false)
})

test('a re-read that fails after an unknown settles nothing; a later one does', async ({ api }) => {
  await api.treatReturns({ work: 'now', answer: { kind: 'drop' } })
  const broken = { kind: 'status', status: 500 } as const
  await api.control.fault({ match: { path: 'phoneNumbers' }, skip: 1, times: 3, effect: { answer: broken } })

  expect((await api.confirm(place)).body).toMatchObject({ outcome: 'unknown', numbers: null })

  expect(await api.record(place.number)).toMatchObject({ outcome: 'unknown', verified: null })
  await api.recordThatIs(place.number, { outcome: 'returned', verified: true })
  await api.expectOnePost(place.number)
})
