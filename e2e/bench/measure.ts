import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { StreamEvent } from '../support/api-client.ts'
import { type AppProcess, type SandboxProcess, startApp, startSandboxProcess } from '../support/servers.ts'
import type { SandboxControl } from '../vida-sandbox/control.ts'
import { sandboxControl } from '../vida-sandbox/control-client.ts'

const MB = 1024 * 1024

export interface Bench {
  sandbox: SandboxProcess & { control: SandboxControl }
  app: AppProcess
}

/** Starts a sandbox and the production build against it, runs `measure`, and ends both whatever happens. */
export async function withServers<Result>(
  sandboxArgs: readonly string[],
  measure: (bench: Bench) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'numberdesk-bench-'))
  const sandbox = await startSandboxProcess(sandboxArgs)
  try {
    const probe = pathToFileURL('e2e/bench/memory-probe.mjs').href
    const app = await startApp({
      VIDA_API_BASE_URL: sandbox.url,
      DATA_DIR: join(folder, 'data'),
      NODE_OPTIONS: `--import ${probe} ${memoryFlags()}`,
    })
    try {
      return await measure({ sandbox: { ...sandbox, control: sandboxControl(sandbox.controlUrl) }, app })
    } finally {
      await app.stop(5_000)
    }
  } finally {
    await sandbox.stop(2_000)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The flags about memory that `npm start` gives the server: the bench measures what is shipped. */
export function memoryFlags(): string {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }
  return scripts.start.match(/--max-\S+/g)?.join(' ') ?? ''
}

/** Resident memory of a process, MB (Linux: /proc). */
export function residentMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}

/** What a server holds after its garbage was collected, MB. */
export async function settledMb({ child, output }: AppProcess): Promise<{ heap: number; rss: number }> {
  const before = output().length
  child.kill('SIGUSR2')
  for (;;) {
    if (child.stderr) await Promise.race([once(child.stderr, 'data'), delay(5_000)])
    const said = /memory-probe (\{.*\})/.exec(output().slice(before))?.[1]
    if (!said) continue
    const { heapUsed, rss } = JSON.parse(said) as { heapUsed: number; rss: number }
    return { heap: heapUsed / MB, rss: rss / MB }
  }
}

/** Samples a process's resident memory until `stop` is called, which gives the highest value, MB. */
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
  /** From the request to the first event with a number in it. */
  firstNumberMs: number
  done: StreamEvent
}

/** Reads one stream of `GET /api/numbers` as it comes. @throws Error when it does not end with `done`. */
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
