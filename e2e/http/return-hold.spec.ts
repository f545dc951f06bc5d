import { randomUUID } from 'node:crypto'
import { type BatchBody, batchThatIs } from '../support/history.ts'
import { expect, test } from '../support/return-test.ts'
import {
  expectProblem,
  FRONT_DESK,
  type RecordBody,
  type ReturnBody,
  type ReturnsApi,
  stepsOf,
} from '../support/returns.ts'

test.use({ sharedApp: 'returns' })

const [place, next] = FRONT_DESK
/** So long that a test ends before it is over. */
const LONG = 60

interface Held extends ReturnBody {
  sendsAt?: string
}

const hold = ({ client }: ReturnsApi, holdSeconds: number, changes: object = {}) =>
  client.post<Held>('/api/numbers/return', { ...place, holdSeconds, ...changes })

const undo = ({ client }: ReturnsApi, receiptId = '') => client.post<ReturnBody>(`/api/returns/${receiptId}/undo`, {})

const receipt = async ({ client }: ReturnsApi, receiptId = '') =>
  (await client.get<RecordBody & { sendsAt: string }>(`/api/returns/${receiptId}`)).body

test('a held return answers at once, is open with its time in every list, and is sent once when the hold is over', async ({
  api,
}) => {
  const { status, body } = await hold(api, 1)
  expect(status).toBe(202)
  expect(body).toMatchObject({ outcome: 'open', receiptId: expect.stringMatching(/^R-/), sendsAt: expect.any(String) })
  expect(await receipt(api, body.receiptId)).toMatchObject({ outcome: 'open', sendsAt: body.sendsAt, events: [] })
  const { locked } = (await api.client.get<{ locked: object[] }>('/api/returns/marks')).body
  expect(locked).toEqual([{ number: place.number, receiptId: body.receiptId, outcome: 'open', sendsAt: body.sendsAt }])
  expect(await api.posts()).toEqual([])
  expectProblem(await hold(api, 1), 409, 'return_in_progress')
  await api.recordThatIs(place.number, { outcome: 'returned', verified: true })
  const post = await api.expectOnePost(place.number)
  expect(post.at).toBeGreaterThanOrEqual(Date.parse(body.sendsAt ?? ''))
  expectProblem(await undo(api, body.receiptId), 409, 'too_late')
})

test('an undo, from any session of the account, means that nothing is sent and the number is free', async ({
  api,
  openApi,
  sandbox,
}) => {
  const { receiptId } = (await hold(api, 0.5)).body
  const stranger = await openApi(sandbox.tokens.otherReseller)
  expectProblem(await undo(stranger, receiptId), 404, 'no_receipt')
  const elsewhere = await openApi()
  for (const session of [elsewhere, api])
    expect((await undo(session, receiptId)).body).toEqual({ receiptId, outcome: 'not_sent' })
  const again = (await hold(api, 0.5)).body
  await expect.poll(async () => (await receipt(api, again.receiptId)).outcome).toBe('returned')
  expect(stepsOf(await receipt(api, receiptId))).toEqual(['undone'])
  await api.expectOnePost(place.number)
})

test('signing out cancels what the session had confirmed, and signing out everywhere what all of them had', async ({
  api,
  openApi,
}) => {
  const other = await openApi()
  const mine = (await hold(api, LONG)).body
  const theirs = (await hold(other, LONG, next)).body
  await api.client.signOut()
  expect(stepsOf(await receipt(other, mine.receiptId))).toEqual(['signed_out'])
  expect(await receipt(other, theirs.receiptId)).toMatchObject({ outcome: 'open' })
  await other.client.raw('/api/session?everywhere=1', { method: 'DELETE', headers: { origin: other.client.url } })
  const later = await openApi()
  expect(stepsOf(await receipt(later, theirs.receiptId))).toEqual(['signed_out'])
  expect(await later.posts()).toEqual([])
})

test('a sign-out while the account is still being read stops the request', async ({ api, openApi, sandbox }) => {
  const other = await openApi()
  await api.client.events()
  const match = { path: 'phoneNumbers' }
  const waiting = await sandbox.control.fault({ match, effect: { waitAfterWork: true } })
  const answer = api.confirm(place)
  await sandbox.control.waitFor({ path: 'phoneNumbers', targetAccountId: place.accountId }, 2)
  await api.client.signOut()
  await sandbox.control.release(waiting)
  expectProblem(await answer, 401, 'signed_out')
  expect(stepsOf(await other.record(place.number))).toEqual(['signed_out'])
  expect(await other.posts()).toEqual([])
})

test('the same request id never makes a second return and gets the first one’s answer', async ({ api }) => {
  const requestId = randomUUID()
  const ask = (changes: object = {}) => hold(api, 0, { requestId, ...changes })
  const [first, second] = await Promise.all([ask(), ask()])
  expect(first.body).toMatchObject({ outcome: 'returned' })
  expect(second.body).toMatchObject({ outcome: 'returned', receiptId: first.body.receiptId })
  expect((await ask()).body).toMatchObject({ outcome: 'returned', receiptId: first.body.receiptId })
  expectProblem(await ask({ note: 'another' }), 409, 'request_reused')
  await api.expectOnePost(place.number)
  const held = { requestId: randomUUID(), ...next }
  const answers = [await hold(api, LONG, held), await hold(api, LONG, held)]
  expect(answers.map(({ status }) => status)).toEqual([202, 202])
  expect(answers[1]?.body).toEqual(answers[0]?.body)
  await undo(api, answers[0]?.body.receiptId)
})

