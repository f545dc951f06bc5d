import { rmSync } from 'node:fs'
import { test as base, expect } from '@playwright/test'
import { type ApiClient, apiClient } from './api-client.ts'
import { type AppProcess, startApp } from './servers.ts'
import { dataIn, newFolder, openSandbox, resetTestApp, type Sandbox, startTestApp, type TestApp } from './test-app.ts'

interface Options {
  /**
   * The name of an app that the tests of one worker share, one after the other (`resetTestApp` says what remains).
   * `null`, or any `sandboxArgs` or `appEnv`: the test starts its own, which costs two seconds of CPU time.
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
  /** Signs in over HTTP; the reseller's token unless another is given. */
  signIn: (token?: string) => Promise<ApiClient>
}

interface WorkerFixtures {
  /** Starts the app of that name on the first call, and resets it on each. */
  testApps: (name: string) => Promise<TestApp>
}

function expectNoToken(app: AppProcess, sandbox: Sandbox): void {
  for (const token of Object.values(sandbox.tokens))
    expect(app.output(), 'the server printed a token').not.toContain(token)
}

/** `test` with real servers. It fails on an unexpected console error, a page error, or a token in the server's output. */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  sharedApp: [null, { option: true }],
  sandboxArgs: [[], { option: true }],
  appEnv: [{}, { option: true }],
  expectedConsoleErrors: [[], { option: true }],

  testApps: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
    async ({}, use) => {
      const started = new Map<string, TestApp>()
      await use(async (name) => {
        const app = started.get(name) ?? (await startTestApp())
        started.set(name, app)
        return resetTestApp(app)
      })
      await Promise.all([...started.values()].map((app) => app.close()))
      // The token of each test begins with one of these, so this finds what was printed after a test, too.
      for (const { app, sandbox } of started.values()) expectNoToken(app, sandbox)
    },
    { scope: 'worker' },
  ],

  shared: async ({ sharedApp, sandboxArgs, appEnv, testApps }, use) => {
    const own = sharedApp === null || sandboxArgs.length > 0 || Object.keys(appEnv).length > 0
    await use(own ? null : await testApps(sharedApp))
  },

  sandbox: async ({ shared, sandboxArgs }, use) => {
    if (shared) return use(shared.sandbox)
    const sandbox = await openSandbox(sandboxArgs)
    await use(sandbox)
    await sandbox.stop(2_000)
  },

  dataDir: async ({ shared }, use) => {
    if (shared) return use(shared.folder)
    const folder = newFolder()
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },

  app: async ({ shared, sandbox, dataDir, appEnv }, use) => {
    const app =
      shared?.app ?? (await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: dataIn(dataDir), ...appEnv }))
    await use(app)
    if (!shared) await app.stop()
    expectNoToken(app, sandbox)
  },

  signIn: async ({ app, sandbox }, use) => {
    await use((token = sandbox.tokens.reseller) => apiClient(app.url, token))
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
