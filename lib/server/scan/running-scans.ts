import 'server-only'
import type { Account, AssignedNumber } from '@/lib/domain/accounts/account'
import type { InventoryEvent, NumbersEvent } from '@/lib/domain/inventory/events'
import { MissingParts, type PartKey } from '@/lib/domain/inventory/missing'
import type { Context } from '@/lib/server/context/context'
import { Problem } from '@/lib/server/http/problem'
import type { Session } from '@/lib/server/session/current'
import { Broadcast } from './broadcast'
import { listsOffered, rememberAccount, rememberLists } from './known'
import { Holdings } from './numbers-read'
import { problemEvent } from './problem-event'
import { type ScanResult, type ScanScope, scan } from './scan'
import { countIn, emptyTally, type Tally, tallyOf } from './tally'

/** A scan that takes longer than this is ended with a problem, ms. */
const LIMIT_MS = 30 * 60_000
/** After so long without a line a progress line goes out, so that no proxy takes the connection for dead, ms. */
const HEARTBEAT_MS = 10_000

/** What a complete scan proves, for those who wait for a number to be gone. */
export interface CompleteScan {
  /** When its first read began, ms. */
  startedAt: number
  has: (number: string) => boolean
  /** Whether it read the numbers of that account; one that it did not find may hold some all the same. */
  read: (accountId: string) => boolean
}

/** What happens with a complete scan before its last line goes out. Never rejects. */
type OnComplete = (scan: CompleteScan) => Promise<void>

interface RunningScan {
  /** What it reads: scans of one identity with the same key read the same. */
  key: string
  broadcast: Broadcast
  /** What was read so far, with later truth put in. */
  holdings: Holdings
  /** What its problems say it lacks. */
  missing: MissingParts
  /** Accounts that were read again since this scan began; their later truth wins over what it reads itself. */
  reread: Map<string, AssignedNumber[]>
  /** Whether a newcomer may share it: not once it was given up, or may have read an account before its return. */
  joinable: boolean
}

/** The scans under way, by identity; the newest one last. */
const running = ({ shared }: Context) => shared('scans', () => new Map<string, Set<RunningScan>>())
const runningOf = (ctx: Context, identity: string): RunningScan[] => [...(running(ctx).get(identity) ?? [])]

/** The part that a scope reads anew. @param scope not the root, which is no part. */
function partKey(scope: Exclude<ScanScope, { kind: 'root' }>): PartKey {
  if (scope.kind === 'account') return `account ${scope.account.id}`
  // A partner's reseller is asked for as an organization, and named as one by the problems.
  return `organization ${(scope.kind === 'reseller' ? scope.reseller : scope.organization).id}`
}

/**
 * The events of a scan below the session's root as NDJSON. Requests of one identity share a scan while it runs; it
 * stops with its last reader, which leaves by cancelling the stream or by `signal`. @throws Problem `stopping`
 */
export function streamInventory(
  ctx: Context,
  session: Session,
  signal: AbortSignal,
  onComplete: OnComplete,
): ReadableStream<Uint8Array> {
  return join(ctx, session, { kind: 'root', root: session.root }, onComplete).stream(signal)
}

/** The events of one part, read anew; shared as a scan from the root is. @throws Problem `stopping` */
export function streamPart(
  ctx: Context,
  session: Session,
  signal: AbortSignal,
  scope: ScanScope,
): ReadableStream<Uint8Array> {
  return join(ctx, session, scope, async () => {}).stream(signal)
}

/** A scan of that scope that is under way, else a new one. */
function join(ctx: Context, session: Session, scope: ScanScope, onComplete: OnComplete): Broadcast {
  const key = keyOf(scope)
  const joined = runningOf(ctx, session.identity).findLast((each) => each.joinable && each.key === key)
  return joined?.broadcast ?? start(ctx, session, scope, onComplete)
}

function keyOf(scope: ScanScope): string {
  return scope.kind === 'root' ? scope.kind : `${scope.kind} ${partKey(scope)}`
}

/** What scans under way know of who holds `number` (E.164): the accounts, and every account that they have read. */
export function accountsInRunningScans(
  ctx: Context,
  identity: string,
  number: string,
): { read: Set<string>; accounts: Account[] } {
  const scans = runningOf(ctx, identity)
  const read = new Set(scans.flatMap(({ holdings }) => [...holdings.ids()]))
  return { read, accounts: scans.flatMap(({ holdings }) => holdings.accountsHolding(number)) }
}

/** Requests that come later do not join the scans under way: these may have read an account before it was looked at. */
export function closeToNewReaders(ctx: Context, identity: string): void {
  for (const each of runningOf(ctx, identity)) each.joinable = false
}

/**
 * An account was read again outside a scan, to look for `number` (E.164): the kept inventory follows, and a scan under way
 * can't undo it, nor be joined by requests that come later. @param numbers all that the account holds
 */
export async function accountReread(
  ctx: Context,
  identity: string,
  accountId: string,
  numbers: AssignedNumber[],
  number: string,
): Promise<void> {
  closeToNewReaders(ctx, identity)
  for (const each of runningOf(ctx, identity)) {
    each.reread.set(accountId, numbers)
    each.holdings.replace(accountId, numbers)
  }
  try {
    await ctx.snapshots.patch(identity, accountId, numbers, number)
  } catch {
    ctx.log('error', 'inventory_not_kept')
  }
}

