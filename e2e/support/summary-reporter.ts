import { stripVTControlCharacters } from 'node:util'
import type { FullConfig, FullResult, Reporter, Suite, TestCase } from '@playwright/test/reporter'

/** Of a failure, what CI's record of the last lines has room for, characters. */
const ERROR_CHARACTERS = 1_500

/** As plain text, without a terminal's colours. */
function errorsOf(test: TestCase): string {
  const messages = test.results.flatMap(({ errors }) =>
    errors.map(({ message = '', snippet = '' }) => `${message}\n${snippet}`),
  )
  return stripVTControlCharacters(messages.join('\n')).slice(0, ERROR_CHARACTERS)
}

/** Ends `npm test` with the errors, and one plain line, which CI reads: `N passed, N failed, N skipped`. */
export default class SummaryReporter implements Reporter {
  private suite: Suite | null = null

  printsToStdio(): boolean {
    return false
  }

  onBegin(_config: FullConfig, suite: Suite): void {
    this.suite = suite
  }

  onEnd({ status }: FullResult): void {
    const tests = this.suite?.allTests() ?? []
    const outcomes = tests.map((test) => test.outcome())
    const count = (...wanted: string[]) => outcomes.filter((outcome) => wanted.includes(outcome)).length
    // A run can fail without a failed test, for example in the set-up of a worker.
    const failed = Math.max(count('unexpected', 'flaky'), status === 'passed' ? 0 : 1)
    // Again: many lines of progress stand between a failure and the end.
    for (const test of tests.filter((each) => !each.ok()))
      process.stdout.write(`\n${test.titlePath().filter(Boolean).join(' › ')}\n${errorsOf(test)}\n`)
    process.stdout.write(`\n${count('expected')} passed, ${failed} failed, ${count('skipped')} skipped\n`)
  }
}
