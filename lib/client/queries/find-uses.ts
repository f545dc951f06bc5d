import type { QueryClient } from '@tanstack/react-query'
import { ApiProblem, isSignedOut, NoAnswer, send } from '@/lib/client/fetch/api'
import { linesOf } from '@/lib/client/fetch/lines'
import { shaped } from '@/lib/client/fetch/shape'
import type { UseEvent } from '@/lib/domain/use/events'
import type { AccountUse } from '@/lib/domain/use/use'
import { addUses, setUsesRun, type UseProblem, type UsesRun } from './uses'

const isEvent = shaped<UseEvent>('type')
const INTERRUPTED = 'Reading the use was interrupted.'
/** Between two updates of the list, ms. */
const PAUSE_MS = 500

function parseLine(line: string): UseEvent {
  let event: unknown
  try {
    event = JSON.parse(line)
  } catch {}
  if (!isEvent(event)) throw new NoAnswer(INTERRUPTED)
  if (event.type === 'problem' && event.code === 'signed_out') throw new ApiProblem(401, event.code, event.detail)
  return event
}

/** Passes on what was read in groups. @returns why it could not be read as a whole, or null. @throws ApiProblem, NoAnswer */
export async function streamUses(
  accountIds: readonly string[],
  signal: AbortSignal,
  onRead: (read: AccountUse[], problems: UseProblem[]) => void,
): Promise<string | null> {
  const response = await send('/api/use', { method: 'POST', body: { accountIds }, signal })
  let [read, problems]: [AccountUse[], UseProblem[]] = [[], []]
  let timer: ReturnType<typeof setTimeout> | undefined
  let failure: string | null = null
  let ended = false
  const flush = () => {
    timer = undefined
    if (read.length + problems.length > 0) onRead(read, problems)
    ;[read, problems] = [[], []]
  }
  try {
    for await (const line of linesOf(response.body ?? new Blob().stream(), INTERRUPTED)) {
      const event = parseLine(line)
      if (event.type === 'use') {
        const { type: _type, ...use } = event
        read.push(use)
      } else if (event.type === 'problem') {
        const { accountId, detail } = event
        if (accountId === null) failure = detail
        else problems.push({ accountId, detail })
      }
      ended = event.type === 'done'
      timer ??= setTimeout(flush, PAUSE_MS)
    }
  } finally {
    clearTimeout(timer)
    flush()
  }
  if (!ended) throw new NoAnswer(INTERRUPTED)
  return failure
}

/**
 * Reads the use of accounts, or what an earlier run left; `stop` of the run ends it. Its state is in `usesRunQuery`.
 * @throws ApiProblem `signed_out`
 */
export async function findUses(client: QueryClient, accountIds: readonly string[], accounts: number): Promise<UsesRun> {
  const stopped = new AbortController()
  const left = new Set(accountIds)
  let run: UsesRun = {
    accounts,
    left: accountIds,
    problems: [],
    running: true,
    failure: null,
    stop: () => stopped.abort(),
  }
  const tell = (change: Partial<UsesRun>) => {
    run = { ...run, ...change }
    setUsesRun(client, run)
  }
  tell({})
  let failure: string | null = null
  try {
    failure = await streamUses(accountIds, stopped.signal, (read, problems) => {
      for (const { accountId } of read) left.delete(accountId)
      addUses(client, read)
      tell({ left: [...left], problems: [...run.problems, ...problems] })
    })
  } catch (error) {
    if (isSignedOut(error)) throw error
    const known = error instanceof ApiProblem || error instanceof NoAnswer
    if (!stopped.signal.aborted) failure = known ? error.message : INTERRUPTED
  } finally {
    tell({ running: false, failure })
  }
  if (left.size === 0) setUsesRun(client, null)
  return run
}
