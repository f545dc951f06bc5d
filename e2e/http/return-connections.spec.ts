import { expect, test } from '../tools/fixtures.ts'
import {
  askReturn,
  expectOnePost,
  expectPlainPost,
  FRONT_DESK,
  isListed,
  postsIn,
  recordOf,
  recordsOf,
  recordThatIs,
  storyOf,
} from '../tools/returns.ts'

const [place, second, third] = FRONT_DESK
const toReturn = { path: 'phoneNumber/return' }

test('time-outs: done before or 20 s later is found by reading, never done stays unknown', async ({
  sandbox: { control },
  signIn,
}) => {
  test.setTimeout(90_000)
  const client = await signIn()
  const hang = { kind: 'hang' } as const
  await control.fault({ match: { ...toReturn, number: place.number }, effect: { work: 'now', answer: hang } })
  await control.fault({ match: { ...toReturn, number: second.number }, effect: { work: 'never', answer: hang } })
  await control.fault({
    match: { ...toReturn, number: third.number },
    effect: { work: { afterMs: 20_000 }, answer: hang },
  })
  const places = [place, second, third]
  const startedAt = Date.now()

  const answers = await Promise.all(places.map((each) => askReturn(client, each)))

  // 30 s for the request, 1 s until the first look.
  expect(Date.now() - startedAt).toBeGreaterThan(30_900)
  expect(Date.now() - startedAt).toBeLessThan(40_000)
  expect(answers.map(({ status, body }) => [status, body.outcome])).toEqual([
    [200, 'returned'],
    [200, 'unknown'],
    [200, 'returned'],
  ])
  const posts = await postsIn(control)
  expect(posts).toHaveLength(3)
  for (const post of posts) expectPlainPost(post, String(post.number))
  expect(storyOf(await recordOf(client, place.number))).toEqual(['sending', 'no_answer', 'read_after'])
  expect(await recordOf(client, second.number)).toMatchObject({ outcome: 'unknown', verified: false, settledAt: null })
  expect(await recordOf(client, third.number)).toMatchObject({ outcome: 'returned', verified: true })
})

test('reset after the work: unknown, then returned because the account lacks the number', async ({
  sandbox: { control },
  signIn,
}) => {
  const client = await signIn()
  await control.fault({ match: toReturn, effect: { work: 'now', answer: { kind: 'drop' } } })
  const { status, body } = await askReturn(client, place)
  expect(status).toBe(200)
  expect(body).toMatchObject({ outcome: 'returned', message: null })
  expect(body.numbers?.map(({ number }) => number)).not.toContain(place.number)
  await expectOnePost(control, place.number)
  const record = await recordOf(client, place.number)
  expect(record.events).toMatchObject([
    { how: 'sending', outcome: 'open' },
    { how: 'no_answer', outcome: 'unknown', httpStatus: null },
    { how: 'read_after', outcome: 'returned', gone: true },
  ])
})

for (const how of ['reset', 'close'] as const) {
  test(`${how} before the work: unknown, and the number stays locked`, async ({ sandbox: { control }, signIn }) => {
    const client = await signIn()
    await control.fault({ match: toReturn, effect: { work: 'never', answer: { kind: 'drop', how } } })
    expect((await askReturn(client, place)).body).toMatchObject({ outcome: 'unknown' })

    const again = await askReturn(client, place)
    expect([again.status, again.body.code]).toEqual([409, 'return_unsettled'])
    await expectOnePost(control, place.number)
    expect(await recordOf(client, place.number)).toMatchObject({ outcome: 'unknown', verified: false })
  })
}

test('work that is done after the answer was lost is found by a later check', async ({
  sandbox: { control },
  signIn,
}) => {
  const client = await signIn()
  await control.fault({ match: toReturn, effect: { work: { afterMs: 2_000 }, answer: { kind: 'drop' } } })
  expect((await askReturn(client, place)).body.outcome).toBe('unknown')
  const record = await recordThatIs(client, place.number, { outcome: 'returned', verified: true })
  expect(record.events).toMatchObject([
    { how: 'sending' },
    { how: 'no_answer' },
    { how: 'read_after', gone: false },
    { how: 'read_after', gone: true },
  ])
  await expectOnePost(control, place.number)
})

test('refused connection: 503, not sent, and the number is free again', async ({ sandbox: { control }, signIn }) => {
  const client = await signIn()
  await control.setReachable(false)
  // By hand, because no look comes before it that would fail first.
  const { status, body } = await askReturn(client, { number: place.number, accountId: null })
  expect([status, body.code]).toEqual([503, 'vida_unreachable'])
  expect(body.detail).toContain('nothing was sent')
  expect(await postsIn(control)).toEqual([])
  const record = await recordOf(client, place.number)
  expect(record).toMatchObject({ outcome: 'not_sent', verified: null })
  expect(storyOf(record)).toEqual(['sending', 'never_connected'])

  await control.setReachable(true)
  expect((await askReturn(client, place)).body.outcome).toBe('returned')
  expect((await recordsOf(client)).map(({ outcome }) => outcome)).toEqual(['returned', 'not_sent'])
})

test('Vida unreachable for the look: 502, nothing sent, and the ledger says so', async ({
  sandbox: { control },
  signIn,
}) => {
  const client = await signIn()
  await client.events()
  await control.setReachable(false)
  const { status, body } = await askReturn(client, place)
  expect([status, body.code]).toEqual([502, 'account_unreadable'])
  await control.setReachable(true)
  expect(await postsIn(control)).toEqual([])
  const record = await recordOf(client, place.number)
  expect(record.outcome).toBe('not_sent')
  expect(storyOf(record)).toEqual(['unreadable_before'])
})

test('a stale keep-alive connection: the return goes out on a fresh one', async ({ sandbox: { control }, signIn }) => {
  const client = await signIn()
  await control.fault({
    match: { path: 'phoneNumbers' },
    times: 1,
    effect: { answer: { kind: 'stale-keep-alive', when: 'next-request' } },
  })
  expect((await askReturn(client, place)).body).toMatchObject({ outcome: 'returned', message: 'Success' })
  await expectOnePost(control, place.number)
  expect(await recordOf(client, place.number)).toMatchObject({ outcome: 'returned', verified: true })
  expect(await isListed(control, place.number)).toBe(false)
})

test('a re-read that fails after an unknown settles nothing; a later one does', async ({
  sandbox: { control },
  signIn,
}) => {
  const client = await signIn()
  await control.fault({ match: toReturn, effect: { work: 'now', answer: { kind: 'drop' } } })
  const broken = { kind: 'status', status: 500 } as const
  await control.fault({ match: { path: 'phoneNumbers' }, skip: 1, times: 3, effect: { answer: broken } })

  expect((await askReturn(client, place)).body).toMatchObject({ outcome: 'unknown', numbers: null })

  expect(await recordOf(client, place.number)).toMatchObject({ outcome: 'unknown', verified: null })
  await recordThatIs(client, place.number, { outcome: 'returned', verified: true })
  await expectOnePost(control, place.number)
})
