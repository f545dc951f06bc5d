import { expect, test } from '../support/return-test.ts'
import { expectProblem, FRONT_DESK, stepsOf } from '../support/returns.ts'

test.use({ sharedApp: 'returns' })

const [place] = FRONT_DESK
const byHand = { number: place.number, accountId: null }

test('a number typed by hand that the known list holds uses that account', async ({ api }) => {
  await api.client.events()
  expect((await api.confirm(byHand)).body.outcome).toBe('returned')
  expect(await api.record(place.number)).toMatchObject({ accountId: place.accountId, verified: true })

  // Known to be gone from there, it is nobody's: the next one is on the person's word, and Vida says no.
  const { body } = await api.confirm(byHand)
  expect(body.outcome).toBe('refused')
  expect(body.message).toContain('not assigned')
  expect(await api.posts()).toHaveLength(2)
})

test('a number typed by hand that was in two accounts and now is in none is not sent', async ({ api }) => {
  await api.control.addNumber(place.number, '100002')
  await api.client.events()
  await api.control.removeNumber(place.number)
  expect((await api.confirm(byHand)).body.outcome).toBe('already_gone')
  expect(await api.posts()).toEqual([])
})

test('an unknown without an account stays one until a complete reading lacks the number', async ({ api }) => {
  await api.treatReturns({ work: 'never', answer: { kind: 'drop' } })
  const { body } = await api.confirm(byHand)
  expect(body).toMatchObject({ outcome: 'unknown', numbers: null })
  const { receiptId } = await api.record(place.number)
  const check = await api.settle('check', receiptId)
  expectProblem(check, 502, 'account_unreadable')
  expect(check.body).toMatchObject({ detail: expect.stringContaining('Refresh Numbers') })
  expectProblem(await api.settle('mark', receiptId), 409, 'too_early_to_mark')

  // Still there: proves nothing.
  expect((await api.client.events()).at(-1)).toMatchObject({ complete: true })
  expect(await api.record(place.number)).toMatchObject({ outcome: 'unknown' })

  // Gone, but an account could not be read: it might be there.
  await api.control.removeNumber(place.number)
  await api.control.fault({
    match: { path: 'phoneNumbers', targetAccountId: '100040' },
    times: 3,
    effect: { answer: { kind: 'status', status: 500 } },
  })
  expect((await api.client.events()).at(-1)).toMatchObject({ complete: false })
  expect(await api.record(place.number)).toMatchObject({ outcome: 'unknown' })

  expect((await api.client.events()).at(-1)).toMatchObject({ complete: true })
  const record = await api.recordThatIs(place.number, { outcome: 'returned', verified: true })
  expect(stepsOf(record)).toEqual(['sending', 'no_answer', 'absent_from_scan'])
  await api.expectOnePost(place.number)
})

test('an unknown that no reading ever listed is not settled by a complete reading that lacks it', async ({ api }) => {
  const nowhere = { number: '+12145559999', accountId: null }
  await api.treatReturns({ work: 'never', answer: { kind: 'status', status: 500 } })
  expect((await api.confirm(nowhere)).body).toMatchObject({ outcome: 'unknown' })
  for (let reading = 0; reading < 2; reading++)
    expect((await api.client.events()).at(-1)).toMatchObject({ complete: true })
  expect(await api.record(nowhere.number)).toMatchObject({ outcome: 'unknown', verified: null })
})

test('a return by hand that Vida accepted is confirmed by a complete reading that lacks the number', async ({
  api,
}) => {
  await api.treatReturns({ work: 'never' })
  expect((await api.confirm(byHand)).body).toMatchObject({ outcome: 'returned', numbers: null })
  expect(await api.record(place.number)).toMatchObject({ accountId: null, verified: null })

  // Not before nobody can be about to look any more; still there, it is told to be.
  const read = async () => (await api.client.events()).at(-1)
  await expect
    .poll(async () => [await read(), (await api.record(place.number)).verified], {
      timeout: 20_000,
      intervals: [1_000],
    })
    .toEqual([expect.objectContaining({ complete: true }), false])

  await api.control.removeNumber(place.number)
  await expect
    .poll(async () => [await read(), (await api.record(place.number)).verified], {
      timeout: 30_000,
      intervals: [1_000],
    })
    .toEqual([expect.objectContaining({ complete: true }), true])
  const record = await api.record(place.number)
  expect(record).toMatchObject({ outcome: 'returned' })
  expect(stepsOf(record)).toEqual(['sending', 'vida_answered', 'seen_in_scan', 'absent_from_scan'])
})

const problems: [what: string, call: { number: string; accountId: string | null }, status: number, code: string][] = [
  ['a number that is none', { number: '214 555 0101', accountId: null }, 400, 'invalid_number'],
  ['an account id that is none', { number: place.number, accountId: '../1' }, 400, 'invalid_account'],
  ['an account of another reseller', { number: '+13035550101', accountId: '200001' }, 403, 'foreign_account'],
]

test('what may not be returned is not sent, and an account that is not the caller’s is recorded as not found', async ({
  api,
  openApi,
  sandbox,
}) => {
  for (const [what, call, status, code] of problems) {
    expectProblem(await api.confirm(call), status, code, what)
  }
  expectProblem(await api.confirm(place, 'x'.repeat(201)), 400, 'malformed')
  const agent = await openApi(sandbox.tokens.agent)
  expectProblem(await agent.confirm(place), 403, 'not_allowed')
  expect(await api.posts()).toEqual([])
  expect(await agent.records()).toEqual([])
  const records = await api.records()
  expect(records).toMatchObject([{ number: '+13035550101', outcome: 'not_sent', accountName: null }])
  expect(records.map(stepsOf)).toEqual([['account_not_found']])
  expect(await api.isListed(place.number)).toBe(true)
})
