import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { startApp } from './servers.ts'
import { openSandbox } from './test-app.ts'

/** `npm run sandbox` and, with `--dev`, `npm run dev`: the app and a Vida sandbox, with a data folder of their own. */
async function main(): Promise<void> {
  const dev = process.argv.includes('--dev')
  const dataDir = process.env.DATA_DIR || './.data/sandbox'
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const latency = process.env.SANDBOX_LATENCY_MS ?? '60'
  // A fixed port keeps the history of earlier play, which belongs to the API's origin.
  const port = process.env.SANDBOX_PORT ?? '4790'
  const args = ['--latency', latency, '--use', 'believable']
  const sandbox = await openSandbox([...args, '--port', port]).catch(() => openSandbox(args))
  const env = {
    PORT: process.env.PORT || '3000',
    HOST: process.env.HOST || '127.0.0.1',
    DATA_DIR: dataDir,
    VIDA_API_BASE_URL: sandbox.url,
    DATABASE_URL: undefined,
  }
  const app = await startApp(env, '.', dev ? ['--dev'] : []).catch(async (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : 'The app did not start.'}\n`)
    process.exit(1)
  })
  const logFile = join(dataDir, 'app.log')
  const logStream = createWriteStream(logFile, { flags: 'a', mode: 0o600 })
  if (app.child.stderr) {
    createInterface(app.child.stderr).on('line', (line) =>
      (line.startsWith('{') ? logStream : process.stderr).write(`${line}\n`),
    )
  }
  process.stdout.write(
    [
      '',
      'Numberdesk with a sandbox in place of Vida. Nothing here is real.',
      '',
      `  Address  ${app.url}`,
      `  Token    ${sandbox.tokens.reseller}`,
      `  Log      ${logFile}`,
      '',
      dev ? 'A change of a file shows at once. Ctrl+C ends both.' : 'Ctrl+C ends both.',
      '',
    ].join('\n'),
  )
  if (dev) app.child.stdout?.pipe(process.stdout)
  const stop = async () => {
    await app.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop())
  app.child.on('exit', () => void stop())
}

await main()
