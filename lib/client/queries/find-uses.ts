import type { QueryClient } from '@tanstack/react-query'
import { ApiProblem, isSignedOut, NoAnswer } from '@/lib/client/fetch/api'
import type { AccountUse } from '@/lib/domain/use/use'
import { readUses } from './read-uses'
import { addUses, setUsesRun, type UseProblem, type UsesRun } from './uses'

const INTERRUPTED = 'Reading the use was interrupted.'
/** Between two updates of the list, ms. */
const PAUSE_MS = 500

/** Passes on what was read in groups. @returns why it could not be read as a whole, or null. @throws ApiProblem, NoAnswer */
export async function readInGroups(
  accountIds: readonly string[],
  signal: AbortSignal,
  onRead: (read: AccountUse[], problems: UseProblem[]) => void,
): Promise<string | null> {
  let [read, problems]: [AccountUse[], UseProblem[]] = [[], []]
  let timer: ReturnType<typeof setTimeout> | undefined
  let failure: string | null = null
  const flush = () => {
    timer = undefined
    if (read.length + problems.length > 0) onRead(read, problems)
    ;[read, problems] = [[], []]
  }
  try {
    for await (const event of readUses(accountIds, signal)) {
      if (event.type === 'use') read.push(event)
      else if (event.type === 'problem') {
        const { accountId, detail } = event
        if (accountId === null) failure = detail
        else problems.push({ accountId, detail })
      }
      timer ??= setTimeout(flush, PAUSE_MS)
    }
  } finally {
    clearTimeout(timer)
    flush()
  }
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
    failure = await readInGroups(accountIds, stopped.signal, (read, problems) => {
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
