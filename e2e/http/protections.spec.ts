import type { ProtectionChange, ProtectionTarget } from '../../lib/domain/protections/protection.ts'
import type { Answer } from '../support/api-client.ts'
import { type BatchBody, batchThatIs, begin } from '../support/history.ts'
import { expect, test } from '../support/return-test.ts'
import {
  expectProblem,
  FRONT_DESK,
  type ReturnBody,
  type ReturnsApi,
  sentNumbers,
  stepsOf,
} from '../support/returns.ts'

test.use({ sharedApp: 'returns' })

const [place, next, third, fourth] = FRONT_DESK
const OF_NUMBER: ProtectionTarget = { level: 'number', target: place.number }
const OF_ACCOUNT: ProtectionTarget = { level: 'account', target: place.accountId }
const OF_ORGANIZATION: ProtectionTarget = { level: 'organization', target: '8001' }

interface ProtectionBody extends ProtectionTarget {
  id: string
  name: string | null
  code?: string
  detail?: string
}

const protect = ({ client }: ReturnsApi, target: ProtectionTarget = OF_NUMBER, reason = 'Main line') =>
  client.post<ProtectionBody>('/api/protections', { ...target, reason })

const lift = ({ client }: ReturnsApi, id: string, reason = 'Line closed') =>
  client.post<ProtectionChange & { code?: string }>(`/api/protections/${id}/lift`, { reason })

const activeOf = async ({ client }: ReturnsApi) =>
  (await client.get<{ protections: ProtectionBody[] }>('/api/protections')).body.protections

const changesOf = async ({ client }: ReturnsApi) =>
  (await client.get<{ changes: ProtectionChange[] }>('/api/protections?history=1')).body.changes

/** Every way to return the number, from two sessions of the account. */
async function everyWay(sessions: readonly ReturnsApi[]) {
  const answers: [string, Answer<ReturnBody>][] = []
  for (const { client } of sessions) {
    const ask = (body: object) => client.post<ReturnBody>('/api/numbers/return', body)
    answers.push(
      ['at once', await ask(place)],
      ['held', await ask({ ...place, holdSeconds: 60 })],
      ['by hand', await ask({ number: place.number, accountId: null })],
      ['by hand, held', await ask({ number: place.number, accountId: null, holdSeconds: 60 })],
      ['in a batch', await client.post<ReturnBody>('/api/batches', { returns: [next, place] })],
    )
  }
  return answers
}

test('a protected number is refused in every way, from every session, with the reason, and goes once it is lifted', async ({
  api,
  openApi,
}) => {
  const other = await openApi()
  await api.client.events()
  const about = [
    [OF_NUMBER, `${place.number} is protected: “Main line”.`],
    [OF_ACCOUNT, `(${place.accountId}) is protected: “Main line”.`],
    [OF_ORGANIZATION, '(8001) is protected: “Main line”.'],
  ] as const
  for (const [target, why] of about) {
    const { id } = (await protect(api, target)).body
    for (const [way, answer] of await everyWay([api, other])) {
      expectProblem(answer, 403, 'protected', `${target.level} ${way}`)
      const isWhole = way === 'in a batch' && target !== OF_NUMBER
      expect(answer.body.detail, `${target.level} ${way}`).toContain(isWhole ? '2 of these numbers are protected' : why)
      expect(answer.body.detail).toContain('Nothing was sent.')
    }
    expect((await lift(other, id)).status).toBe(200)
  }
  expect(await api.records()).toEqual([])
  expect(await api.posts()).toEqual([])
  expect((await api.confirm(place)).body).toMatchObject({ outcome: 'returned' })
})

test('a protection that is set while a return is held ends it as not sent, and says so in its receipt', async ({
  api,
}) => {
  const held = await api.client.post<ReturnBody>('/api/numbers/return', { ...place, holdSeconds: 1 })
  expect(held.status).toBe(202)
  await protect(api)
  const record = await api.recordThatIs(place.number, { outcome: 'not_sent' })
  expect(stepsOf(record)).toEqual(['protected'])
  expect(await api.posts()).toEqual([])
})

