import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import type { SandboxControl } from '../vida-sandbox/control.ts'
import { sandboxControl } from '../vida-sandbox/control-client.ts'
import { type ApiClient, apiClient } from './api-client.ts'
import { type AppProcess, type SandboxProcess, startApp, startSandboxProcess } from './servers.ts'

interface Options {
  /** Flags of the sandbox's main.ts. */
  sandboxArgs: string[]
  /** Variables of the app besides those that point it at the sandbox. */
  appEnv: Record<string, string>
  /** Console errors that a story provokes on purpose (a refused request is one to Chromium). */
  expectedConsoleErrors: RegExp[]
}

interface Fixtures {
  sandbox: SandboxProcess & { control: SandboxControl }
  dataDir: string
  /** A started app of this test's own, against this test's own sandbox. */
  app: AppProcess
  /** Signs in over HTTP; the reseller's token unless another is given. */
  signIn: (token?: string) => Promise<ApiClient>
}

/** `test` for every story: real servers of its own, and no console error, page error or token left unnoticed. */
export const test = base.extend<Options & Fixtures>({
  sandboxArgs: [[], { option: true }],
  appEnv: [{}, { option: true }],
  expectedConsoleErrors: [[], { option: true }],

  sandbox: async ({ sandboxArgs }, use) => {
    const sandbox = await startSandboxProcess(sandboxArgs)
    await use({ ...sandbox, control: sandboxControl(sandbox.controlUrl) })
    await sandbox.stop(2_000)
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
  dataDir: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'numberdesk-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },

  app: async ({ sandbox, dataDir, appEnv }, use) => {
    const app = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: join(dataDir, 'data'), ...appEnv })
    await use(app)
    await app.stop()
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
