import { defineConfig } from 'vitest/config'

/** Their tests mock no module, so one worker runs many files: that saves 0.3 s of CPU time a file. */
const WITHOUT_MOCKS = ['lib/domain', 'components', 'e2e/vida-sandbox', 'lib/server/{config,http,phone}']
const tests = (folder: string) => `${folder}/**/*.test.ts`

// SQLite's thread and the commands that tests start are TypeScript, and Node would strip the types each time: 0.1 s of CPU time.
process.env.NODE_COMPILE_CACHE ??= new URL('./node_modules/.cache/numberdesk', import.meta.url).pathname

export default defineConfig({
  resolve: {
    tsconfigPaths: true,
    alias: { 'server-only': new URL('./e2e/support/server-only.ts', import.meta.url).pathname },
  },
  test: {
    environment: 'node',
    // By default Vitest leaves one processor free; many of these tests wait for a disk or a clock.
    maxWorkers: 2,
    testTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'shared', include: WITHOUT_MOCKS.map(tests), isolate: false } },
      {
        extends: true,
        test: {
          name: 'isolated',
          include: [tests('lib')],
          exclude: WITHOUT_MOCKS.map(tests),
          globalSetup: 'lib/server/db/testing/one-postgres.ts',
        },
      },
    ],
  },
})
