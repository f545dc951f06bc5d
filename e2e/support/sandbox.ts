import { mkdirSync } from 'node:fs'
import { startApp, startSandboxProcess } from './servers.ts'

/** `npm run sandbox`: the app and a Vida sandbox beside it, for play. Real returns never meet this data. */
async function main(): Promise<void> {
  const dataDir = process.env.DATA_DIR || './.data/sandbox'
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const latency = process.env.SANDBOX_LATENCY_MS ?? '60'
  // A fixed port keeps the history of earlier play, which belongs to the API's origin.
  const port = process.env.SANDBOX_PORT ?? '4790'
  const sandbox = await startSandboxProcess(['--latency', latency, '--port', port]).catch(() =>
    startSandboxProcess(['--latency', latency]),
  )
  const app = await startApp({
    PORT: process.env.PORT || '3000',
    HOST: process.env.HOST || '127.0.0.1',
    DATA_DIR: dataDir,
    VIDA_API_BASE_URL: sandbox.url,
    DATABASE_URL: undefined,
  }).catch(async (error: unknown) => {
    await sandbox.stop()
    process.stderr.write(`${error instanceof Error ? error.message : 'The app did not start.'}\n`)
    process.exit(1)
  })
  process.stdout.write(
    [
      '',
      'Numberdesk with a sandbox in place of Vida. Nothing here is real.',
      '',
      `  Address  ${app.url}`,
      `  Token    ${sandbox.tokens.reseller}`,
      '',
      'Ctrl+C ends both.',
      '',
    ].join('\n'),
  )
  app.child.stderr?.pipe(process.stderr)
  const stop = async () => {
    await Promise.all([app.stop(), sandbox.stop()])
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop())
  app.child.on('exit', () => void stop())
  sandbox.child.on('exit', () => void stop())
}

await main()