function start(ctx: Context, session: Session, scope: ScanScope, onComplete: OnComplete): Broadcast {
  if (ctx.shutdown.isStopping()) throw new Problem('stopping')
  const abort = new AbortController()
  const startedAt = ctx.clock.now()
  const tally = emptyTally()
  let ending: 'scan_stopped' | 'scan_too_long' = 'scan_stopped'
  let refused = false
  const doneLine = (counts: Tally, complete: boolean) =>
    line({ type: 'done', complete, ...picked(counts), readAt: new Date(startedAt).toISOString() })
  const broadcast = new Broadcast({
    abandoned: () => stop(),
    farewell: (taken) => [line(problemEvent('reader_too_slow')), doneLine(tallyOf(taken), false)],
  })
  const state: RunningScan = {
    key: keyOf(scope),
    broadcast,
    holdings: new Holdings(),
    missing: new MissingParts(),
    reread: new Map(),
    joinable: true,
  }
  const stop = () => {
    state.joinable = false
    abort.abort()
  }
  const heart = setInterval(() => {
    const { numbers: _numbers, ...counts } = tally
    emit({ type: 'progress', ...counts })
  }, HEARTBEAT_MS)
  const limit = setTimeout(() => {
    ending = 'scan_too_long'
    stop()
  }, LIMIT_MS)
  const forgetStop = ctx.shutdown.onStop(stop)

  const emit = (event: Exclude<InventoryEvent, { type: 'done' }>) => {
    heart.refresh()
    countIn(tally, event)
    state.missing.take(event)
    const bytes = line(event)
    if (event.type === 'numbers') {
      state.holdings.put(event.account.id, bytes)
      const later = state.reread.get(event.account.id)
      if (later) state.holdings.replace(event.account.id, later)
      if (scope.kind !== 'root') overtake(ctx, session.identity, state, event)
    } else if (event.type === 'problem' && event.code === 'signed_out') {
      refused = true
    }
    broadcast.push(bytes)
  }
  const run = async () => {
    try {
      const result = await scan({
        client: ctx.vida(session),
        scope,
        signal: abort.signal,
        emit,
        listsOffered: listsOffered(ctx, session.identity) === true,
        found: (account, level) => rememberAccount(ctx, session.identity, account, level),
      })
      if (result.listsOffered) rememberLists(ctx, session.identity, true)
      else if (result.fellBack && scope.kind === 'root') rememberLists(ctx, session.identity, false)
      // Before `done`: whoever has seen it may rely on both. The sessions last, because a stream ends with its session.
      await save(ctx, session, scope, state, result, startedAt, onComplete)
      if (refused) await endSessions(ctx, session.identity)
      broadcast.push(doneLine(result, result.complete))
    } catch (error) {
      const { aborted } = abort.signal
      if (!aborted) ctx.log('error', 'scan_failed', { name: error instanceof Error ? error.name : 'unknown' })
      broadcast.push(line(problemEvent(aborted ? ending : 'internal')))
      broadcast.push(doneLine(tally, false))
    } finally {
      stop()
      clearInterval(heart)
      clearTimeout(limit)
      forgetStop()
      broadcast.end()
      leave(ctx, session.identity, state)
      // The server may know the request, and with it this scan, until its connection closes.
      state.holdings.clear()
    }
  }
  running(ctx).set(session.identity, new Set([...runningOf(ctx, session.identity), state]))
  void ctx.shutdown.tracked(run())
  return broadcast
}

function leave(ctx: Context, identity: string, state: RunningScan): void {
  const scans = running(ctx).get(identity)
  if (scans?.delete(state) && scans.size === 0) running(ctx).delete(identity)
}

/** A part is newer than what other scans under way have read of the same account; what they read later is newer again. */
function overtake(ctx: Context, identity: string, part: RunningScan, { account, numbers }: NumbersEvent): void {
  for (const each of runningOf(ctx, identity)) if (each !== part) each.holdings.replace(account.id, numbers)
}

/** Keeps what was read. The list on screen is right even if this fails, so a failure is only logged. */
async function save(
  ctx: Context,
  { identity }: Session,
  scope: ScanScope,
  { holdings, missing }: RunningScan,
  { complete }: ScanResult,
  startedAt: number,
  onComplete: OnComplete,
): Promise<void> {
  const readAt = new Date(startedAt).toISOString()
  const lacks = missing.all()
  try {
    if (scope.kind === 'root') await ctx.snapshots.save(identity, readAt, holdings.all(), { complete, missing: lacks })
    // Main numbers in place of lists, or a token that was refused: no account's list can be told from that.
    else if (lacks)
      await ctx.snapshots.savePart(identity, { part: partKey(scope), startedAt: readAt, holdings, missing: lacks })
    if (complete && scope.kind === 'root') {
      const read = new Set(holdings.ids())
      const has = (number: string) => holdings.accountsHolding(number).length > 0
      await onComplete({ startedAt, has, read: (accountId) => read.has(accountId) })
    }
  } catch {
    ctx.log('error', 'inventory_not_kept')
  }
}

/** Vida does not accept this token any more, so no session of it is worth anything. */
async function endSessions({ sessions, log }: Context, identity: string): Promise<void> {
  try {
    await sessions.endAll(identity)
  } catch {
    log('error', 'sessions_not_ended')
  }
}

const encoder = new TextEncoder()

/** In memory of its own: a piece of Buffer's shared pool would hold on to its neighbours' memory for the whole scan. */
function line(event: InventoryEvent): Buffer {
  const { buffer, byteOffset, byteLength } = encoder.encode(`${JSON.stringify(event)}\n`)
  return Buffer.from(buffer, byteOffset, byteLength)
}

function picked({ accountsFound, accountsRead, accountsFailed, numbers }: Tally): Tally {
  return { accountsFound, accountsRead, accountsFailed, numbers }
}
