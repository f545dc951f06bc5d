import type { AccountHolding, AssignedNumber, DoneEvent, Holder, InventoryEvent, ProblemEvent } from './events'

/** What the browser knows from reading `GET /api/numbers`. Times are ISO 8601, UTC. */
export interface InventoryState {
  /** What is known of each account, by id; from an earlier walk until this one has read it. */
  holdings: ReadonlyMap<string, AccountHolding>
  /** Accounts that the latest walk (and its retries) read completely. */
  read: ReadonlySet<string>
  /** Accounts whose numbers a return has told since the walk began: its older events may not undo that. */
  pinned: ReadonlySet<string>
  /** Numbers that were returned from here: they did not leave by themselves. */
  returned: ReadonlySet<string>
  problems: readonly ProblemEvent[]
  accountsFound: number
  accountsRead: number
  accountsFailed: number
  complete: boolean
  /** What the last complete walk found: from then on the kept inventory has nothing to add but a comparison. */
  lastComplete: ReadonlyMap<string, AccountHolding> | null
  /** When the last walk that came to its end, complete or not, was done. */
  readAt: string | null
}

export const EMPTY_STATE: InventoryState = {
  holdings: new Map(),
  read: new Set(),
  pinned: new Set(),
  returned: new Set(),
  problems: [],
  accountsFound: 0,
  accountsRead: 0,
  accountsFailed: 0,
  complete: false,
  lastComplete: null,
  readAt: null,
}

/** A new walk: what is known stays until it is read again. */
export function begin(state: InventoryState): InventoryState {
  return {
    ...state,
    read: new Set(),
    pinned: new Set(),
    problems: [],
    accountsFound: 0,
    accountsRead: 0,
    accountsFailed: 0,
    complete: false,
  }
}

/** Takes a batch of a walk's events in. Copies each collection once for the batch, not for each event. */
export function take(state: InventoryState, events: readonly InventoryEvent[]): InventoryState {
  const next = { ...state }
  const holdings = new Map(state.holdings)
  const read = new Set(state.read)
  const problems = [...state.problems]
  for (const event of events) {
    if (event.type === 'progress') Object.assign(next, countsOf(event))
    else if (event.type === 'problem') problems.push(event)
    else if (event.type === 'numbers') {
      read.add(event.account.id)
      holdings.set(event.account.id, holdingOf(event, state))
    } else {
      Object.assign(next, countsOf(event), { complete: event.complete, readAt: event.readAt })
      if (event.complete) next.lastComplete = holdings
      // Only a walk that read everything proves that an account it did not meet is gone.
      if (event.complete) for (const id of holdings.keys()) if (!read.has(id)) holdings.delete(id)
    }
  }
  return { ...next, holdings, read, problems }
}

function holdingOf({ account, numbers }: AccountHolding, state: InventoryState): AccountHolding {
  const pinned = state.pinned.has(account.id) ? state.holdings.get(account.id) : undefined
  return { account, numbers: pinned?.numbers ?? numbers }
}

type Counts = Pick<DoneEvent, 'accountsFound' | 'accountsRead' | 'accountsFailed'>

function countsOf({ accountsFound, accountsRead, accountsFailed }: Counts): Counts {
  return { accountsFound, accountsRead, accountsFailed }
}

/** The part of the hierarchy that a retry reads again. */
export type Part = { kind: 'account' | 'organization'; id: string; name: string }

/** The part that a problem names; null when it is about the walk as a whole. */
export function partOf(problem: ProblemEvent): Part | null {
  if (problem.account) return { kind: 'account', ...problem.account }
  if (problem.organization) return { kind: 'organization', ...problem.organization }
  return null
}

/** What can be read again by itself: each named part once, or nothing if a problem concerns the whole walk. */
export function retryable(state: InventoryState): Part[] {
  const parts = new Map<string, Part>()
  for (const problem of state.problems) {
    const part = partOf(problem)
    if (!part) return []
    parts.set(`${part.kind} ${part.id}`, part)
  }
  return [...parts.values()]
}

/** Takes in everything that reading one failed part again brought: its problems are replaced, its accounts merged. */
export function takePart(state: InventoryState, part: Part, events: readonly InventoryEvent[]): InventoryState {
  const end = events.findLast((event) => event.type === 'done')
  if (!end) return state
  const others = state.problems.filter((problem) => {
    const named = partOf(problem)
    return named?.kind !== part.kind || named.id !== part.id
  })
  const seen = new Set(others.map((problem) => JSON.stringify(partOf(problem))))
  const merged = take(
    { ...state, problems: others },
    events.filter((event) => {
      if (event.type === 'progress' || event.type === 'done') return false
      return event.type !== 'problem' || !seen.has(JSON.stringify(partOf(event)))
    }),
  )
  const unvisited = Math.max(0, state.accountsFound - state.accountsRead - state.accountsFailed)
  const accountsFailed = new Set(merged.problems.flatMap((problem) => problem.account?.id ?? [])).size
  const accountsRead = merged.read.size
  const complete = merged.problems.length === 0 && unvisited === 0
  return {
    ...merged,
    accountsRead,
    accountsFailed,
    accountsFound: accountsRead + accountsFailed + unvisited,
    complete,
    lastComplete: complete ? merged.holdings : merged.lastComplete,
    readAt: end.readAt,
  }
}

/** What a return told about one account: shown at once, and kept against older events of a walk still running. */
export function takeReturn(
  state: InventoryState,
  { account, number, numbers }: { account: Holder; number: string; numbers: AssignedNumber[] },
): InventoryState {
  const gone = !numbers.some((held) => held.number === number)
  return {
    ...state,
    holdings: new Map(state.holdings).set(account.id, { account, numbers }),
    pinned: new Set(state.pinned).add(account.id),
    returned: gone ? new Set(state.returned).add(number) : state.returned,
  }
}
