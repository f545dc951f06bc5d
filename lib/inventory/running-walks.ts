import 'server-only'
import { log } from '@/lib/process/log'
import { shared } from '@/lib/process/shared'
import { onStop } from '@/lib/process/shutdown'
import type { Session } from '@/lib/session/current'
import { sessions } from '@/lib/session/current'
import { vidaFor } from '@/lib/vida/connection'
import { Broadcast } from './broadcast'
import type { AccountHolding, AssignedNumber, InventoryEvent } from './events'
import { keptInventories } from './kept-room'
import { listsOffered, rememberHolder, rememberLists } from './known'
import { problemEvent } from './problem-event'
import { type WalkResult, type WalkScope, walk } from './walk'

/** A walk that takes longer than this is ended with a problem, ms. */
const LIMIT_MS = 30 * 60_000

/** What a complete walk proves, for those who wait for a number to be gone. */
export interface CompleteWalk {
  /** When its first read began, ms. */
  startedAt: number
  has: (number: string) => boolean
}

type Counts = Pick<WalkResult, 'accountsFound' | 'accountsRead' | 'accountsFailed' | 'numbers'>

interface RunningWalk {
  broadcast: Broadcast
  holdings: Map<string, AccountHolding>
  /** Accounts that were read again since this walk began; their later truth wins when the inventory is kept. */
  reread: Map<string, AssignedNumber[]>
}

const running = () => shared('walks', () => new Map<string, RunningWalk>())

/**
 * The events of a walk below the session's root as NDJSON. Requests of one identity share a walk while it runs; it
 * stops with its last reader.
 */
export function streamInventory(
  session: Session,
  onComplete: (walk: CompleteWalk) => void,
): ReadableStream<Uint8Array> {
  const shared = running().get(session.identity)
  if (shared) return shared.broadcast.stream()
  const started = start(session, { kind: 'root', root: session.root }, onComplete)
  running().set(session.identity, started)
  return started.broadcast.stream()
}

/** The events of one part, read anew for this request alone. */
export function streamPart(session: Session, scope: WalkScope): ReadableStream<Uint8Array> {
  return start(session, scope, () => {}).broadcast.stream()
}

/** The holdings that a walk under way has read so far; empty when none is under way. */
export function holdingsUnderWay(identity: string): Iterable<AccountHolding> {
  return running().get(identity)?.holdings.values() ?? []
}

/**
 * An account was read again outside a walk: the kept inventory follows, and a walk under way can't undo it. Requests
 * that come later do not join that walk, because it may have read the account before.
 */
export async function accountReread(identity: string, accountId: string, numbers: AssignedNumber[]): Promise<void> {
  const walk = running().get(identity)
  if (walk) {
    walk.reread.set(accountId, numbers)
    running().delete(identity)
  }
  try {
    await (await keptInventories()).patch(identity, accountId, numbers)
  } catch {
    log('error', 'inventory_not_kept')
  }
}

function start(session: Session, scope: WalkScope, onComplete: (walk: CompleteWalk) => void): RunningWalk {
  const abort = new AbortController()
  const startedAt = Date.now()
  const counts: Counts = { accountsFound: 0, accountsRead: 0, accountsFailed: 0, numbers: 0 }
  let ending: 'walk_stopped' | 'walk_too_long' = 'walk_stopped'
  const doneLine = (result: Counts, complete: boolean) =>
    line({ type: 'done', complete, ...picked(result), readAt: new Date(startedAt).toISOString() })
  const broadcast = new Broadcast({
    abandoned: () => abort.abort(),
    farewell: () => line(problemEvent('reader_too_slow')) + doneLine(counts, false),
  })
  const state: RunningWalk = { broadcast, holdings: new Map(), reread: new Map() }
  const timer = setTimeout(() => {
    ending = 'walk_too_long'
    abort.abort()
  }, LIMIT_MS)
  const forgetStop = onStop(() => abort.abort())

  const emit = (event: Exclude<InventoryEvent, { type: 'done' }>) => {
    if (event.type === 'numbers') {
      counts.numbers += event.numbers.length
      state.holdings.set(event.account.id, { account: event.account, numbers: event.numbers })
    } else if (event.type === 'progress') {
      Object.assign(counts, picked({ ...event, numbers: counts.numbers }))
    } else if (event.code === 'signed_out') {
      void endSessions(session.identity)
    }
    return broadcast.push(line(event))
  }
  const finish = async () => {
    try {
      const result = await walk({
        client: vidaFor(session),
        scope,
        signal: abort.signal,
        emit,
        listsOffered: listsOffered(session.identity) === true,
        found: (holder) => rememberHolder(session.identity, holder),
      })
      if (result.listsOffered) rememberLists(session.identity, true)
      else if (result.fellBack && scope.kind === 'root') rememberLists(session.identity, false)
      await keep(session, scope, state, result, startedAt, onComplete)
      void broadcast.push(doneLine(result, result.complete))
    } catch (error) {
      if (!abort.signal.aborted) log('error', 'walk_failed', { name: error instanceof Error ? error.name : 'unknown' })
      void broadcast.push(line(problemEvent(abort.signal.aborted ? ending : 'internal')))
      void broadcast.push(doneLine(counts, false))
    } finally {
      clearTimeout(timer)
      forgetStop()
      broadcast.end()
      if (running().get(session.identity) === state) running().delete(session.identity)
    }
  }
  void finish()
  return state
}

/** Keeps what was read. The list on screen is right even if this fails, so a failure is only logged. */
async function keep(
  { identity }: Session,
  scope: WalkScope,
  { holdings, reread }: RunningWalk,
  { complete }: WalkResult,
  startedAt: number,
  onComplete: (walk: CompleteWalk) => void,
): Promise<void> {
  try {
    const kept = await keptInventories()
    if (scope.kind !== 'root') {
      for (const { account, numbers } of holdings.values()) await kept.patch(identity, account.id, numbers)
      return
    }
    for (const [id, numbers] of reread) {
      const holding = holdings.get(id)
      if (holding) holdings.set(id, { ...holding, numbers })
    }
    await kept.keep(identity, new Date(startedAt).toISOString(), holdings.values(), { complete })
    if (!complete) return
    const all = new Set<string>()
    for (const { numbers } of holdings.values()) for (const { number } of numbers) all.add(number)
    onComplete({ startedAt, has: (number) => all.has(number) })
  } catch {
    log('error', 'inventory_not_kept')
  }
}

/** Vida does not accept this token any more, so no session of it is worth anything. */
async function endSessions(identity: string): Promise<void> {
  try {
    await (await sessions()).endAll(identity)
  } catch {
    log('error', 'sessions_not_ended')
  }
}

function line(event: InventoryEvent): string {
  return `${JSON.stringify(event)}\n`
}

function picked({ accountsFound, accountsRead, accountsFailed, numbers }: Counts): Counts {
  return { accountsFound, accountsRead, accountsFailed, numbers }
}
