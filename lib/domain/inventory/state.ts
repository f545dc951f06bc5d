import type { Account, AccountNumbers, AssignedNumber } from '@/lib/domain/accounts/account'
import type { RecordedRead } from '@/lib/domain/returns/marks'
import type { RecordOutcome } from '@/lib/domain/returns/record'
import type { InventoryEvent, NumbersEvent, ProblemEvent } from './events'

/** What the browser knows from reading `GET /api/numbers`. Times are ISO 8601, UTC. */
export interface InventoryState {
  holdings: ReadonlyMap<string, AccountNumbers>
  /** Accounts that the latest scan (and its retries) read completely. */
  read: ReadonlySet<string>
  /** Accounts that it read in part: they list something that is no phone number. */
  partial: ReadonlySet<string>
  /** When reading what is shown of an account began (ISO 8601, UTC), by its id. */
  readTimes: ReadonlyMap<string, string>
  /** Accounts that a return has read since the scan began: its older events may not undo that. */
  pinned: ReadonlySet<string>
  /** By account id: the number whose return showed the account last, until the time of that account read is known. */
  untimed: ReadonlyMap<string, string>
  /** Numbers that were returned with this app: they did not leave by themselves. */
  returned: ReadonlySet<string>
  /** Numbers that an account was read to lack after a return: when (ISO 8601, UTC), by account id and number. */
  gone: ReadonlyMap<string, ReadonlyMap<string, string>>
  problems: readonly ProblemEvent[]
  accountsFound: number
  accountsRead: number
  accountsFailed: number
  complete: boolean
  /** What the last complete scan found: it replaces the stored inventory, except for the comparison. */
  lastComplete: ReadonlyMap<string, AccountNumbers> | null
  lastCompleteAt: string | null
  ended: boolean
  /** When the latest scan began; retries do not make it newer. */
  readAt: string | null
}

export const EMPTY_STATE: InventoryState = {
  holdings: new Map(),
  read: new Set(),
  partial: new Set(),
  readTimes: new Map(),
  pinned: new Set(),
  untimed: new Map(),
  returned: new Set(),
  gone: new Map(),
  problems: [],
  accountsFound: 0,
  accountsRead: 0,
  accountsFailed: 0,
  complete: false,
  lastComplete: null,
  lastCompleteAt: null,
  ended: false,
  readAt: null,
}

export function rowKey(accountId: string, number: string): string {
  return `${accountId} ${number}`
}

/** A new scan: what is known stays until it is read again. */
export function begin(state: InventoryState): InventoryState {
  // The same object, so that a stored list of 50,000 is not joined, sorted and counted again.
  if (state === EMPTY_STATE) return state
  return {
    ...state,
    read: new Set(),
    partial: new Set(),
    pinned: new Set(),
    untimed: new Map(),
    problems: [],
    accountsFound: 0,
    accountsRead: 0,
    accountsFailed: 0,
    complete: false,
    ended: false,
  }
}

export function take(state: InventoryState, events: readonly InventoryEvent[]): InventoryState {
  const next = { ...state }
  const holdings = new Map(state.holdings)
  const read = new Set(state.read)
  const partial = new Set(state.partial)
  const readTimes = new Map(state.readTimes)
  const problems = [...state.problems]
  for (const event of events) {
    if (event.type === 'problem') problems.push(event)
    else if (event.type === 'numbers') {
      const { id } = event.account
      read.delete(id)
      partial.delete(id)
      ;(event.partial ? partial : read).add(id)
      if (isOlder(event, state)) continue
      holdings.set(id, holdingOf(event, state))
      readTimes.set(id, event.readAt ?? '')
    } else {
      const { accountsFound, accountsRead, accountsFailed } = event
      Object.assign(next, { accountsFound, accountsRead, accountsFailed })
      if (event.type === 'progress') continue
      Object.assign(next, { complete: event.complete, ended: true })
      if (event.complete || event.accountsRead > 0) next.readAt = event.readAt
      if (event.complete) Object.assign(next, { lastComplete: holdings, lastCompleteAt: event.readAt })
      // Only a scan that read everything proves that an account it did not meet is gone.
      if (event.complete) for (const id of holdings.keys()) if (!read.has(id)) holdings.delete(id)
    }
  }
  return { ...next, holdings, read, partial, readTimes, problems }
}

/** Than the account read that is shown; one whose time is not known yet is the newest. */
function isOlder({ account: { id }, readAt = '' }: NumbersEvent, { pinned, readTimes, holdings }: InventoryState) {
  const shownAt = readTimes.get(id)
  return pinned.has(id) && holdings.has(id) && (shownAt === undefined || readAt <= shownAt)
}

function holdingOf({ account, numbers, readAt = '' }: NumbersEvent, { gone }: InventoryState): AccountNumbers {
  return withoutGone({ account, numbers }, gone.get(account.id), readAt)
}

/** A holding whose reading began at `readAt`, without numbers that a later account read lacked. */
export function withoutGone(
  holding: AccountNumbers,
  gone: ReadonlyMap<string, string> | undefined,
  readAt: string,
): AccountNumbers {
  if (!gone) return holding
  return { ...holding, numbers: holding.numbers.filter(({ number }) => (gone.get(number) ?? '') <= readAt) }
}

