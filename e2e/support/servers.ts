import type { Role } from '../vida-sandbox/tokens.ts'
import { firstLine, type Started, startNode } from './processes.ts'

const SANDBOX = 'e2e/vida-sandbox/main.ts'
const APP = 'lib/server/main.ts'

export interface SandboxProcess extends Started {
  url: string
  controlUrl: string
  tokens: Record<Role, string>
}

export async function startSandboxProcess(args: readonly string[] = []): Promise<SandboxProcess> {
  const started = startNode(SANDBOX, args, {})
  const facts = JSON.parse(await firstLine(started, /^\{/)) as Pick<SandboxProcess, 'url' | 'controlUrl' | 'tokens'>
  return { ...started, ...facts }
}

export interface AppProcess extends Started {
  url: string
}

/** Starts the built app (with `--dev` its sources) against a Vida API, in `folder` if the build is seen there, too. */
export async function startApp(
  env: Record<string, string | undefined>,
  folder?: string,
  args: readonly string[] = [],
): Promise<AppProcess> {
  const started = startNode(APP, args, { NODE_ENV: 'production', HOST: '127.0.0.1', PORT: '0', ...env }, folder)
  const line = await firstLine(started, /ready on/)
  return { ...started, url: line.replace(/^.*ready on /, '') }
}
