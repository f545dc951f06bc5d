import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const HOOKS = new URL('../../module-hooks.ts', import.meta.url).href

export interface Child {
  readonly lines: readonly string[]
  printed(count: number): Promise<void>
  kill(): Promise<void>
  ended(): Promise<number | null>
}

/** Starts a TypeScript file in a process that ends with the test. `script`: an absolute `file:` URL. */
export function startChild(script: URL, args: readonly string[]): Child {
  const child = spawn(process.execPath, ['--no-warnings', '--import', HOOKS, fileURLToPath(script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const lines: string[] = []
  const reader = createInterface({ input: child.stdout })
  reader.on('line', (line) => lines.push(line))
  const drained = once(reader, 'close')
  const kill = async () => {
    child.kill('SIGKILL')
    await exit
    await drained
  }
  onTestFinished(kill)
  return {
    lines,
    kill,
    printed: async (count) => {
      while (lines.length < count)
        await Promise.race([once(reader, 'line'), exit.then(() => Promise.reject(new Error('the child ended early')))])
    },
    ended: async () => {
      await exit
      await drained
      return child.exitCode
    },
  }
}
