import { expect, test } from '../support/return-test.ts'
import { expectProblem, FRONT_DESK, storyOf } from '../support/returns.ts'

test.use({ houseName: 'returns' })

const [place] = FRONT_DESK
const byHand = { number: place.number, accountId: null }

test('a number typed by hand that the known list holds uses that account', async ({ desk }) => {
  await desk.client.events()
  expect((await desk.ask(byHand)).body.outcome).toBe('returned')
  expect(await desk.record(place.number)).toMatchObject({ accountId: place.accountId, verified: true })

  // Known to be gone from there, it is nobody's: the next one is on the person's word, and Vida says no.
  const { body } = await desk.ask(byHand)
  expect(body.outcome).toBe('refused')
  expect(body.message).toContain('not assigned')
  expect(await desk.posts()).toHaveLength(2)
})

test('a number typed by hand that was in two accounts and now is in none is not sent', async ({ desk }) => {
  await desk.control.addNumber(place.number, '100002')
  await desk.client.events()
  await desk.control.removeNumber(place.number)
  expect((await desk.ask(byHand)).body.outcome).toBe('already_gone')
  expect(await desk.posts()).toEqual([])
})

test('an unknown without an account stays one until a complete reading lacks the number', async ({ desk }) => {
  await desk.treatReturns({ work: 'never', answer: { kind: 'drop' } })
  const { body } = await desk.ask(byHand)
  expect(body).toMatchObject({ outcome: 'unknown', numbers: null })
  const { receiptId } = await desk.record(place.number)
  const check = await desk.settle('check', receiptId)
  expectProblem(check, 502, 'account_unreadable')
  expect(check.body).toMatchObject({ detail: expect.stringContaining('Refresh Numbers') })
  expectProblem(await desk.settle('mark', receiptId), 409, 'too_early_to_mark')

  // Still there: proves nothing.
  expect((await desk.client.events()).at(-1)).toMatchObject({ complete: true })
  expect(await desk.record(place.number)).toMatchObject({ outcome: 'unknown' })

  // Gone, but an account could not be read: it might be there.
  await desk.control.removeNumber(place.number)
  await desk.control.fault({
    match: { path: 'phoneNumbers', targetAccountId: '100040' },
    times: 3,
    effect: { answer: { kind: 'status', status: 500 } },
  })
  expect((await desk.client.events()).at(-1)).toMatchObject({ complete: false })
  expect(await desk.record(place.number)).toMatchObject({ outcome: 'unknown' })

  expect((await desk.client.events()).at(-1)).toMatchObject({ complete: true })
  const record = await desk.recordThatIs(place.number, { outcome: 'returned', verified: true })
  expect(storyOf(record)).toEqual(['sending', 'no_answer', 'absent_from_scan'])
  await desk.expectOnePost(place.number)
})

test('a return by hand that Vida accepted is confirmed by a complete reading that lacks the number', async ({
  desk,
}) => {
  await desk.treatReturns({ work: 'never' })
  expect((await desk.ask(byHand)).body).toMatchObject({ outcome: 'returned', numbers: null })
  expect(await desk.record(place.number)).toMatchObject({ accountId: null, verified: null })

  // Not before nobody can be about to look any more; still there, it is told to be.
  const read = async () => (await desk.client.events()).at(-1)
  await expect
    .poll(async () => [await read(), (await desk.record(place.number)).verified], {
      timeout: 20_000,
      intervals: [1_000],
    })
    .toEqual([expect.objectContaining({ complete: true }), false])

  await desk.control.removeNumber(place.number)
  await expect
    .poll(async () => [await read(), (await desk.record(place.number)).verified], {
      timeout: 30_000,
      intervals: [1_000],
    })
    .toEqual([expect.objectContaining({ complete: true }), true])
  const record = await desk.record(place.number)
  expect(record).toMatchObject({ outcome: 'returned' })
  expect(storyOf(record)).toEqual(['sending', 'vida_answered', 'seen_in_scan', 'absent_from_scan'])
})

const problems: [what: string, call: { number: string; accountId: string | null }, status: number, code: string][] = [
  ['a number that is none', { number: '214 555 0101', accountId: null }, 400, 'invalid_number'],
  ['an account id that is none', { number: place.number, accountId: '../1' }, 400, 'invalid_account'],
  ['an account of another reseller', { number: '+13035550101', accountId: '200001' }, 403, 'foreign_account'],
]

test('what may not be returned is not sent and leaves no record', async ({ desk, openDesk, sandbox }) => {
  for (const [what, call, status, code] of problems) {
    expectProblem(await desk.ask(call), status, code, what)
  }
  expectProblem(await desk.ask(place, 'x'.repeat(201)), 400, 'malformed')
  const agent = await openDesk(sandbox.tokens.agent)
  expectProblem(await agent.ask(place), 403, 'not_allowed')
  expect(await desk.posts()).toEqual([])
  for (const each of [desk, agent]) expect(await each.records()).toEqual([])
  expect(await desk.isListed(place.number)).toBe(true)
})