test('what is no hold and no request id is refused, and nothing is written', async ({ api }) => {
  for (const wrong of [{ holdSeconds: -1 }, { holdSeconds: 61 }, { holdSeconds: '8' }, { requestId: 'twice' }])
    expectProblem(await hold(api, 0, wrong), 400, 'malformed')
  expect(await api.records()).toEqual([])
})

test('two accounts above one number: the first sends, the second is told whose return it waits for', async ({
  api,
  openApi,
  sandbox,
}) => {
  const partner = await openApi(sandbox.tokens.partner)
  await Promise.all([api.client.events(), partner.client.events()])
  const waiting = await api.treatReturns({ waitBeforeWork: true })
  const first = api.confirm(place)
  await sandbox.control.waitFor({ path: 'phoneNumber/return' }, 1)
  const second = await partner.confirm(place)
  expectProblem(second, 409, 'return_in_progress')
  expect(second.body.detail).toContain('Another account')
  await sandbox.control.release(waiting)
  expect((await first).body).toMatchObject({ outcome: 'returned' })
  expect(stepsOf(await partner.record(place.number))).toEqual(['held_elsewhere'])
  await api.expectOnePost(place.number)
})

test.describe('where an unknown role may return', () => {
  test.use({ appEnv: { ALLOW_UNKNOWN_ROLE: '1' } })

  test('a number typed by hand by somebody without authority never keeps its owner from returning it', async ({
    api,
    openApi,
    sandbox,
  }) => {
    const stranger = await openApi(sandbox.tokens.unknown)
    const byHand = await hold(stranger, LONG, { accountId: null })
    expect(byHand.status).toBe(202)
    expect((await api.confirm(place)).body).toMatchObject({ outcome: 'returned' })
    await undo(stranger, byHand.body.receiptId)
    await api.expectOnePost(place.number)
  })
})

test.describe('a batch', () => {
  const begin = async ({ client }: ReturnsApi, holdSeconds: number, requestId: string | null = null) =>
    (
      await client.post<BatchBody & { sendsAt: string }>('/api/batches', {
        returns: [place, next],
        holdSeconds,
        requestId,
      })
    ).body

  test('is held whole, has begun nothing, and is undone with one request', async ({ api }) => {
    const batch = await begin(api, LONG)
    expect(batch).toMatchObject({ state: 'held', counts: { waiting: 2 } })
    expect(Date.parse(batch.sendsAt)).toBeGreaterThan(Date.now())
    expect(await api.records()).toEqual([])
    const undone = await api.client.post<BatchBody>(`/api/batches/${batch.id}/stop`, {})
    expect(undone.body).toMatchObject({ state: 'ended', reason: 'undone', counts: { not_sent: 2 } })
    expect((await api.confirm(place)).body).toMatchObject({ outcome: 'returned' })
    await api.expectOnePost(place.number)
  })

  test('runs when its hold is over, once for a request id', async ({ api }) => {
    const requestId = randomUUID()
    const [one, two] = await Promise.all([begin(api, 0.5, requestId), begin(api, 0.5, requestId)])
    expect(two.id).toBe(one.id)
    await batchThatIs(api.client, one.id, 'ended')
    expect((await api.posts()).map(({ number }) => number).sort()).toEqual([place.number, next.number])
  })

  test('ends without a request when its session is signed out', async ({ api, openApi }) => {
    const batch = await begin(api, LONG)
    await api.client.signOut()
    const other = await openApi()
    expect(await batchThatIs(other.client, batch.id, 'ended')).toMatchObject({ reason: 'signed_out' })
    expect(await other.posts()).toEqual([])
  })
})

test.describe('a server that ends', () => {
  test.use({ sharedApp: null })

  test('cancels what is held when it is asked to end, and leaves a held batch paused', async ({
    app,
    api,
    startNextApp,
  }) => {
    const { receiptId } = (await hold(api, LONG)).body
    const { id } = (await api.client.post<BatchBody>('/api/batches', { returns: [next], holdSeconds: LONG })).body
    await app.stop()
    const later = await startNextApp(api.client.cookie)
    expect(stepsOf(await receipt(later, receiptId))).toEqual(['server_stopped'])
    expect(await batchThatIs(later.client, id, 'paused')).toMatchObject({ counts: { waiting: 1 } })
    expect(await later.posts()).toEqual([])
  })

  test('by kill -9 has sent nothing of what was held', async ({ app, api, startNextApp }) => {
    const { receiptId } = (await hold(api, LONG)).body
    await app.kill()
    const later = await startNextApp(api.client.cookie)
    const steps = async () => stepsOf(await receipt(later, receiptId))
    await expect.poll(steps, { timeout: 20_000 }).toEqual(['server_stopped'])
    expect(await receipt(later, receiptId)).toMatchObject({ outcome: 'not_sent' })
    expect(await later.posts()).toEqual([])
  })
})
