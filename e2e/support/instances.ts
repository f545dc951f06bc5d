import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import type { PostgresDatabases } from '../../lib/server/db/testing/postgres.ts'
import { SESSION_SECRET } from './postgres.ts'
import { type AppProcess, startApp } from './servers.ts'

export interface Instances {
  /** One more on the same database, of the build in `build` if one is given. */
  start: (env?: Record<string, string>, build?: string) => Promise<AppProcess>
  stop: () => Promise<void>
}

/** Instances on one database of that server, each with a data folder of its own in `folder`. */
export async function instancesOn(server: PostgresDatabases, vidaUrl: string, folder: string): Promise<Instances> {
  const DATABASE_URL = await server.takeDatabase()
  const apps: AppProcess[] = []
  return {
    start: async (env = {}, build = undefined) => {
      const DATA_DIR = mkdtempSync(join(folder, 'data-'))
      const app = await startApp({ VIDA_API_BASE_URL: vidaUrl, DATABASE_URL, DATA_DIR, SESSION_SECRET, ...env }, build)
      apps.push(app)
      return app
    },
    stop: async () => {
      await Promise.all(apps.map((app) => app.stop()))
    },
  }
}
