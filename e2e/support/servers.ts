import { sandboxControl } from '../vida-sandbox/control-client.ts'
import type { Sandbox } from '../vida-sandbox/sandbox.ts'
import { firstLine, type Started, startNode } from './processes.ts'

const SANDBOX = 'e2e/vida-sandbox/main.ts'
const APP = 'lib/server/main.ts'

/** A sandbox in a process of its own, which does not share the processor time of the process that measures. */
export async function openSandboxProcess(args: readonly string[]): Promise<Sandbox> {
  const started = startNode(SANDBOX, args, {})
  const facts = JSON.parse(await firstLine(started, /^\{/)) as Pick<Sandbox, 'url' | 'controlUrl' | 'tokens'>
  return { ...facts, control: sandboxControl(facts.controlUrl), close: () => started.stop(2_000) }
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
