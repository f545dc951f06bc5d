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
  ['refused', [number], /Vida refused\. \+12145551234 stays with Front desk/, 'again'],
  ['refused', null, /could not be read/, 'again'],
  ['unknown', [number], /unknown/, 'locked'],
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

test('without an account nothing is claimed about one', () => {
  expect(wordsForAnswer(answer('returned', null), { ...target, holder: null }).text).toBe('+12145551234 was returned.')
})

test('a problem says that nothing was sent; silence does not', () => {
  expect(wordsForFailure(new ApiProblem(403, 'not_allowed', 'Nothing was sent.'), target)).toMatchObject({
    text: 'Nothing was sent.',
    after: 'again',
  })
  expect(wordsForFailure(new ApiProblem(409, 'return_unsettled', 'x'), target).after).toBe('locked')
  expect(wordsForFailure(new NoAnswer('x'), target)).toMatchObject({ after: 'locked' })
})
