import { defineConfig } from 'vitest/config'

/** They load a module anew. The others share a worker's modules, which saves 0.3 s of CPU time a file. */
const ISOLATED = [
  'lib/client/format/format.test.ts',
  'lib/client/queries/returns.test.ts',
  'lib/client/storage/tab.test.ts',
  'lib/server/process/log.test.ts',
]

// SQLite's thread and the commands that tests start are TypeScript, and Node would strip the types each time: 0.1 s of CPU time.
process.env.NODE_COMPILE_CACHE ??= new URL('./node_modules/.cache/numberdesk', import.meta.url).pathname

export default defineConfig({
  resolve: {
    tsconfigPaths: true,
    alias: { 'server-only': new URL('./e2e/support/server-only.ts', import.meta.url).pathname },
  },
  test: {
    environment: 'node',
    // Many of these tests wait for a disk or a clock: three keep two processors busy.
    maxWorkers: 3,
    testTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['{components,e2e/vida-sandbox,lib}/**/*.test.ts'],
          exclude: ISOLATED,
          isolate: false,
          globalSetup: 'lib/server/db/testing/one-postgres.ts',
        },
      },
      { extends: true, test: { name: 'isolated', include: ISOLATED } },
    ],
  },
})
