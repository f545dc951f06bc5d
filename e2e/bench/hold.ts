import { firstLine, type Started, startCommand } from '../support/processes.ts'
import { askProbe, probed } from './measure.ts'
import { atMost, info, type Row } from './report.ts'

const MOST_MS = 50

/** For the head of a section with `holdRow`. */
export const HOW_HELD =
  'Measured is the longest time for which a request held the app’s event loop: from one turn of it to the next, without the time in which its thread was ready to run and other processes had the cores (`/proc/self/task/*/schedstat`). ' +
  'What it computed, garbage collections, writes to the disk and waits for its own threads count. “Delay” is what monitorEventLoopDelay (resolution 1 ms) saw, with the time of others; “busy” the processor time of the main thread in one turn.'

interface Hold {
  delayMs: number
  heldMs: number
  busyMs: number
  collectionMs: number
}

/** For how long the event loop of a process with the probe `loop` was held at most while `act` went on. */
export async function longestHold<Result>(
  process: Started,
  act: () => Promise<Result>,
): Promise<Hold & { result: Result }> {
  await askProbe(process, 'SIGWINCH')
  const result = await act()
  return { ...(JSON.parse(await askProbe(process, 'SIGWINCH')) as Hold), result }
}

export function holdRow(what: string, { heldMs, ...hold }: Hold): Row {
  return atMost(what, heldMs, MOST_MS, 'ms', noteOf(hold))
}

function noteOf({ delayMs, busyMs, collectionMs }: Omit<Hold, 'heldMs'>): string {
  const [delay, busy, collection] = [delayMs, busyMs, collectionMs].map((ms) => ms.toFixed(0))
  return `Delay ${delay} ms; busy ${busy} ms; longest garbage collection ${collection} ms.`
}

/** What `act` gives, and the delay of a process that did nothing meanwhile: what the machine alone does to one. */
export async function besideIdle<Result>(act: () => Promise<Result>): Promise<{ result: Result; control: Row }> {
  const script = "setInterval(() => {}, 60_000); process.stdout.write('idle\\n')"
  const idle = startCommand(process.execPath, ['-e', script], probed('loop'))
  await firstLine(idle, /^idle$/)
  try {
    const { result, delayMs, heldMs } = await longestHold(idle, act)
    const note = `What the machine does to it; ${heldMs.toFixed(1)} ms without the time of others.`
    return { result, control: info('delay of an idle process beside it', `${delayMs.toFixed(1)} ms`, note) }
  } finally {
    await idle.stop()
  }
}