export type Part = { kind: 'account' | 'organization'; id: string; name: string }

export function partOf(problem: ProblemEvent): Part | null {
  if (problem.account) return { kind: 'account', ...problem.account }
  if (problem.organization) return { kind: 'organization', ...problem.organization }
  return null
}

/** How many organizations could not be read as such. */
export function failedOrganizations(problems: readonly ProblemEvent[]): number {
  return new Set(problems.flatMap(({ account, organization }) => (account ? [] : (organization?.id ?? [])))).size
}

/** What can be read again by itself: each named part once, or nothing if a problem concerns the whole scan. */
export function retryable(state: InventoryState): Part[] {
  const parts = new Map<string, Part>()
  for (const problem of state.problems) {
    const part = partOf(problem)
    if (!part) return []
    parts.set(`${part.kind} ${part.id}`, part)
  }
  return [...parts.values()]
}

/** Replaces the problems of one part and merges its accounts; a running scan may not undo it. */
export function takePart(state: InventoryState, part: Part, events: readonly InventoryEvent[]): InventoryState {
  const end = events.findLast((event) => event.type === 'done')
  if (!end) return state
  const facts = events.filter((event) => event.type === 'numbers' || event.type === 'problem')
  const parts = [part, ...facts.flatMap((event) => (event.type === 'problem' ? (partOf(event) ?? []) : []))]
  const problems = state.problems.filter((problem) => {
    const named = partOf(problem)
    return !parts.some(({ kind, id }) => named?.kind === kind && named.id === id)
  })
  const merged = take({ ...state, problems, pinned: new Set() }, facts)
  const met = facts.flatMap((event) => (event.type === 'numbers' ? [event.account.id] : []))
  const pinned = new Set([...state.pinned, ...met])
  if (!state.ended) return { ...state, holdings: merged.holdings, readTimes: merged.readTimes, pinned }

  const unvisited = Math.max(0, state.accountsFound - state.accountsRead - state.accountsFailed)
  const accountsFailed = new Set(merged.problems.flatMap(({ account }) => account?.id ?? [])).size
  const accountsRead = merged.read.size
  const complete = merged.problems.length === 0 && unvisited === 0
  const holdings = complete ? onlyRead(merged) : merged.holdings
  // As old as the oldest read in it.
  const readAt = state.accountsRead > 0 ? state.readAt : end.readAt
  return {
    ...merged,
    holdings,
    pinned,
    accountsRead,
    accountsFailed,
    accountsFound: accountsRead + accountsFailed + unvisited,
    complete,
    lastComplete: complete ? holdings : state.lastComplete,
    lastCompleteAt: complete ? readAt : state.lastCompleteAt,
    readAt,
  }
}

function onlyRead({ holdings, read }: InventoryState): Map<string, AccountNumbers> {
  return new Map([...holdings].filter(([id]) => read.has(id)))
}

/** Takes in the account read after a return; older events of a running scan may not undo it. */
export function takeReturn(
  state: InventoryState,
  answer: { account: Account; number: string; numbers: AssignedNumber[]; outcome: RecordOutcome },
): InventoryState {
  const { account, number, numbers, outcome } = answer
  const gone = !numbers.some((held) => held.number === number)
  const readTimes = new Map(state.readTimes)
  readTimes.delete(account.id)
  return {
    ...state,
    readTimes,
    untimed: new Map(state.untimed).set(account.id, number),
    holdings: new Map(state.holdings).set(account.id, { account, numbers }),
    pinned: new Set(state.pinned).add(account.id),
    returned: gone && outcome === 'returned' ? new Set(state.returned).add(number) : state.returned,
  }
}

/** Takes in account reads after returns, whoever made them: what is gone leaves the list, unless it was read later. */
export function takeReads(state: InventoryState, reads: readonly RecordedRead[]): InventoryState {
  const gone = new Map(state.gone)
  const returned = new Set(state.returned)
  const readTimes = new Map(state.readTimes)
  const holdings = new Map(state.holdings)
  const untimed = new Map(state.untimed)
  let isChanged = false
  for (const { accountId, number, outcome, gone: isGone, at } of reads.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    if (untimed.get(accountId) === number) {
      untimed.delete(accountId)
      readTimes.set(accountId, at)
    }
    const known = gone.get(accountId)?.get(number)
    const isNews = isGone ? (known ?? '') < at : known !== undefined && known < at
    if (!isNews) continue
    isChanged = true
    const ofAccount = new Map(gone.get(accountId))
    if (isGone) ofAccount.set(number, at)
    else ofAccount.delete(number)
    gone.set(accountId, ofAccount)
    if (isGone && outcome === 'returned') returned.add(number)
    const holding = holdings.get(accountId)
    if (holding) holdings.set(accountId, withoutGone(holding, ofAccount, readTimes.get(accountId) ?? ''))
  }
  return isChanged || untimed.size < state.untimed.size
    ? { ...state, holdings, returned, gone, readTimes, untimed }
    : state
}
