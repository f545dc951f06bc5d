import { join } from 'node:path'
import { apiClient, clientWith } from './api-client.ts'
import { test as base, expect } from './fixtures.ts'
import { Desk } from './returns.ts'
import { type AppProcess, startApp } from './servers.ts'

interface Fixtures {
  /** The reseller, signed in. */
  desk: Desk
  openDesk: (token?: string) => Promise<Desk>
  /** Starts one more app on the same data directory; the reseller signs in there, or goes on with `cookie`. */
  openNextApp: (cookie?: string) => Promise<Desk>
}

/** `test` for returns: who confirms them, and what comes after a server that is gone. */
export const test = base.extend<Fixtures>({
  openDesk: async ({ signIn, sandbox }, use) => {
    await use(async (token) => new Desk(await signIn(token), sandbox.control))
  },

  desk: async ({ openDesk }, use) => use(await openDesk()),

  openNextApp: async ({ sandbox, dataDir }, use) => {
    const apps: AppProcess[] = []
    await use(async (cookie) => {
      const app = await startApp({ VIDA_API_BASE_URL: sandbox.url, DATA_DIR: join(dataDir, 'data') })
      apps.push(app)
      const client = cookie ? clientWith(app.url, cookie) : await apiClient(app.url, sandbox.tokens.reseller)
      return new Desk(client, sandbox.control)
    })
    await Promise.all(apps.map((app) => app.stop()))
  },
})

export { expect }
