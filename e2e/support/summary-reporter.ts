import type { FullConfig, FullResult, Reporter, Suite } from '@playwright/test/reporter'

/** Ends `npm test` with one plain line, which CI reads: `N passed, N failed, N skipped`. */
export default class SummaryReporter implements Reporter {
  private suite: Suite | null = null

  printsToStdio(): boolean {
    return false
  }

  onBegin(_config: FullConfig, suite: Suite): void {
    this.suite = suite
  }

  onEnd({ status }: FullResult): void {
    const outcomes = this.suite?.allTests().map((test) => test.outcome()) ?? []
    const count = (...wanted: string[]) => outcomes.filter((outcome) => wanted.includes(outcome)).length
    // A run can fail without a failed test, for example in the set-up of a worker.
    const failed = Math.max(count('unexpected', 'flaky'), status === 'passed' ? 0 : 1)
    process.stdout.write(`\n${count('expected')} passed, ${failed} failed, ${count('skipped')} skipped\n`)
  }
}
