import { defineConfig } from '@playwright/test'
import { browserFlags, findBrowser } from './support/browser.ts'

// Tests start many servers; compiled modules save a quarter of each start.
process.env.NODE_COMPILE_CACHE ??= new URL('../node_modules/.cache/numberdesk', import.meta.url).pathname
// Most of them answer few routes; to load all takes a third of a start.
process.env.PRELOAD_ROUTES ??= '0'

export default defineConfig({
  testDir: '.',
  globalSetup: './support/one-postgres.ts',
  outputDir: '../test-results',
  fullyParallel: true,
  // Tests wait for a third of their time, so that two cores are busy with four of them.
  workers: 4,
  projects: [
    { name: 'http', testMatch: 'http/*.spec.ts' },
    { name: 'browser', testMatch: 'browser/*.spec.ts' },
  ],
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['line'], ['./support/summary-reporter.ts']],
  use: {
    browserName: 'chromium',
    // A page lives for seconds: to compile its scripts costs more than to interpret them.
    launchOptions: { executablePath: findBrowser(), args: [...browserFlags(), '--js-flags=--no-turbofan --no-maglev'] },
    // A trace costs a tenth of the time; to see a failure, add --trace retain-on-failure.
    trace: 'off',
    contextOptions: { reducedMotion: 'reduce' },
  },
})
