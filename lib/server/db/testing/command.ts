import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Runs `lib/server/<name>.ts` as the script of that name in package.json does. */
export function runNpmCommand(
  name: 'migrate' | 'purge' | 'ledger' | 'doctor',
  env: Record<string, string>,
  args: string[] = [],
) {
  return runScript(`lib/server/${name}.ts`, env, args)
}

export async function runScript(path: string, env: Record<string, string>, args: string[] = []) {
  const command = ['--no-warnings', '--import', './lib/server/module-hooks.ts', path, ...args]
  const child = spawn(process.execPath, command, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk))
  await once(child, 'close')
  return { status: child.exitCode, said }
}
