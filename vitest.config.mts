import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    tsconfigPaths: true,
    alias: { 'server-only': new URL('./e2e/support/server-only.ts', import.meta.url).pathname },
  },
  test: {
    include: ['lib/**/*.test.ts', 'components/**/*.test.ts', 'e2e/vida-sandbox/**/*.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
  },
})
