import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    tsconfigPaths: true,
    alias: { 'server-only': new URL('./e2e/support/server-only.ts', import.meta.url).pathname },
  },
  test: {
    include: ['lib/**/*.test.ts', 'components/**/*.test.ts', 'e2e/vida-sandbox/**/*.test.ts'],
    environment: 'node',
    // By default one processor stays free; many of these tests wait for a disk or a clock.
    maxWorkers: 2,
    testTimeout: 20_000,
  },
})
