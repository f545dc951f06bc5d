import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findWholeBrowser } from './browser.ts'
import { type Counts, playwrightReport, type Report, vitestReport } from './test-reports.ts'

/** `npm test`: every check, all of them even if one fails; at the end what failed, and a line that adds up what really ran. */
const folder = mkdtempSync(join(tmpdir(), 'numberdesk-test-'))
const total: Counts = { passed: 0, failed: 0, skipped: 0 }
const failures: string[] = []

interface How {
  env?: Record<string, string>
  /** Nothing else runs, so it may print as it goes; otherwise what it prints comes in one piece at its end. */
  live?: boolean
}

/** Resolves to whether it ended with 0. */
async function run(command: string, args: readonly string[], { env, live }: How = {}): Promise<boolean> {
  const child = spawn(command, args, {
    stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  })
  const printed: Buffer[] = [Buffer.from(`\n> ${[command, ...args].join(' ')}\n`)]
  if (live) process.stdout.write(Buffer.concat(printed.splice(0)))
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => printed.push(chunk))
  const [code] = await once(child, 'close')
  process.stdout.write(Buffer.concat(printed))
  return code === 0
}

function add({ passed, failed, skipped }: Counts): void {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
}

/** A check without tests of its own counts as one. */
async function check(command: string, ...args: string[]): Promise<void> {
  const passed = await run(command, args)
  add(passed ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 })
  if (!passed) failures.push([command, ...args].join(' '))
}

/** A test runner counts what its report says; one that fails without a failed test counts as one failure. */
async function suite(
  command: string,
  args: string[],
  report: string,
  read: (text: string) => Report,
  how: How = {},
): Promise<void> {
  const passed = await run(command, args, how)
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

await Promise.all([check('biome', 'ci', '.'), check('knip'), check('tsc', '--noEmit')])
const unit = join(folder, 'unit.json')
await Promise.all([
  suite('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile=${unit}`], unit, vitestReport),
  check('npm', 'run', 'build'),
])
const browser = join(folder, 'browser.json')
try {
  // Here once, so that no test has to install one.
  findWholeBrowser()
  await suite('playwright', ['test', '--config', 'e2e/playwright.config.ts'], browser, playwrightReport, {
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: browser },
    live: true,
  })
} catch (error) {
  failures.push(error instanceof Error ? error.message : String(error))
  add({ passed: 0, failed: 1, skipped: 0 })
}
rmSync(folder, { recursive: true, force: true })
for (const failure of failures) process.stdout.write(`failed: ${failure}\n`)
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
process.exit(total.failed === 0 ? 0 : 1)
