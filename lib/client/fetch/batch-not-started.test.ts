import { expect, test } from 'vitest'
import { problemWording } from '@/lib/domain/problems/codes'
import { ApiProblem, NoAnswer } from './api'
import { whyNotStarted } from './batch-not-started'

test('a definite no says that no batch was started, and sends nobody to look for one', () => {
  for (const code of ['batch_size', 'not_allowed', 'vida_unreachable', 'stopping'] as const) {
    const { status, detail } = problemWording(code)
    expect(whyNotStarted(new ApiProblem(status, code, detail))).toBe(`${detail} No batch was started.`)
  }
})

test('without an answer the batch may have started, and where to look is said', () => {
  const sentence = whyNotStarted(new NoAnswer('The app cannot be reached. Check the connection.'))
  expect(sentence).toMatch(
    /^The app cannot be reached\..+may have started all the same.+History, before you try again\.$/,
  )
})

test('a failure of the app’s own database never claims that nothing was done', () => {
  for (const code of ['internal', 'database_unavailable', 'ledger_unavailable'] as const) {
    const { status, detail } = problemWording(code)
    const sentence = whyNotStarted(new ApiProblem(status, code, detail))
    expect(sentence).toContain('may have started')
    expect(sentence).not.toMatch(/nothing was|No batch/i)
  }
})