test('a batch leaves out the number that was protected after its confirmation, and goes on', async ({
  api,
  sandbox,
}) => {
  const waiting = await api.treatReturns({ waitBeforeWork: true })
  const id = await begin(api.client, [place, next, third, fourth])
  await sandbox.control.waitFor({ path: 'phoneNumber/return' }, 2)
  await protect(api, { level: 'number', target: third.number })
  await sandbox.control.release(waiting)
  const batch: BatchBody = await batchThatIs(api.client, id, 'ended')
  expect(batch).toMatchObject({ reason: 'finished', counts: { returned: 3, not_sent: 1 } })
  expect(batch.items.find(({ number }) => number === third.number)).toMatchObject({
    outcome: 'not_sent',
    message: expect.stringContaining('This number is protected'),
  })
  expect(stepsOf(await api.record(third.number))).toEqual(['protected'])
  expect(await sentNumbers(sandbox.control)).not.toContain(third.number)
})

test('it binds the account that set it, which alone sees it and can lift it', async ({ api, openApi, sandbox }) => {
  const partner = await openApi(sandbox.tokens.partner)
  const { id } = (await protect(api)).body
  expect(await activeOf(partner)).toEqual([])
  expect(await changesOf(partner)).toEqual([])
  expectProblem(await lift(partner, id), 404, 'no_protection')
  expect((await partner.confirm(place)).body).toMatchObject({ outcome: 'returned' })
  expect(await activeOf(api)).toMatchObject([{ id, ...OF_NUMBER }])
})

test('each change of it stays in the ledger with its reason, and the marks name the newest', async ({ api }) => {
  const newest = async () =>
    (await api.client.get<{ protections: string | null }>('/api/returns/marks')).body.protections
  expect(await newest()).toBeNull()
  const { body } = await protect(api, OF_ACCOUNT)
  expect(body).toMatchObject({ ...OF_ACCOUNT, name: expect.stringContaining('Front desk'), reason: 'Main line' })
  expect(await newest()).toBe(body.id)
  const second = await protect(api, OF_ACCOUNT, 'Again')
  expectProblem(second, 409, 'already_protected')
  expect(second.body.detail).toContain('“Main line”')
  const lifted = (await lift(api, body.id)).body
  expect(lifted).toMatchObject({ protectionId: body.id, change: 'lifted', reason: 'Line closed', operator: null })
  expect(await newest()).toBe(lifted.id)
  expectProblem(await lift(api, body.id), 404, 'no_protection')
  expect(await activeOf(api)).toEqual([])
  expect(await changesOf(api)).toMatchObject([
    { id: lifted.id, change: 'lifted', reason: 'Line closed', ...OF_ACCOUNT },
    { id: body.id, change: 'set', reason: 'Main line', ...OF_ACCOUNT },
  ])
})

test('a partner protects no reseller, as its accounts are not listed with it', async ({ openApi, sandbox }) => {
  const partner = await openApi(sandbox.tokens.partner)
  expectProblem(await protect(partner, { level: 'organization', target: '70001' }), 400, 'invalid_account')
})

test('without a reason, or for what is none of the account’s, nothing is set or lifted', async ({ api }) => {
  const { id } = (await protect(api)).body
  for (const reason of ['', '  ', '\u200b', 'x'.repeat(201)]) {
    expectProblem(await api.client.post('/api/protections', { ...OF_ACCOUNT, reason }), 400, 'reason_required')
    expectProblem(await api.client.post(`/api/protections/${id}/lift`, { reason }), 400, 'reason_required')
  }
  for (const [target, status, code] of [
    [{ level: 'number', target: '2145550101' }, 400, 'invalid_number'],
    [{ level: 'account', target: 'front desk' }, 400, 'invalid_account'],
    [{ level: 'account', target: '200001' }, 403, 'foreign_account'],
    [{ level: 'organization', target: '8101' }, 403, 'foreign_account'],
    [{ level: 'organization', target: place.accountId }, 403, 'foreign_account'],
    [{ level: 'partner', target: '70001' }, 400, 'malformed'],
    [{ level: 'number', target: '+12145550199', owner: '70001' }, 400, 'malformed'],
  ] as const)
    expectProblem(await api.client.post('/api/protections', { ...target, reason: 'x' }), status, code, target.target)
  expectProblem(await lift(api, 'P-NONE'), 404, 'no_protection')
  expect(await activeOf(api)).toMatchObject([{ id, ...OF_NUMBER }])
})
