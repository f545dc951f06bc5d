import { defineConfig } from '@playwright/test'
import { browserFlags, findBrowser } from './support/browser.ts'

// Servers that tests start find their modules compiled: a quarter of what a start costs.
process.env.NODE_COMPILE_CACHE ??= new URL('../node_modules/.cache/numberdesk', import.meta.url).pathname

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: true,
  // A story fills a processor with its browser; tests over HTTP wait for half of their time, for leases and time-outs.
  workers: 3,
  projects: [
    { name: 'http', testMatch: 'http/*.spec.ts', workers: 2 },
    { name: 'browser', testMatch: 'browser/*.spec.ts', workers: 2 },
  ],
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['line'], ['json']] : [['line']],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: findBrowser(), args: browserFlags() },
    // Recording costs a tenth of the suite; to see a failure, run it with --trace retain-on-failure.
    trace: 'off',
    reducedMotion: 'reduce',
  },
})
