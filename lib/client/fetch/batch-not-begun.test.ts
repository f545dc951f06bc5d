import { expect, test } from 'vitest'
import { problemWording } from '@/lib/domain/problems/codes'
import { ApiProblem, NoAnswer } from './api'
import { whyNotBegun } from './batch-not-begun'

test('a definite no says that no batch was begun, and sends nobody to look for one', () => {
  for (const code of ['batch_size', 'not_allowed', 'vida_unreachable', 'stopping'] as const) {
    const { status, detail } = problemWording(code)
    expect(whyNotBegun(new ApiProblem(status, code, detail))).toBe(`${detail} No batch was begun.`)
  }
})

test('without an answer the batch may have begun, and where to look is said', () => {
  const sentence = whyNotBegun(new NoAnswer('The app cannot be reached. Check the connection.'))
  expect(sentence).toMatch(
    /^The app cannot be reached\..+may have begun all the same.+History, before you try again\.$/,
  )
})

test('a failure of the app’s own database never claims that nothing was done', () => {
  for (const code of ['internal', 'database_unavailable', 'ledger_unavailable'] as const) {
    const { status, detail } = problemWording(code)
    const sentence = whyNotBegun(new ApiProblem(status, code, detail))
    expect(sentence).toContain('may have begun')
    expect(sentence).not.toMatch(/nothing was|No batch/i)
  }
})
