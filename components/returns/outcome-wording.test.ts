import { expect, test } from 'vitest'
import { ApiProblem, NoAnswer } from '@/lib/client/fetch/api'
import type { RecordOutcome, ReturnEvent } from '@/lib/domain/returns/record'
import { recordOf } from '@/lib/domain/returns/testing/records'
import { failureWording, outcomeWording, returnedWording } from './outcome-wording'

const number = '+12145550101'

function event(outcome: RecordOutcome, how: ReturnEvent['how'], message: string | null = null): ReturnEvent {
  return { at: '2026-11-24T10:00:01.000Z', outcome, how, message, httpStatus: null, durationMs: null, gone: null }
}

test.each([
  [true, /was returned\. Front desk no longer has it/, 'result'],
  [false, /accepted.*still lists it/, 'caution'],
  [null, /was returned\. Front desk could not be read again/, 'result'],
] as const)('a return that Vida accepted, verified %s', (verified, wording, tone) => {
  const told = returnedWording(recordOf({ verified }))
  expect(told.text).toMatch(wording)
  expect(told.tone).toBe(tone)
})

test('without an account nothing is claimed about one', () => {
  const record = recordOf({ accountId: null, accountName: null, verified: null })
  expect(returnedWording(record).text).toBe(`${number} was returned.`)
})

test.each([
  [false, 'Not returned: Vida refused', /\+12145550101 stays with Front desk/],
  [true, 'Vida refused', /\+12145550101 was no longer in Front desk/],
  [null, 'Vida refused', /could not be read/],
] as const)('a refusal, verified %s, is called “%s”, quotes Vida and says what to do next', (verified, title, text) => {
  const result = outcomeWording(recordOf({ outcome: 'refused', verified, message: '<b>no</b>' }))
  expect(result).toMatchObject({ title, quote: '<b>no</b>', text: expect.stringMatching(text) })
  expect(result.next).toMatch(/\w/)
})

test('what was already gone is not called returned', () => {
  const { text } = outcomeWording(recordOf({ outcome: 'already_gone', message: null }))
  expect(text).toMatch(/Nothing was returned: \+12145550101 was no longer in Front desk/)
})

test('an unknown outcome says that it is checked again, what the receipt offers, and which receipt', () => {
  const record = recordOf({ outcome: 'unknown', verified: null })
  const result = outcomeWording(record)
  expect(result).toMatchObject({ title: 'Outcome unknown', receiptId: record.receiptId })
  expect(result.next).toMatch(/checks the account again/)
  expect(result.next).toMatch(/Check again and, after five minutes, Mark not returned/)
})

test('an unknown outcome of a number without a known account is settled only by a complete reading', () => {
  const { next } = outcomeWording(recordOf({ outcome: 'unknown', accountId: null, accountName: null }))
  expect(next).toMatch(/Refresh the list: if it is complete/)
  expect(next).not.toMatch(/checks the account|Check again/)
})

test('what was not sent says why, in Vida’s words if there are any, and that the number is unchanged', () => {
  const events = [event('not_sent', 'unreadable_before', 'no access')]
  expect(outcomeWording(recordOf({ outcome: 'not_sent', events }))).toMatchObject({
    title: 'Nothing was sent',
    text: 'The account could not be read first.',
    quote: 'no access',
    next: expect.stringContaining('unchanged'),
  })
})

test('what was unknown is called settled once it is', () => {
  const events = [event('unknown', 'no_answer')]
  expect(outcomeWording(recordOf({ outcome: 'not_returned', events })).title).toBe('Settled now: not returned')
  expect(returnedWording(recordOf({ outcome: 'returned', events })).text).toMatch(/returned after all/)
})

test('a problem says once that nothing was sent', () => {
  expect(failureWording(new ApiProblem(503, 'vida_unreachable', 'Wait a minute.'), number)).toMatchObject({
    title: 'Nothing was sent',
    text: 'Wait a minute.',
  })
  expect(failureWording(new ApiProblem(502, 'x', 'It is unread. Nothing was sent. Try again.'), number).text).toBe(
    'It is unread. Try again.',
  )
  expect(failureWording(new ApiProblem(409, 'return_unsettled', 'x'), number).title).toMatch(/not settled/)
})

test('no answer, or a failure of the app, leaves the outcome unknown', () => {
  for (const error of [new NoAnswer('x'), new ApiProblem(500, 'internal', 'x')])
    expect(failureWording(error, number)).toMatchObject({ title: 'Outcome unknown', receiptId: null })
})
