import { expect, test } from '../support/return-test.ts'
import { FRONT_DESK, RETURN, stepsOf } from '../support/returns.ts'
import type { Effect } from '../vida-sandbox/faults.ts'

interface Row {
  when: string
  effect: Effect
  outcome: 'returned' | 'refused' | 'already_gone' | 'unknown'
  message: string | null
  /** The record's steps after `sending`. */
  steps: string[]
  /** What the last account read showed: true, the number is gone. */
  verified: boolean
}

const no = (status: number): Effect => ({ answer: { kind: 'status', status, message: `No: ${status}` } })
const refused = (status: number): Row => ({
  when: `${status}`,
  effect: no(status),
  outcome: 'refused',
  message: `No: ${status}`,
  steps: ['vida_answered', 'read_after'],
  verified: false,
})
const unclear = (when: string, effect: Effect, message: string | null = null): Row => ({
  when,
  effect,
  outcome: 'unknown',
  message,
  steps: ['unclear_answer', 'read_after'],
  verified: false,
})
const foundGone = (when: string, effect: Effect, message: string | null = null): Row => ({
  ...unclear(when, { ...effect, work: 'now' }, message),
  outcome: 'returned',
  verified: true,
})

const rows: Row[] = [
  {
    when: '200 with success: true',
    effect: {},
    outcome: 'returned',
    message: 'Success',
    steps: ['vida_answered', 'read_after'],
    verified: true,
  },
  {
    when: '200 with success: true while the number is still listed',
    effect: { work: 'never' },
    outcome: 'returned',
    message: 'Success',
    steps: ['vida_answered', 'read_after'],
    verified: false,
  },
  {
    ...refused(200),
    when: '200 with success: false',
    effect: { answer: { kind: 'success-false', message: 'No: 200' } },
  },
  unclear('200 without success', { answer: { kind: 'without-success' } }, 'Success'),
  unclear('200 with an HTML page', { answer: { kind: 'html' } }),
  unclear('200 with an empty body', { answer: { kind: 'empty' } }),
  unclear('200 with JSON that is none', { answer: { kind: 'malformed' } }),
  unclear('200 with half a body', { work: 'never', answer: { kind: 'truncated', by: 'body' } }),
  unclear('200 whose connection breaks in the body', {
    work: 'never',
    answer: { kind: 'truncated', by: 'connection' },
  }),
  foundGone('200 whose connection breaks in the body after the work', {
    answer: { kind: 'truncated', by: 'connection' },
  }),
  unclear('201, which promises nothing', { answer: { kind: 'status', status: 201, body: { success: true } } }),
  unclear('302', { answer: { kind: 'redirect', status: 302, location: '/api/v2/phoneNumber/return?again=1' } }),
  unclear('307, which would replay the request', {
    answer: { kind: 'redirect', status: 307, location: '/api/v2/phoneNumber/return?again=1' },
  }),
  refused(400),
  refused(401),
  refused(403),
  refused(404),
  {
    ...refused(404),
    when: '404 and the number is gone',
    effect: { ...no(404), work: 'now' },
    outcome: 'already_gone',
    verified: true,
  },
  refused(409),
  refused(422),
  refused(429),
  unclear('418, which is nobody’s no', no(418), 'No: 418'),
  unclear('500', no(500), 'No: 500'),
  foundGone('500 after the work', no(500), 'No: 500'),
  unclear('503', no(503), 'No: 503'),
]

test.use({ sharedApp: 'returns' })

const [place] = FRONT_DESK

test.describe('Vida’s answer', () => {
  for (const { when, effect, outcome, message, steps, verified } of rows) {
    test(`${when}: ${outcome}${verified ? ', seen to be gone' : ''}`, async ({ api }) => {
      await api.treatReturns(effect)

      const { status, body } = await api.confirm(place, 'ticket 7')

      expect(status).toBe(200)
      expect(body).toMatchObject({ outcome, message })
      const listed = body.numbers?.map(({ number }) => number) ?? []
      expect(listed.includes(place.number)).toBe(!verified)
      expect(await api.isListed(place.number)).toBe(!verified)
      await api.expectOnePost(place.number)

      const record = await api.record(place.number)
      expect(record).toMatchObject({
        receiptId: body.receiptId,
        accountId: place.accountId,
        accountName: 'Front desk',
        outcome,
        message,
        note: 'ticket 7',
        verified,
      })
      expect(stepsOf(record).slice(0, steps.length + 1)).toEqual(['sending', ...steps])
      expect(record.settledAt === null).toBe(outcome === 'unknown')
    })
  }
})

test('a refusal whose re-read failed claims nothing about where the number is', async ({ api }) => {
  await api.treatReturns(no(404))
  await api.control.fault({ match: { path: 'phoneNumbers' }, skip: 1, effect: no(500) })

  const { body } = await api.confirm(place)

  expect(body).toMatchObject({ outcome: 'refused', message: 'No: 404', numbers: null })
  await api.expectOnePost(place.number)
  const record = await api.record(place.number)
  expect(record).toMatchObject({ outcome: 'refused', verified: null })
  expect(record.events.map(({ how, gone }) => [how, gone])).toEqual([
    ['sending', null],
    ['vida_answered', null],
    ['read_after', null],
  ])
})

test('a 401 to the return alone leaves the session open', async ({ api }) => {
  await api.treatReturns(no(401))
  expect((await api.confirm(place)).body.outcome).toBe('refused')
  expect((await api.client.get('/api/session')).status).toBe(200)
})

test('a 401 to the return and to “who am I” ends every session of the token', async ({ api, openApi }) => {
  const elsewhere = await openApi()
  await api.treatReturns(no(401))
  await api.control.fault({ match: { path: '/api/v2/account' }, effect: no(401) })

  expect((await api.confirm(place)).body).toMatchObject({ outcome: 'refused', message: 'No: 401' })

  for (const each of [api, elsewhere]) expect((await each.client.get('/api/session')).status).toBe(401)
  await api.control.clearFaults()
  expect(await (await openApi()).record(place.number)).toMatchObject({ outcome: 'refused' })
  await api.expectOnePost(place.number)
})

test('a refused number is marked for every browser until a later return of it was sent', async ({ api }) => {
  const [place] = FRONT_DESK
  const marks = async () => (await api.client.get<{ refused: object[] }>('/api/returns/marks')).body.refused
  await api.client.events()
  const fault = { answer: { kind: 'success-false', message: `Port pending \u202e${'x'.repeat(300)}` } } as const
  await api.control.fault({ match: RETURN, times: 1, effect: fault })
  const { receiptId } = (await api.confirm(place)).body
  const [mark, ...others] = await marks()
  expect(others).toEqual([])
  expect(mark).toEqual({
    ...{ receiptId, number: place.number, accountId: place.accountId },
    message: `Port pending ${'x'.repeat(186)}…`,
    requestedAt: expect.stringMatching(/^\d{4}-.*Z$/),
  })
  expect((await api.confirm(place)).body.outcome).toBe('returned')
  expect(await marks()).toEqual([])
})
