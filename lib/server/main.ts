import { createServer } from 'node:http'
import { builtFiles } from './built-files.ts'
import { sessionSecrets } from './config/secret.ts'
import { readSettings, type Settings, SettingsError } from './config/settings.ts'
import { loadEnvironment } from './environment.ts'
import { logConsoleErrors } from './process/console-errors.ts'
import { databaseOpened } from './process/database-opened.ts'
import { stopOnSignals } from './process/stop-on-signals.ts'
import { requestGuard } from './request-guard.ts'
import { shareBuiltFiles } from './shared-files.ts'
import { warmUp } from './warm-up.ts'

/** The small HTTP server around Next; docs/decisions/0002-own-http-server.md says why it is there. */
async function main(): Promise<void> {
  process.umask(0o077)
  // Without a listener each failed write would be an exception, which is logged, without end.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  // Vida's token travels in the query string; Next's own tracing would record it.
  process.env.NEXT_OTEL_FETCH_DISABLED = '1'
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  const dev = process.argv.includes('--dev')
  // React picks its build when it is first loaded, so this stands before the import of Next.
  Object.assign(process.env, { NODE_ENV: dev ? 'development' : 'production' })
  const settings = start(dev)
  if (!dev) logConsoleErrors()
  const { default: next } = await import('next')
  const server = createServer({
    requestTimeout: 60_000,
    headersTimeout: 15_000,
    keepAliveTimeout: 5_000,
    // Node's own 30 s would let a slow client stay twice as long.
    connectionsCheckingInterval: 1_000,
  })
  // Next answers WebSocket upgrades without the request guard, so only development gives it this server.
  const httpServer = dev ? server : createServer()
  const app = next({ dev, httpServer, hostname: settings.host, port: settings.port })
  await app.prepare()
  const closeDatabase = await databaseOpened().promise
  const handle = app.getRequestHandler()
  const shared = settings.staticDir === null || dev ? null : await shareBuiltFiles('.next', settings.staticDir)
  const guarded = requestGuard(settings, dev ? handle : builtFiles('.next', handle, shared))
  // The tests' servers answer few routes each.
  if (!dev && process.env.PRELOAD_ROUTES !== '0') await warmUp('.next', guarded, settings)
  server.on('request', guarded)
  server.listen(settings.port, settings.host, () => {
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : settings.port
    const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host
    process.stdout.write(`Numberdesk is ready on http://${host}:${port}\n`)
    if (!settings.vidaIsProduction) process.stdout.write(`Not production: Vida API at ${settings.vidaBaseUrl}\n`)
  })
  server.on('error', (error) => fail(`Cannot listen on ${settings.host}:${settings.port} (${codeOf(error)}).`))
  stopOnSignals(server, { stopMs: settings.stopSeconds * 1000, drainMs: settings.drainSeconds * 1000, closeDatabase })
}

function start(dev: boolean): Settings {
  try {
    const warnings = loadEnvironment(process.cwd(), { dev })
    const settings = readSettings(process.env)
    sessionSecrets(settings)
    for (const warning of warnings) process.stderr.write(`${warning}\n`)
    return settings
  } catch (error) {
    if (error instanceof SettingsError) return fail(error.message)
    return fail(`DATA_DIR cannot be used (${codeOf(error)}): the app keeps its session secret and database there.`)
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error
    ? String(error.code)
    : error instanceof Error
      ? error.message
      : 'error'
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

await main()
