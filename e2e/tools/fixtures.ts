import { rmSync } from 'node:fs'
import { test as base, expect } from '@playwright/test'
import { type ApiClient, apiClient } from './api-client.ts'
import { dataIn, emptyHouse, type House, newFolder, openHouse, openSandbox, type Sandbox } from './house.ts'
import { type AppProcess, startApp } from './servers.ts'

interface Options {
  /**
   * Whether the story may live in a house that others lived in before (`emptyHouse` says what stays of them). A house
   * costs two seconds of a processor. With `sandboxArgs` or `appEnv` it gets its own all the same.
   */
  sharedHouse: boolean
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
  /** Starts this worker's shared house when the first test asks for it. */
  commonHouse: () => Promise<House>
}

/** `test` for every story: real servers, and no console error, page error or token left unnoticed. */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  sharedHouse: [false, { option: true }],
  sandboxArgs: [[], { option: true }],
  appEnv: [{}, { option: true }],
  expectedConsoleErrors: [[], { option: true }],

  commonHouse: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      let opened: Promise<House> | undefined
      await use(() => (opened ??= openHouse()))
      await (await opened)?.close()
    },
    { scope: 'worker' },
  ],

  house: async ({ sharedHouse, sandboxArgs, appEnv, commonHouse }, use) => {
    const shared = sharedHouse && sandboxArgs.length === 0 && Object.keys(appEnv).length === 0
    const house = shared ? await commonHouse() : null
    if (house) await emptyHouse(house)
    await use(house)
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
    for (const token of Object.values(sandbox.tokens))
      expect(app.output(), 'the server printed a token').not.toContain(token)
  },

  signIn: async ({ app, sandbox }, use) => {
    await use((token = sandbox.tokens.reseller) => apiClient(app.url, token))
  },

  page: async ({ page, app, expectedConsoleErrors }, use) => {
    const wrong: string[] = []
    page.on('pageerror', (error) => wrong.push(`page error: ${error.message}`))
    page.on('console', (message) => {
      const text = message.text()
      if (message.type() === 'error' && !expectedConsoleErrors.some((expected) => expected.test(text))) wrong.push(text)
    })
    await page.goto(`${app.url}/sign-in`)
    await use(page)
    expect(wrong, 'unexpected console errors').toEqual([])
  },

  baseURL: async ({ app }, use) => use(app.url),
})

export { expect }
