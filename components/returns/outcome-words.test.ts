import { expect, test } from 'vitest'
import { ApiProblem, NoAnswer } from '@/lib/http/api'
import type { Outcome } from '@/lib/returns/record'
import { wordsForAnswer, wordsForFailure } from './outcome-words'

const number = '+12145551234'
const held = (value: string) => ({
  number: value,
  national: null,
  country: null,
  label: null,
  provider: null,
  sms: null,
})
const holder = {
  id: '100001',
  name: 'Front desk',
  active: true,
  canceledAt: null,
  canceledReason: null,
  organizationId: '8001',
  organizationName: 'Alder',
  organizationActive: true,
  organizationCanceledAt: null,
}
const target = { number, national: null, holder }
const answer = (outcome: Outcome, numbers: string[] | null, message: string | null = null) => ({
  outcome,
  message,
  receiptId: 'r1',
  numbers: numbers?.map(held) ?? null,
})

test.each([
  ['returned', [], /was returned\. Front desk no longer holds it/, 'done'],
  ['returned', [number], /accepted.*still lists it/, 'done'],
  ['returned', null, /was returned\. Front desk could not be read again/, 'done'],
  ['already_gone', [], /not in Front desk any more/, 'done'],
  ['refused', [number], /\+12145551234 stays with Front desk/, 'over'],
  ['refused', [], /\+12145551234 was not in Front desk any more/, 'over'],
  ['refused', null, /could not be read/, 'over'],
  ['unknown', [number], /no answer proves/, 'locked'],
] as const)('%s with %j', (outcome, numbers, words, after) => {
  const told = wordsForAnswer(answer(outcome, numbers && [...numbers]), target)
  expect(told.text).toMatch(words)
  expect(told.after).toBe(after)
})

test('a refusal quotes Vida and, when the account could not be read, claims nothing about the number', () => {
  const told = wordsForAnswer(answer('refused', null, '<b>no</b>'), target)
  expect(told.quote).toBe('<b>no</b>')
  expect(told.text).not.toMatch(/stays/)
})

test.each([
  [[number], 'Not returned: Vida refused'],
  [[], 'Vida refused'],
  [null, 'Vida refused'],
] as const)('a refusal after which the account held %j is called “%s”, and says what to do next', (numbers, title) => {
  const told = wordsForAnswer(answer('refused', numbers && [...numbers]), target)
  expect(told.title).toBe(title)
  expect(told.next).toMatch(/\w/)
})

test('an unknown outcome says when it is looked at again, that nothing is to be done, and which receipt tells', () => {
  const told = wordsForAnswer(answer('unknown', null), target)
  expect(told).toMatchObject({ title: 'Outcome unknown', receiptId: 'r1' })
  expect(told.next).toMatch(/3, 10 and 30 seconds/)
  expect(told.next).toMatch(/nothing else to do/)
})

test('an unknown outcome of a number that nobody is known to hold promises no look but that of a complete reading', () => {
  const { next } = wordsForAnswer(answer('unknown', null), { ...target, holder: null })
  expect(next).toMatch(/complete reading/)
  expect(next).not.toMatch(/seconds/)
})

test('without an account nothing is claimed about one', () => {
  expect(wordsForAnswer(answer('returned', null), { ...target, holder: null }).text).toBe('+12145551234 was returned.')
})

test('a problem says that nothing was sent, and may be confirmed anew only if it may pass', () => {
  expect(wordsForFailure(new ApiProblem(503, 'vida_unreachable', 'Wait a minute.'), target)).toMatchObject({
    title: 'Nothing was sent',
    text: 'Wait a minute.',
    after: 'again',
  })
  expect(wordsForFailure(new ApiProblem(403, 'not_allowed', 'x'), target).after).toBe('over')
  expect(wordsForFailure(new ApiProblem(409, 'return_unsettled', 'x'), target).after).toBe('locked')
})

test('silence, or an app that failed on its own, leaves the outcome unknown', () => {
  for (const error of [new NoAnswer('x'), new ApiProblem(500, 'internal', 'x')])
    expect(wordsForFailure(error, target)).toMatchObject({ title: 'Outcome unknown', after: 'locked', receiptId: null })
})
