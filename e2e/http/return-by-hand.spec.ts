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

const [place] = FRONT_DESK
const byHand = { number: place.number, accountId: null }
const lost = { match: { path: 'phoneNumber/return' }, effect: { answer: { kind: 'drop' } } } as const

test('a number typed by hand that the known list holds uses that account', async ({ sandbox: { control }, signIn }) => {
  const client = await signIn()
  await client.events()
  expect((await askReturn(client, byHand)).body.outcome).toBe('returned')
  expect(await recordOf(client, place.number)).toMatchObject({ accountId: place.accountId, verified: true })

  // Known to be gone from there, it is nobody's: the next one is on the person's word, and Vida says no.
  const { body } = await askReturn(client, byHand)
  expect(body.outcome).toBe('refused')
  expect(body.message).toContain('not assigned')
  expect(await postsIn(control)).toHaveLength(2)
})

test('a number typed by hand that was in two accounts and now is in none is not sent', async ({
  sandbox: { control },
  signIn,
}) => {
  const client = await signIn()
  await control.addNumber(place.number, '100002')
  await client.events()
  await control.removeNumber(place.number)
  expect((await askReturn(client, byHand)).body.outcome).toBe('already_gone')
  expect(await postsIn(control)).toEqual([])
})

test('an unknown without an account stays one until a complete reading lacks the number', async ({
  sandbox: { control },
  signIn,
}) => {
  const client = await signIn()
  await control.fault({ ...lost, effect: { ...lost.effect, work: 'never' } })
  const { body } = await askReturn(client, byHand)
  expect(body).toMatchObject({ outcome: 'unknown', numbers: null })
  const { receiptId } = await recordOf(client, place.number)
  const check = await client.post<{ code: string; detail: string }>(`/api/returns/${receiptId}/check`, {})
  expect([check.status, check.body.code]).toEqual([502, 'account_unreadable'])

  // Still there: proves nothing.
  expect((await client.events()).at(-1)).toMatchObject({ complete: true })
  expect(await recordOf(client, place.number)).toMatchObject({ outcome: 'unknown' })

  // Gone, but an account could not be read: it might be there.
  await control.removeNumber(place.number)
  await control.fault({
    match: { path: 'phoneNumbers', targetAccountId: '100040' },
    times: 3,
    effect: { answer: { kind: 'status', status: 500 } },
  })
  expect((await client.events()).at(-1)).toMatchObject({ complete: false })
  expect(await recordOf(client, place.number)).toMatchObject({ outcome: 'unknown' })

  expect((await client.events()).at(-1)).toMatchObject({ complete: true })
  const record = await recordThatIs(client, place.number, { outcome: 'returned', verified: true })
  expect(storyOf(record)).toEqual(['sending', 'no_answer', 'absent_from_walk'])
  await expectOnePost(control, place.number)
})

const problems: [what: string, call: { number: string; accountId: string | null }, status: number, code: string][] = [
  ['a number that is none', { number: '214 555 0101', accountId: null }, 400, 'invalid_number'],
  ['an account id that is none', { number: place.number, accountId: '../1' }, 400, 'invalid_account'],
  ['an account of another reseller', { number: '+13035550101', accountId: '200001' }, 403, 'foreign_account'],
]

test('what may not be returned is not sent and leaves no record', async ({ sandbox, signIn }) => {
  const client = await signIn()
  for (const [what, call, status, code] of problems) {
    const answer = await askReturn(client, call)
    expect([answer.status, answer.body.code], what).toEqual([status, code])
  }
  const longNote = await askReturn(client, place, 'x'.repeat(201))
  expect([longNote.status, longNote.body.code]).toEqual([400, 'malformed'])
  const agent = await signIn(sandbox.tokens.agent)
  const { status, body } = await askReturn(agent, place)
  expect([status, body.code]).toEqual([403, 'not_allowed'])
  expect(await postsIn(sandbox.control)).toEqual([])
  for (const each of [client, agent]) expect(await recordsOf(each)).toEqual([])
  expect(await isListed(sandbox.control, place.number)).toBe(true)
})
