import { stripVTControlCharacters } from 'node:util'

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

/** What a test runner's JSON report says: counts, and each failed test with the beginning of its reason. */
export interface Report extends Counts {
  failures: string[]
}

/** On one line, without colours: long enough for what was expected and what was there instead. */
const reason = (text = '') =>
  stripVTControlCharacters(text)
    .trim()
    .split(/\s*\n\s*/)
    .join(' ')
    .slice(0, 600)

export function vitestReport(text: string): Report {
  // vitest's own JSON reporter wrote it.
  const report = JSON.parse(text) as {
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
    testResults: {
      name: string
      status: string
      message: string
      assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
    }[]
  }
  const counts = { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests }
  const failed = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed')
    const whole = status === 'failed' && tests.length === 0 ? [`${name}: ${reason(message)}`] : []
    return [...whole, ...tests.map((test) => `${name}: ${test.fullName}: ${reason(test.failureMessages[0])}`)]
  })
  return { ...counts, failures: failed }
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[]
  specs: { title: string; file: string; line: number; ok: boolean; tests: PlaywrightTest[] }[]
}

interface PlaywrightTest {
  status: string
  results: { error?: { message?: string } }[]
}

function playwrightFailures({ suites = [], specs }: PlaywrightSuite): string[] {
  const own = specs.flatMap(({ title, file, line, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => `${file}:${line}: ${title}: ${reason(results[0]?.error?.message)}`),
  )
  return [...own, ...suites.flatMap(playwrightFailures)]
}

export function playwrightReport(text: string): Report {
  // Playwright's own JSON reporter wrote it. A flaky test is a bug, so it counts as failed.
  const { stats, suites } = JSON.parse(text) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
    suites: PlaywrightSuite[]
  }
  const counts = { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
  return { ...counts, failures: suites.flatMap(playwrightFailures) }
}
