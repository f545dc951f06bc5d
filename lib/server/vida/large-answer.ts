import 'server-only'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { inSlices } from '@/lib/server/process/slices'
import { VidaFailure } from './failure'
import { fieldsOf } from './fields'
import type { LargeAnswer, LargeAnswerCut } from './large-answer.worker'
import { abortError } from './pace'
import type { Pieces } from './pieces'

export interface Turn {
  /** Who waits: owners take turns, so that the answers of one do not hold up another's. */
  owner: object
  /** Milliseconds, for waiting and parsing. */
  deadlineMs: number
  signal?: AbortSignal | undefined
}

interface Task extends PromiseWithResolvers<LargeAnswerCut> {
  answer: LargeAnswer
  owner: object
}

/** It has one task at a time, so that its end is the end of no other. */
interface Thread {
  worker: Worker
  task: Task | null
}

let thread: Thread | null = null

/** The owner whose turn is next comes first. */
const waiting = new Map<object, Task[]>()

/** The sources are beside the build, as `main.ts` is run from them, so Node runs the thread's file as it is. */
const WORKER = ['lib', 'server', 'vida', 'large-answer.worker.ts']

function start(): Thread {
  const started: Thread = {
    worker: new Worker(join(/* turbopackIgnore: true */ process.cwd(), ...WORKER), { execArgv: [] }),
    task: null,
  }
  const settle = (answer: LargeAnswerCut) => {
    const { task } = started
    if (!task) return
    started.task = null
    task.resolve(answer)
    const others = waiting.get(task.owner)
    if (others && waiting.delete(task.owner)) waiting.set(task.owner, others)
  }
  const end = () => {
    // It ran out of memory, or could not be started.
    settle('too_large')
    if (thread !== started) return
    thread = null
    startNext()
  }
  started.worker.on('message', (answer: LargeAnswerCut) => {
    settle(answer)
    startNext()
  })
  started.worker.on('error', end)
  started.worker.on('exit', end)
  return started
}

function startNext(): void {
  if (thread?.task) return
  const task = takeNext()
  if (task) {
    thread ??= start()
    thread.task = task
    thread.worker.postMessage(task.answer, [task.answer.body.buffer])
  } else {
    endThread()
  }
}

function takeNext(): Task | null {
  for (const [owner, tasks] of waiting) {
    const task = tasks.shift()
    if (tasks.length === 0) waiting.delete(owner)
    if (task) return task
  }
  return null
}

function stop(task: Task, reason: Error): void {
  task.reject(reason)
  const tasks = waiting.get(task.owner)
  const index = tasks?.indexOf(task) ?? -1
  if (index >= 0) tasks?.splice(index, 1)
  if (thread?.task !== task) return
  endThread()
  startNext()
}

/** Forgotten before it has ended, as a task that it got meanwhile would fail. */
function endThread(): void {
  void thread?.worker.terminate()
  thread = null
}

/**
 * Parses JSON on another thread, which runs while there is something to parse. This one gets pieces of text, as it would
 * need longer to copy the parsed value than to parse it. Undefined: no JSON. @throws VidaFailure, AbortError
 */
export async function parseLarge(answer: LargeAnswer, { owner, deadlineMs, signal }: Turn): Promise<unknown> {
  // To put the answer together took long enough for one turn; so does the start of a thread.
  await nextTurn()
  signal?.throwIfAborted()
  const task: Task = { ...Promise.withResolvers<LargeAnswerCut>(), answer, owner }
  const timer = setTimeout(() => stop(task, new VidaFailure('read_timed_out', 200)), Math.max(0, deadlineMs))
  const onAbort = () => stop(task, abortError())
  signal?.addEventListener('abort', onAbort, { once: true })
  const tasks = waiting.get(owner) ?? []
  tasks.push(task)
  waiting.set(owner, tasks)
  startNext()
  try {
    const parsed = await task.promise
    if (parsed === 'too_large') throw new VidaFailure('answer_too_large', 200)
    return parsed === 'not_json' ? undefined : await joined(parsed, signal)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}

async function joined({ outline, lists }: Pieces, signal?: AbortSignal): Promise<unknown> {
  const value: unknown = JSON.parse(outline)
  for (const { path, entries } of lists) {
    const list = path.reduce<unknown>((inner, field) => fieldsOf(inner)?.[field], value)
    for await (const piece of inSlices(entries, signal)) {
      const parsed: unknown = JSON.parse(piece)
      if (Array.isArray(list) && Array.isArray(parsed)) list.push(...parsed)
    }
  }
  return value
}
