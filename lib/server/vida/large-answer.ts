import 'server-only'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { inSlices } from '@/lib/server/process/slices'
import { VidaFailure } from './failure'
import { fieldsOf } from './fields'
import type { LargeAnswer, LargeAnswerCut } from './large-answer.worker'
import type { Pieces } from './pieces'

interface Thread {
  worker: Worker
  /** In the order in which the thread answers. */
  waiting: PromiseWithResolvers<LargeAnswerCut>[]
}

let thread: Thread | null = null

/** The sources are beside the build, as `main.ts` is run from them, so Node runs the thread's file as it is. */
const WORKER = ['lib', 'server', 'vida', 'large-answer.worker.ts']

function start(): Thread {
  const started: Thread = {
    worker: new Worker(/* turbopackIgnore: true */ join(process.cwd(), ...WORKER), { execArgv: [] }),
    waiting: [],
  }
  const end = () => {
    if (thread === started) thread = null
    // It ran out of memory, or could not be started.
    for (const { reject } of started.waiting.splice(0)) reject(new VidaFailure('answer_too_large'))
  }
  started.worker.on('message', (answer: LargeAnswerCut) => {
    started.waiting.shift()?.resolve(answer)
    if (started.waiting.length > 0) return
    end()
    void started.worker.terminate()
  })
  started.worker.on('error', end)
  started.worker.on('exit', end)
  return started
}

/**
 * Parses JSON on another thread, which runs while there is something to parse. This one gets pieces of text, as it would
 * need longer to copy the parsed value than to parse it. Undefined: no JSON. @throws VidaFailure `answer_too_large`
 */
export async function parseLarge(body: Uint8Array<ArrayBuffer>, token: string): Promise<unknown> {
  thread ??= start()
  const turn = Promise.withResolvers<LargeAnswerCut>()
  thread.waiting.push(turn)
  thread.worker.postMessage({ body, token } satisfies LargeAnswer, [body.buffer])
  const answer = await turn.promise
  if (answer === 'too_large') throw new VidaFailure('answer_too_large', 200)
  return answer === 'not_json' ? undefined : joined(answer)
}

async function joined({ outline, lists }: Pieces): Promise<unknown> {
  const value: unknown = JSON.parse(outline)
  for (const { field, entries } of lists) {
    const list = field === null ? value : fieldsOf(value)?.[field]
    for await (const piece of inSlices(entries)) {
      const parsed: unknown = JSON.parse(piece)
      if (Array.isArray(list) && Array.isArray(parsed)) list.push(...parsed)
    }
  }
  return value
}
