import { expect, test } from 'vitest'
import { ApiProblem, NoAnswer } from '@/lib/client/fetch/api'
import { held, makeAccount } from '@/lib/domain/accounts/testing/account-numbers'
import { joinInventory } from '@/lib/domain/inventory/rows'
import { EMPTY_STATE } from '@/lib/domain/inventory/state'
import type { Outcome } from '@/lib/domain/returns/record'
import { recordOf } from '@/lib/domain/returns/testing/records'
import { answerWording, failureWording, settledWording } from './outcome-wording'

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
  ['returned', [], /was returned\. Front desk no longer has it/, 'done'],
  ['returned', [number], /accepted.*still lists it/, 'done'],
  ['returned', null, /was returned\. Front desk could not be read again/, 'done'],
  ['already_gone', [], /Nothing was returned: \+12145551234 was no longer in Front desk/, 'done'],
  ['refused', [number], /\+12145551234 stays with Front desk/, 'over'],
  ['refused', [], /\+12145551234 was no longer in Front desk/, 'over'],
  ['refused', null, /could not be read/, 'over'],
  ['unknown', [number], /it is not known whether/, 'locked'],
] as const)('%s with %j', (outcome, numbers, wording, after) => {
  const result = answerWording(answer(outcome, numbers && [...numbers]), target)
  expect(result.text).toMatch(wording)
  expect(result.after).toBe(after)
})

test('a refusal quotes Vida and, when the account could not be read, claims nothing about the number', () => {
  const result = answerWording(answer('refused', null, '<b>no</b>'), target)
  expect(result.quote).toBe('<b>no</b>')
  expect(result.text).not.toMatch(/stays/)
})

test.each([
  [[number], 'Not returned: Vida refused'],
  [[], 'Vida refused'],
  [null, 'Vida refused'],
] as const)('a refusal after which the account held %j is called “%s”, and says what to do next', (numbers, title) => {
  const result = answerWording(answer('refused', numbers && [...numbers]), target)
  expect(result.title).toBe(title)
  expect(result.next).toMatch(/\w/)
})

test('an unknown outcome says that it is checked again, what the receipt offers, and which receipt', () => {
  const result = answerWording(answer('unknown', null), target)
  expect(result).toMatchObject({ title: 'Outcome unknown', receiptId: 'r1' })
  expect(result.next).toMatch(/checks the account again/)
  expect(result.next).toMatch(/Check again and, after five minutes, Mark not returned/)
})

test('an unknown outcome of a number without a known account is settled only by a complete reading', () => {
  const { next } = answerWording(answer('unknown', null), { ...target, row: null })
  expect(next).toMatch(/Refresh the list: if it is complete/)
  expect(next).not.toMatch(/checks the account|Check again/)
})

test('without an account nothing is claimed about one', () => {
  expect(answerWording(answer('returned', null), { ...target, row: null }).text).toBe('+12145551234 was returned.')
})

test('a problem says that nothing was sent, and may be confirmed anew only if it may pass', () => {
  expect(failureWording(new ApiProblem(503, 'vida_unreachable', 'Wait a minute.'), target)).toMatchObject({
    title: 'Nothing was sent',
    text: 'Wait a minute.',
    after: 'again',
  })
  expect(failureWording(new ApiProblem(403, 'not_allowed', 'x'), target).after).toBe('over')
  expect(failureWording(new ApiProblem(409, 'return_unsettled', 'x'), target).after).toBe('locked')
})

test('no answer, or a failure of the app, leaves the outcome unknown', () => {
  for (const error of [new NoAnswer('x'), new ApiProblem(500, 'internal', 'x')])
    expect(failureWording(error, target)).toMatchObject({ title: 'Outcome unknown', after: 'locked', receiptId: null })
})

test.each([
  ['returned', [], 'good'],
  ['returned', null, 'good'],
  ['returned', [number], 'warn'],
  ['already_gone', [], 'warn'],
  ['refused', [number], 'warn'],
  ['unknown', null, 'warn'],
] as const)('%s with %j has the tone %s: only a return is good', (outcome, numbers, tone) => {
  expect(answerWording(answer(outcome, numbers && [...numbers]), target).tone).toBe(tone)
})

test('what was unknown is called settled only once it is, and good only if it was returned', () => {
  for (const outcome of ['unknown', 'open'] as const) expect(settledWording(recordOf({ outcome }))).toBeNull()
  expect(settledWording(recordOf({ outcome: 'returned' }))).toMatchObject({
    title: 'Settled now: returned',
    tone: 'good',
    text: expect.stringContaining('Confirmed gone'),
    after: 'locked',
  })
  expect(settledWording(recordOf({ outcome: 'not_returned' }))).toMatchObject({
    title: 'Settled now: not returned',
    tone: 'warn',
  })
})
