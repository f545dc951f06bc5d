import { rmSync } from 'node:fs'
import { test as base, expect } from '@playwright/test'
import { type ApiClient, apiClient } from './api-client.ts'
import { type AppProcess, startApp } from './servers.ts'
import { dataIn, emptyHouse, type House, newFolder, openHouse, openSandbox, type Sandbox } from './test-app.ts'

interface Options {
  /**
   * The name of a house that the tests of this name share, one after the other (`emptyHouse` says what stays of them);
   * `null`, or with `sandboxArgs` or `appEnv`: a house of its own, which costs two seconds of a processor.
   */
  houseName: 'shared' | 'returns' | null
  /** Flags of the sandbox's main.ts. */
  sandboxArgs: string[]
  /** Variables of the app besides those that point it at the sandbox. */
  appEnv: Record<string, string>
  /** Console errors that a story provokes on purpose (a refused request is one to Chromium). */
  expectedConsoleErrors: RegExp[]
}

interface Fixtures {
  /** The shared house, emptied; `null` for a story that has its own. */
  house: House | null
  sandbox: Sandbox
  dataDir: string
  /** A started app against this test's sandbox. */
  app: AppProcess
  /** Signs in over HTTP; the reseller's token unless another is given. */
  signIn: (token?: string) => Promise<ApiClient>
}

interface WorkerFixtures {
  /** Starts a house of this worker when the first test asks for it, and empties it for each. */
  houses: (name: string) => Promise<House>
}

function expectNoToken(app: AppProcess, sandbox: Sandbox): void {
  for (const token of Object.values(sandbox.tokens))
    expect(app.output(), 'the server printed a token').not.toContain(token)
}

/** `test` for every story: real servers, and no console error, page error or token left unnoticed. */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  houseName: [null, { option: true }],
  sandboxArgs: [[], { option: true }],
  appEnv: [{}, { option: true }],
  expectedConsoleErrors: [[], { option: true }],

  houses: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const opened = new Map<string, House>()
      await use(async (name) => {
        const house = opened.get(name) ?? (await openHouse())
        opened.set(name, house)
        return emptyHouse(house)
      })
      await Promise.all([...opened.values()].map((house) => house.close()))
      // Each token of a test begins with the house's own; this finds what was printed after the test, too.
      for (const { app, sandbox } of opened.values()) expectNoToken(app, sandbox)
    },
    { scope: 'worker' },
  ],

  house: async ({ houseName, sandboxArgs, appEnv, houses }, use) => {
    const own = houseName === null || sandboxArgs.length > 0 || Object.keys(appEnv).length > 0
    await use(own ? null : await houses(houseName))
  },

  sandbox: async ({ house, sandboxArgs }, use) => {
    if (house) return use(house.sandbox)
    const sandbox = await openSandbox(sandboxArgs)
    await use(sandbox)
    await sandbox.stop(2_000)
  },

  dataDir: async ({ house }, use) => {
    if (house) return use(house.folder)
    const folder = newFolder()
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },

  app: async ({ house, sandbox, dataDir, appEnv }, use) => {
    const app = house?.app ?? (await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: dataIn(dataDir), ...appEnv }))
    await use(app)
    if (!house) await app.stop()
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
