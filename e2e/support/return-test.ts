import { join } from 'node:path'
import { apiClient, clientWith } from './api-client.ts'
import { test as base, expect } from './fixtures.ts'
import { ReturnsApi } from './returns.ts'
import { type AppProcess, startApp } from './servers.ts'

interface Fixtures {
  api: ReturnsApi
  openApi: (token?: string) => Promise<ReturnsApi>
  /** Starts another app on the same data directory, with `cookie` or a new session of the reseller. */
  startNextApp: (cookie?: string) => Promise<ReturnsApi>
}

/** `test` for returns over HTTP, also by the next server after one that was killed. */
export const test = base.extend<Fixtures>({
  openApi: async ({ signIn, sandbox }, use) => {
    await use(async (token) => new ReturnsApi(await signIn(token), sandbox.control))
  },

  api: async ({ openApi }, use) => use(await openApi()),

  startNextApp: async ({ sandbox, dataDir }, use) => {
    const apps: AppProcess[] = []
    await use(async (cookie) => {
      const app = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: join(dataDir, 'data') })
      apps.push(app)
      const client = cookie ? clientWith(app.url, cookie) : await apiClient(app.url, sandbox.tokens.reseller)
      return new ReturnsApi(client, sandbox.control)
    })
    await Promise.all(apps.map((app) => app.stop()))
  },
})

export { expect }
