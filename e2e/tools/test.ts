import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from './browser.ts'

/** `npm test`: every check in turn, all of them even if one fails, and a last line that adds up what really ran. */
interface Counts {
  passed: number
  failed: number
  skipped: number
}

const folder = mkdtempSync(join(tmpdir(), 'numberdesk-test-'))
const total: Counts = { passed: 0, failed: 0, skipped: 0 }

function run(command: string, args: readonly string[], env: Record<string, string> = {}): boolean {
  process.stdout.write(`\n> ${[command, ...args].join(' ')}\n`)
  const base = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env }
  return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: base }).status === 0
}

function add({ passed, failed, skipped }: Counts): void {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
}

/** A check without tests of its own counts as one. */
function check(command: string, ...args: string[]): void {
  add(run(command, args) ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 })
}

/** A test runner counts what its report says; one that fails without a failed test counts as one failure. */
function suite(command: string, args: string[], report: string, read: (text: string) => Counts, env = {}): void {
  const passed = run(command, args, env)
  let counts: Counts = { passed: 0, failed: 0, skipped: 0 }
  try {
    counts = read(readFileSync(report, 'utf8'))
  } catch {
    process.stdout.write(`${command} left no report.\n`)
  }
  if (!passed || counts.passed === 0) counts.failed = Math.max(1, counts.failed)
  add(counts)
}

function vitestCounts(text: string): Counts {
  // vitest's own JSON reporter wrote it.
  const report = JSON.parse(text) as { numPassedTests: number; numFailedTests: number; numPendingTests: number }
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests }
}

function playwrightCounts(text: string): Counts {
  // Playwright's own JSON reporter wrote it. A flaky test is a bug, so it counts as failed.
  const { stats } = JSON.parse(text) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  }
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

check('biome', 'ci', '.')
check('knip')
check('tsc', '--noEmit')
const unit = join(folder, 'unit.json')
suite('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile=${unit}`], unit, vitestCounts)
check('next', 'build')
const browser = join(folder, 'browser.json')
try {
  suite('playwright', ['test', '--config', 'e2e/playwright.config.ts'], browser, playwrightCounts, {
    CHROMIUM_PATH: findBrowser(),
    PLAYWRIGHT_JSON_OUTPUT_NAME: browser,
  })
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : error}\n`)
  add({ passed: 0, failed: 1, skipped: 0 })
}
rmSync(folder, { recursive: true, force: true })
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
process.exit(total.failed === 0 ? 0 : 1)
