import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

export interface Started {
  child: ChildProcess
  output: () => string
  /** SIGTERM, and SIGKILL after `graceMs`. */
  stop: (graceMs?: number) => Promise<void>
  /** SIGKILL at once, as in a power failure. */
  kill: () => Promise<void>
}

export function startNode(
  file: string,
  args: readonly string[],
  env: Record<string, string | undefined>,
  cwd = '.',
): Started {
  return startCommand(process.execPath, [resolve(file), ...args], env, cwd)
}

export function startCommand(
  command: string,
  args: readonly string[],
  env: Record<string, string | undefined>,
  cwd = '.',
): Started {
  const child = spawn(command, args, {
    cwd,
    // Playwright sets it, and beside a NO_COLOR of the person's Node would print a warning.
    env: { ...process.env, FORCE_COLOR: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk))
  const stop = async (graceMs = 35_000) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
    await exited
    clearTimeout(timer)
  }
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
  return { child, output: () => output, stop, kill }
}

/** The first matching line of standard output. @throws Error with the output if the process ends before. */
export async function firstLine(started: Started, match: RegExp, timeoutMs = 60_000): Promise<string> {
  const { child } = started
  if (!child.stdout) throw new Error('the process has no standard output')
  const lines = createInterface({ input: child.stdout })
  const timer = setTimeout(() => lines.close(), timeoutMs)
  try {
    for await (const line of lines) if (match.test(line)) return line
  } finally {
    clearTimeout(timer)
    lines.close()
    // Closing pauses it, and what the process prints later would be lost.
    child.stdout.resume()
  }
  throw new Error(`it did not start:\n${started.output()}`)
}
