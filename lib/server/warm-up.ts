import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { Settings } from './config/settings.ts'
import { apiMethods } from './http/api-methods.ts'
import type { Handle } from './request-guard.ts'

const TIMEOUT_MS = 5_000

/**
 * Asks each route of the build once, signed out, before anybody else can: what its first request loads and compiles held
 * up everybody's for 100 to 450 ms.
 */
export async function warmUp(folder: string, handle: Handle, { appOrigin }: Settings): Promise<void> {
  const server = createServer(handle).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') return
  const url = `http://127.0.0.1:${address.port}`
  for (const path of pathsOf(folder)) {
    const [method = 'GET'] = path.startsWith('/api/') ? apiMethods(path) : []
    const headers = { origin: appOrigin ?? url, 'content-type': 'application/json' }
    const body = method === 'GET' ? null : '{}'
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    // A route that fails does so again when it is needed.
    await fetch(url + path, { method, headers, body, signal, redirect: 'manual' })
      .then((answer) => answer.arrayBuffer())
      .catch(() => null)
  }
  server.close().closeAllConnections()
  loadLocale()
}

/** What a list's first page formats: 20 ms for the data of a language, once in a process. */
function loadLocale(): void {
  new Intl.NumberFormat().format(0)
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' }).format(0)
}

function pathsOf(folder: string): string[] {
  const manifest = readFileSync(join(folder, 'app-path-routes-manifest.json'), 'utf8')
  // A cast: Next wrote it.
  return Object.values(JSON.parse(manifest) as Record<string, string>).map((path) => path.replace(/\[[^\]]+\]/g, '1'))
}
