import { join } from 'node:path'
import { apiClient, clientWith } from './api-client.ts'
import { test as base, expect } from './fixtures.ts'
import { ReturnsApi } from './returns.ts'
import { type AppProcess, startApp } from './servers.ts'

interface Fixtures {
  /** The reseller, signed in. */
  api: ReturnsApi
  openApi: (token?: string) => Promise<ReturnsApi>
  /** Starts one more app on the same data directory; the reseller signs in there, or goes on with `cookie`. */
  startNextApp: (cookie?: string) => Promise<ReturnsApi>
}

/** `test` for returns: who confirms them, and what comes after a server that is gone. */
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
