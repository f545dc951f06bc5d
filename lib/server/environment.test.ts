import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const LOADER = new URL('./environment.ts', import.meta.url).href
const GOOD = 'nMq8vT2zKp5wXr7yLb4cJd9fHg3sAe6u'

/** A folder of its own with these files, to start the app in. */
function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'numberdesk-env-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

/** Starts the server there with this environment. There is no build, so it ends by itself, whatever the settings are. */
function start(folder: string, env: Record<string, string> = {}, ...args: string[]) {
  const { PATH } = process.env
  const run = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { NODE_ENV: 'production', PATH, PORT: '0', DATA_DIR: join(folder, 'data'), ...env },
    encoding: 'utf8',
    timeout: 15_000,
  })
  return { status: run.status, said: run.stderr }
}

it('a bad value in a .env file stops the start like one in the environment, and is not repeated', () => {
  const folder = folderWith({ '.env': 'SESSION_SECRET=weak-one\nAPP_ORIGIN=http://numbers.test\n' })
  const { status, said } = start(folder)
  expect(status).toBe(1)
  expect(said).toMatch(/^The app cannot start:\n {2}SESSION_SECRET: .*\n {2}APP_ORIGIN: .*\n$/)
  expect(said).not.toMatch(/weak-one|numbers\.test/)
})

it('what the environment says goes before a .env file, and .env.production before .env', () => {
  const folder = folderWith({ '.env': 'SESSION_SECRET=weak\nMAX_BATCH=no', '.env.production': 'MAX_BATCH=7' })
  expect(start(folder).said).toMatch(/^The app cannot start:\n {2}SESSION_SECRET: .*\n$/)
  expect(start(folder, { SESSION_SECRET: GOOD }).said).not.toContain('The app cannot start')
})

it('a .env file that is there but cannot be read stops the start', () => {
  const folder = folderWith({})
  symlinkSync('.env', join(folder, '.env'))
  const { status, said } = start(folder)
  expect([status, said]).toEqual([1, 'The app cannot start:\n  .env: it is there but cannot be read\n'])
})

it('a file that every user of the machine can read and that holds a secret gets a warning with its mode', () => {
  const folder = folderWith({ '.env': `SESSION_SECRET=${GOOD}\n`, '.env.production': 'MAX_BATCH=7\n' })
  const warnings = (mode: number): unknown => {
    for (const name of ['.env', '.env.production']) chmodSync(join(folder, name), mode)
    const load = `import { loadEnvironment } from ${JSON.stringify(LOADER)}
      process.stdout.write(JSON.stringify(loadEnvironment('.', { dev: false })))`
    const args = ['--input-type=module', '--eval', load]
    const { PATH } = process.env
    const env: NodeJS.ProcessEnv = { NODE_ENV: 'production', PATH }
    return JSON.parse(spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' }).stdout)
  }
  expect(warnings(0o644)).toEqual([
    'Warning: .env has mode 0644: every user of this machine can read its SESSION_SECRET. Run: chmod 600 .env',
  ])
  expect(warnings(0o666)).toEqual(
    ['.env.production', '.env'].map(
      (name) => `Warning: ${name} has mode 0666: every user of this machine can change it. Run: chmod 600 ${name}`,
    ),
  )
  for (const mode of [0o600, 0o640, 0o660]) expect(warnings(mode), mode.toString(8)).toEqual([])
})

it('a certificate check that is switched off stops the start, in the environment as in a .env file', () => {
  const refusal = /^The app cannot start:\n {2}NODE_TLS_REJECT_UNAUTHORIZED: .*certificate.*\n$/
  const inFile = start(folderWith({ '.env': 'NODE_TLS_REJECT_UNAUTHORIZED=0\n' }))
  expect(inFile.status).toBe(1)
  expect(inFile.said).toMatch(refusal)
  expect(start(folderWith({}), { NODE_TLS_REJECT_UNAUTHORIZED: '0' }).said).toMatch(refusal)
})
