import { rmSync } from 'node:fs'
import { test as base, expect } from '@playwright/test'
import { type ApiClient, apiClient } from './api-client.ts'
import { type AppProcess, startApp } from './servers.ts'
import {
  dataIn,
  NO_HOLD,
  newFolder,
  openSandbox,
  resetTestApp,
  type Sandbox,
  startTestApp,
  type TestApp,
} from './test-app.ts'

interface Options {
  /**
   * Tests of one worker with the same name, `sandboxArgs` and `appEnv` use one app after the other; `resetTestApp` says
   * what remains, which is why unknown returns have a name of their own. `null`, for a test that ends its app, damages it
   * or counts sign-in attempts: a new one, which costs two seconds of CPU time.
   */
  sharedApp: 'shared' | 'returns' | null
  sandboxArgs: string[]
  /** Variables of the app besides those that point it at the sandbox. */
  appEnv: Record<string, string>
  /** Console errors that a test causes on purpose; Chromium logs one for each refused request. */
  expectedConsoleErrors: RegExp[]
}

interface Fixtures {
  /** The shared app after a reset; `null` for a test that has its own. */
  shared: TestApp | null
  sandbox: Sandbox
  dataDir: string
  app: AppProcess
  /** Signs in over HTTP; the reseller's token unless another is given, without a name unless one is given. */
  signIn: (token?: string, operator?: string) => Promise<ApiClient>
}

interface WorkerFixtures {
  /** Starts such an app on the first call, and resets it on each. */
  testApps: (name: string, sandboxArgs: string[], appEnv: Record<string, string>) => Promise<TestApp>
}

/** Each takes 200 MB. */
const MOST_APPS = 4

function expectNoToken(app: AppProcess, sandbox: Sandbox): void {
  for (const token of Object.values(sandbox.tokens))
    expect(app.output(), 'the server printed a token').not.toContain(token)
}

/** `test` with real servers. It fails on an unexpected console error, a page error, or a token in the server's output. */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  sharedApp: ['shared', { option: true }],
  sandboxArgs: [[], { option: true }],
  appEnv: [{}, { option: true }],
  expectedConsoleErrors: [[], { option: true }],

  testApps: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
    async ({}, use) => {
      const started = new Map<string, TestApp>()
      const end = async (key: string, { app, sandbox, close }: TestApp) => {
        started.delete(key)
        await close()
        // The token of each test begins with one of these, so this finds what was printed after a test, too.
        expectNoToken(app, sandbox)
      }
      await use(async (name, sandboxArgs, appEnv) => {
        const key = JSON.stringify([name, sandboxArgs, appEnv])
        const testApp = started.get(key) ?? (await startTestApp(sandboxArgs, appEnv))
        started.delete(key)
        started.set(key, testApp)
        const [longestUnused] = started
        if (longestUnused && started.size > MOST_APPS) await end(...longestUnused)
        return resetTestApp(testApp)
      })
      await Promise.all([...started].map((each) => end(...each)))
    },
    { scope: 'worker' },
  ],

  shared: async ({ sharedApp, sandboxArgs, appEnv, testApps }, use) => {
    await use(sharedApp && (await testApps(sharedApp, sandboxArgs, appEnv)))
  },

  sandbox: async ({ shared, sandboxArgs }, use) => {
    if (shared) return use(shared.sandbox)
    const sandbox = await openSandbox(sandboxArgs)
    await use(sandbox)
    await sandbox.close()
  },

  dataDir: async ({ shared }, use) => {
    if (shared) return use(shared.folder)
    const folder = newFolder()
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },

  app: async ({ shared, sandbox, dataDir, appEnv }, use) => {
    const app =
      shared?.app ??
      (await startApp({ ...NO_HOLD, VIDA_API_BASE_URL: sandbox.url, DATA_DIR: dataIn(dataDir), ...appEnv }))
    await use(app)
    if (!shared) await app.stop()
    expectNoToken(app, sandbox)
  },

  signIn: async ({ app, sandbox }, use) => {
    await use((token = sandbox.tokens.reseller, operator) => apiClient(app.url, token, operator))
  },

  page: async ({ page, expectedConsoleErrors }, use) => {
    const wrong: string[] = []
    page.on('pageerror', (error) => wrong.push(`page error: ${error.message}`))
    page.on('console', (message) => {
      const text = message.text()
      if (message.type() === 'error' && !expectedConsoleErrors.some((expected) => expected.test(text))) wrong.push(text)
    })
    await use(page)
    expect(wrong, 'unexpected console errors').toEqual([])
  },

  baseURL: async ({ app }, use) => use(app.url),
})

export { expect }
