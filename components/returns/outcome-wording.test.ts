import { expect, test } from 'vitest'
import { ApiProblem, NoAnswer } from '@/lib/client/fetch/api'
import { held, makeAccount } from '@/lib/domain/accounts/testing/account-numbers'
import { joinInventory } from '@/lib/domain/inventory/rows'
import { EMPTY_STATE } from '@/lib/domain/inventory/state'
import type { Outcome } from '@/lib/domain/returns/record'
import { recordOf } from '@/lib/domain/returns/testing/records'
import { wordsForAnswer, wordsForFailure, wordsForSettled } from './outcome-wording'

const number = '+12145551234'
const account = makeAccount('100001', { name: 'Front desk' })
const row = joinInventory({ readAt: '', accounts: [{ account, numbers: [held(number)] }] }, EMPTY_STATE).accounts[0]
  ?.rows[0]
const target = { number, national: null, row: row ?? null }
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
  ['already_gone', [], /Nothing was returned: \+12145551234 was not in Front desk any more/, 'done'],
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

test('an unknown outcome says when it is looked at again, what the receipt offers afterwards, and which receipt', () => {
  const told = wordsForAnswer(answer('unknown', null), target)
  expect(told).toMatchObject({ title: 'Outcome unknown', receiptId: 'r1' })
  expect(told.next).toMatch(/3, 10 and 30 seconds/)
  expect(told.next).toMatch(/Check again and, after five minutes, Mark not returned/)
})

test('an unknown outcome of a number that nobody is known to hold promises no look but that of a complete reading', () => {
  const { next } = wordsForAnswer(answer('unknown', null), { ...target, row: null })
  expect(next).toMatch(/complete reading/)
  expect(next).not.toMatch(/seconds|Check again/)
})

test('without an account nothing is claimed about one', () => {
  expect(wordsForAnswer(answer('returned', null), { ...target, row: null }).text).toBe('+12145551234 was returned.')
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

test.each([
  ['returned', [], 'good'],
  ['returned', null, 'good'],
  ['returned', [number], 'warn'],
  ['already_gone', [], 'warn'],
  ['refused', [number], 'warn'],
  ['unknown', null, 'warn'],
] as const)('%s with %j is told as %s news: only what was returned gets a tick', (outcome, numbers, tone) => {
  expect(wordsForAnswer(answer(outcome, numbers && [...numbers]), target).tone).toBe(tone)
})

test('what was unknown is called settled only once it is, and good only if it was returned', () => {
  for (const outcome of ['unknown', 'open'] as const) expect(wordsForSettled(recordOf({ outcome }))).toBeNull()
  expect(wordsForSettled(recordOf({ outcome: 'returned' }))).toMatchObject({
    title: 'Settled now: returned',
    tone: 'good',
    text: expect.stringContaining('Confirmed gone'),
    after: 'locked',
  })
  expect(wordsForSettled(recordOf({ outcome: 'not_returned' }))).toMatchObject({
    title: 'Settled now: not returned',
    tone: 'warn',
  })
})
