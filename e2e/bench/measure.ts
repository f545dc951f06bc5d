import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { StreamEvent } from '../support/api-client.ts'
import type { Started } from '../support/processes.ts'
import { type AppProcess, openSandboxProcess } from '../support/servers.ts'
import { startTestApp, type TestApp } from '../support/test-app.ts'

const MB = 1024 * 1024

type Probe = 'memory' | 'loop'

export function probed(...probes: [Probe, ...Probe[]]): { NODE_OPTIONS: string } {
  const imports = probes.map((probe) => `--import ${pathToFileURL(`e2e/bench/${probe}-probe.mjs`).href}`)
  return { NODE_OPTIONS: `${imports.join(' ')} ${memoryFlags()}` }
}

export async function withServers<Result>(
  sandboxArgs: readonly string[],
  measure: (servers: TestApp) => Promise<Result>,
  env: Record<string, string> = probed('memory'),
): Promise<Result> {
  const servers = await startTestApp(sandboxArgs, env, openSandboxProcess)
  try {
    return await measure(servers)
  } finally {
    await servers.close()
  }
}

export function memoryFlags(): string {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }
  return scripts.start.match(/--max-\S+/g)?.join(' ') ?? ''
}

/** Resident memory of a process, MB (Linux: /proc). */
export function residentMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}

/** What a probe of a `probed` process prints when it gets that signal. */
export async function askProbe({ child, output }: Started, signal: NodeJS.Signals): Promise<string> {
  const before = output().length
  child.kill(signal)
  for (;;) {
    if (child.stderr) await Promise.race([once(child.stderr, 'data'), delay(5_000)])
    const said = /(?:memory|loop)-probe (\{.*\})/.exec(output().slice(before))?.[1]
    if (said) return said
  }
}

/** Memory of a `probed` server after a garbage collection, MB. */
export async function settledMb(app: AppProcess): Promise<{ heap: number; rss: number }> {
  const { heapUsed, rss } = JSON.parse(await askProbe(app, 'SIGUSR2')) as { heapUsed: number; rss: number }
  return { heap: heapUsed / MB, rss: rss / MB }
}

/** Samples resident memory until the result is called, which gives the highest value, MB. */
export function watchMemory(pid: number | undefined): () => number {
  let peak = residentMb(pid)
  const timer = setInterval(() => {
    peak = Math.max(peak, residentMb(pid))
  }, 100)
  return () => {
    clearInterval(timer)
    return peak
  }
}

export interface TimedScan {
  ms: number
  firstNumberMs: number
  done: StreamEvent
}

/** Reads one stream of `GET /api/numbers`. @throws Error when it does not end with `done`. */
export async function timedScan(open: () => Promise<Response>): Promise<TimedScan> {
  const begun = performance.now()
  let firstNumberMs = Number.NaN
  let last = ''
  let rest = ''
  const { body } = await open()
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    rest += chunk
    if (Number.isNaN(firstNumberMs) && rest.includes('"number":')) firstNumberMs = performance.now() - begun
    const end = rest.lastIndexOf('\n')
    if (end < 0) continue
    last = rest.slice(rest.lastIndexOf('\n', end - 1) + 1, end)
    rest = rest.slice(end + 1)
  }
  const done = JSON.parse(last) as StreamEvent
  if (done.type !== 'done') throw new Error('a stream ended without its last line')
  return { ms: performance.now() - begun, firstNumberMs, done }
}

/** The value below which `share` (0 to 1) of the samples are. */
export function percentile(samples: readonly number[], share: number): number {
  const ordered = samples.toSorted((a, b) => a - b)
  return ordered[Math.min(ordered.length - 1, Math.ceil(share * ordered.length) - 1)] ?? Number.NaN
}
