import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from './browser.ts'
import { type Counts, playwrightReport, type Report, vitestReport } from './test-reports.ts'

/** `npm test`: every check in turn, all of them even if one fails; at the end what failed, and a line that adds up what really ran. */
const folder = mkdtempSync(join(tmpdir(), 'numberdesk-test-'))
const total: Counts = { passed: 0, failed: 0, skipped: 0 }
const failures: string[] = []

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
  const passed = run(command, args)
  add(passed ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 })
  if (!passed) failures.push([command, ...args].join(' '))
}

/** A test runner counts what its report says; one that fails without a failed test counts as one failure. */
function suite(command: string, args: string[], report: string, read: (text: string) => Report, env = {}): void {
  const passed = run(command, args, env)
  let counts: Report = { passed: 0, failed: 0, skipped: 0, failures: [] }
  try {
    counts = read(readFileSync(report, 'utf8'))
  } catch {
    process.stdout.write(`${command} left no report.\n`)
  }
  if (!passed || counts.passed === 0) counts.failed = Math.max(1, counts.failed)
  add(counts)
  failures.push(...(counts.failed > 0 && counts.failures.length === 0 ? [command] : counts.failures))
}

check('biome', 'ci', '.')
check('knip')
check('tsc', '--noEmit')
const unit = join(folder, 'unit.json')
suite('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile=${unit}`], unit, vitestReport)
check('next', 'build')
const browser = join(folder, 'browser.json')
try {
  suite('playwright', ['test', '--config', 'e2e/playwright.config.ts'], browser, playwrightReport, {
    CHROMIUM_PATH: findBrowser(),
    PLAYWRIGHT_JSON_OUTPUT_NAME: browser,
  })
} catch (error) {
  failures.push(error instanceof Error ? error.message : String(error))
  add({ passed: 0, failed: 1, skipped: 0 })
}
rmSync(folder, { recursive: true, force: true })
for (const failure of failures) process.stdout.write(`failed: ${failure}\n`)
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
process.exit(total.failed === 0 ? 0 : 1)
